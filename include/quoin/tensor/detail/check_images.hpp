// SPDX-License-Identifier: BSL-1.0
// Checks the images and the memory of a tensor.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/tensor/detail/fit.hpp>
#include <quoin/tensor/tensor_spec.hpp>

#include <span>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Where each image goes. @throws invalid_argument for images and outputs that to_tensor() refuses.
template <class T>
void fit_images(char const* name, std::span<image_view<rgb8 const> const> images, tensor_spec const& spec,
                std::span<T> out, std::vector<fitted>& fits) {
    if (images.empty()) raise("quoin::", name, ": no images; give at least one");
    // Each factor is below 2^31, but not the product of all.
    std::size_t const planes = images.size() * 3, area = static_cast<std::size_t>(spec.size.area());
    if (out.size() % planes != 0 || out.size() / planes != area)
        raise("quoin::", name, ": an output of ", out.size(), " values; ", images.size(), " images need ",
              images.size(), " x 3 x ", spec.size.height, " x ", spec.size.width);
    auto const bytes = static_cast<index_t>(out.size_bytes());
    byte_lattice const written = byte_lattice::of(out.data(), 1, bytes, 1, bytes, bytes);
    fits.clear();
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (images[i].empty())
            raise("quoin::", name, ": image ", i, " has ", images[i].width(), " x ", images[i].height(),
                  " pixels; give images that are not empty");
        if (have_common_bytes(memory_of(images[i], 0), written))
            raise("quoin::", name, ": the output has bytes of image ", i, "; write into other memory");
        fits.push_back(fit_image(images[i].size(), spec.size, spec.fit, spec.shorter_side));
        auto const& to = fits.back();
        if (to.part.width < spec.size.width || to.part.height < spec.size.height)
            if (spec.fit == tensor_fit::crop)
                raise("quoin::", name, ": image ", i, " of ", images[i].width(), " x ", images[i].height(),
                      " pixels becomes ", to.resized.width, " x ", to.resized.height, ", from which ", spec.size.width,
                      " x ", spec.size.height, " cannot be cut; give a larger shorter side than ", spec.shorter_side);
    }
}

} // namespace detail

QUOIN_NAMESPACE_END

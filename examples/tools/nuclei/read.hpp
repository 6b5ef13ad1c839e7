// SPDX-License-Identifier: BSL-1.0
// Reads what quoin-nuclei and quoin-batch find nuclei in.
#pragma once

#include "../common/pixels.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/io/read_image.hpp>
#include <quoin/io/read_info.hpp>

#include <filesystem>

namespace examples {

/// The file's own gray values, in 16 bits.
inline quoin::image<std::uint16_t> read_gray(std::filesystem::path const& file, quoin::read_limits const& limits = {}) {
    return with_pixel_of(quoin::read_info(file), [&]<class P>() {
        quoin::image<P> pixels = quoin::read_image<P>(file, limits);
        if constexpr (std::same_as<P, std::uint16_t>) return pixels;
        else
            return quoin::to_image(quoin::serial{},
                                   gray_pipeline(std::as_const(pixels).view()) | quoin::convert_to<std::uint16_t>);
    });
}

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// to_tensor: images as the input of a model.
#pragma once

#include <quoin/core/half.hpp>
#include <quoin/tensor/detail/fit.hpp>
#include <quoin/tensor/detail/tensor_sink.hpp>

#include <optional>

QUOIN_NAMESPACE_BEGIN

/// The order of the values of a tensor in memory. Of N images, value (n, c, y, x) of channel c lies at
///     nchw   ((n * 3 + c) * height + y) * width + x     one plane for each channel
///     nhwc   ((n * height + y) * width + x) * 3 + c     the channels of a pixel side by side
enum class tensor_layout { nchw, nhwc };

/// The channel with index 0, 1, 2 of a tensor.
enum class channel_order { rgb, bgr };

/// What to_tensor() makes of an image.
struct tensor_spec {
    extent size{224, 224};                          ///< of each image of the tensor
    tensor_fit fit = tensor_fit::stretch;           ///< how an image of another shape becomes that size
    index_t shorter_side = 0;                       ///< for tensor_fit::crop; 0: as small as covers the size
    resize_kernel kernel = resize_kernel::triangle; ///< as in resize()
    resize_mode mode = resize_mode::pillow;         ///< as in resize()
    bool antialias = true;                          ///< false: resize_linear(), without kernel and mode
    std::optional<float> scale{};                   ///< values are multiplied by it; without it, divided by 255
    std::array<float, 3> mean{0, 0, 0};             ///< of red, green and blue, whatever the order; subtracted
    std::array<float, 3> deviation{1, 1, 1};        ///< of red, green and blue; the divisor
    tensor_layout layout = tensor_layout::nchw;
    channel_order order = channel_order::rgb;
    std::uint8_t pad = 114; ///< for tensor_fit::letterbox: the byte around the image, in all channels
};

/// Where an image lies in its part of a tensor: a point at x of the image lies at x * scale_x + offset_x of the tensor.
/// Both count from the left edge of the first pixel. Offsets are whole numbers, and negative where the image was cut.
struct placement {
    double scale_x = 1, scale_y = 1;
    double offset_x = 0, offset_y = 0;

    /// The point of the image, from one of the tensor.
    double image_x(double x) const { return (x - offset_x) / scale_x; }
    double image_y(double y) const { return (y - offset_y) / scale_y; }
    friend bool operator==(placement const&, placement const&) = default;
};

namespace concepts {

/// The type of a tensor's values.
template <class T>
concept tensor_value = std::same_as<T, float> || narrow_float<T>;

} // namespace concepts

namespace detail {

inline void check_spec(tensor_spec const& spec) {
    constexpr index_t most = 2147483647;
    auto const [width, height] = spec.size;
    if (width < 1 || height < 1 || width > most || height > most)
        raise("quoin::to_tensor: a tensor of ", width, " x ", height, " pixels; give a width and a height from 1 to ",
              most);
    if (spec.shorter_side < 0 || spec.shorter_side > most)
        raise("quoin::to_tensor: a shorter side of ", spec.shorter_side, " pixels; give one from 1 to ", most,
              ", or 0 for the smallest that covers the size");
    auto const finite = [](float v) { return v - v == 0; };
    if (spec.scale && (!finite(*spec.scale) || *spec.scale == 0))
        raise("quoin::to_tensor: a scale of ", *spec.scale, "; give a number that is finite and not 0");
    for (std::size_t c = 0; c < 3; ++c) {
        if (!finite(spec.mean[c]))
            raise("quoin::to_tensor: the mean ", spec.mean[c], " of channel ", c, "; give a finite number");
        if (!finite(spec.deviation[c]) || !(spec.deviation[c] > 0))
            raise("quoin::to_tensor: the standard deviation ", spec.deviation[c], " of channel ", c,
                  "; give a finite number above 0; 1 changes nothing");
    }
}

/// Where each image goes. @throws invalid_argument for what to_tensor() refuses.
template <class T>
std::vector<fitted> check_tensor(std::span<image_view<rgb8 const> const> images, tensor_spec const& spec,
                                 std::span<T> out) {
    check_spec(spec);
    if (images.empty()) raise("quoin::to_tensor: no images; give at least one");
    // Each factor is below 2^31, but not the product of all.
    std::size_t const planes = images.size() * 3, area = static_cast<std::size_t>(spec.size.area());
    if (out.size() % planes != 0 || out.size() / planes != area)
        raise("quoin::to_tensor: an output of ", out.size(), " values; ", images.size(), " images need ", images.size(),
              " x 3 x ", spec.size.height, " x ", spec.size.width);
    auto const bytes = static_cast<index_t>(out.size_bytes());
    byte_lattice const written = byte_lattice::of(out.data(), 1, bytes, 1, bytes, bytes);
    std::vector<fitted> all;
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (images[i].empty())
            raise("quoin::to_tensor: image ", i, " has ", images[i].width(), " x ", images[i].height(),
                  " pixels; give images that are not empty");
        if (have_common_bytes(memory_of(images[i], 0), written))
            raise("quoin::to_tensor: the output has bytes of image ", i, "; write into other memory");
        all.push_back(fit_image(images[i].size(), spec.size, spec.fit, spec.shorter_side));
        auto const& to = all.back();
        if (to.part.width < spec.size.width || to.part.height < spec.size.height)
            if (spec.fit == tensor_fit::crop)
                raise("quoin::to_tensor: image ", i, " of ", images[i].width(), " x ", images[i].height(),
                      " pixels becomes ", to.resized.width, " x ", to.resized.height, ", from which ", spec.size.width,
                      " x ", spec.size.height, " cannot be cut; give a larger shorter side than ", spec.shorter_side);
    }
    return all;
}

/// The values of all bytes, in the order of operations that to_tensor() promises.
template <class T>
tensor_tables<T> make_tables(tensor_spec const& spec) {
    tensor_tables<T> tables;
    for (std::size_t c = 0; c < 3; ++c)
        for (std::size_t v = 0; v < 256; ++v) {
            // The product is exact in double. In float, a compiler could fuse it with the difference.
            auto const byte = static_cast<float>(v);
            float const scaled = spec.scale
                                     ? static_cast<float>(static_cast<double>(byte) * static_cast<double>(*spec.scale))
                                     : byte / 255.0f;
            tables[c][v] = T((scaled - spec.mean[c]) / spec.deviation[c]);
        }
    return tables;
}

template <class Policy>
void write_tensor(Policy const& policy, std::span<image_view<rgb8 const> const> images, tensor_spec const& spec,
                  std::vector<fitted> const& fits, tensor_memory const& out) {
    policy.bulk(static_cast<index_t>(images.size()),
                [&](index_t i) { pad_around(out, i, fits[static_cast<std::size_t>(i)], spec.pad); });
    // The one place that knows the ways to resize.
    auto const resized = [&](auto const& stage_of) { write_images(policy, images, fits, out, stage_of); };
    if (!spec.antialias) return resized([](extent size) { return resize_linear(size); });
    switch (spec.mode) {
    case resize_mode::pillow:
        return resized([&](extent size) { return resize<resize_mode::pillow>(size, spec.kernel); });
    case resize_mode::pillow_simd:
        return resized([&](extent size) { return resize<resize_mode::pillow_simd>(size, spec.kernel); });
    default:
        return resized([&](extent size) { return resize<resize_mode::accurate>(size, spec.kernel); });
    }
}

} // namespace detail

/// Writes images, which may have different sizes, one after the other to the memory of a tensor, and returns where
/// each lies in it. An image is resized to bytes, as resize() or resize_linear() does, and cut or padded as `spec.fit`
/// says; see tensor_fit. Then each byte v of red, green or blue becomes
///     T((v / 255 - mean) / deviation)        or with a scale  T((v * scale - mean) / deviation)
/// where each operation is rounded to float, and the result once more for half and bfloat16: to nearest, ties to even.
/// So with the default mode the tensor is bit-equal to what Pillow, then float arithmetic in this order (torchvision's
/// ToTensor and Normalize) give. There are 256 results for each channel; they are computed once and looked up. The
/// bytes are the same under every policy. A policy for a device computes on its host.
///     std::vector<float> values(images.size() * 3 * 224 * 224);
///     auto const places = to_tensor(policy, images, {.size = {224, 224}}, std::span(values));
/// One pass: no image between the steps exists. Blocks of all images are computed side by side.
/// Cost: that of resize() for the pixels that are kept, and one look-up for each value.
/// Memory: that of resize() for each image and thread, and 3 x 256 values.
/// @throws invalid_argument, before anything is written: no images, an empty image, a size or a side that is not from 1
/// to 2^31 - 1, a deviation that is not above 0, a scale of 0, a number that is not finite, an output of another number
/// of values or with bytes of an image, or a shorter side with which an image does not cover the size.
template <concepts::policy Policy, concepts::tensor_value T>
std::vector<placement> to_tensor(Policy const& policy, std::span<image_view<rgb8 const> const> images,
                                 tensor_spec const& spec, std::span<T> out) {
    if constexpr (concepts::hosted_policy<Policy>) {
        return to_tensor(policy.host(), images, spec, out);
    } else {
        auto const fits = detail::check_tensor(images, spec, out);
        auto const tables = detail::make_tables<T>(spec);
        detail::write_tensor(policy, images, spec, fits,
                             {spec.size, spec.layout == tensor_layout::nchw, spec.order == channel_order::bgr, &tables,
                              out.data(), &detail::look_up<T>});
        std::vector<placement> places;
        for (std::size_t i = 0; i < images.size(); ++i) {
            auto const ratio = [](index_t to, index_t from) {
                return static_cast<double>(to) / static_cast<double>(from);
            };
            detail::fitted const& to = fits[i];
            places.push_back({ratio(to.resized.width, images[i].width()), ratio(to.resized.height, images[i].height()),
                              static_cast<double>(to.left), static_cast<double>(to.top)});
        }
        return places;
    }
}

QUOIN_NAMESPACE_END

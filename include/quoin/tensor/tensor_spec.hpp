// SPDX-License-Identifier: BSL-1.0
// tensor_spec: what a model wants of an image.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/half.hpp>
#include <quoin/geometry/resize.hpp>
#include <quoin/tensor/tensor_fit.hpp>

#include <array>
#include <concepts>
#include <optional>

QUOIN_NAMESPACE_BEGIN

/// The order of the values of a tensor in memory. Of N images, value (n, c, y, x) of channel c lies at
///     nchw   ((n * 3 + c) * height + y) * width + x     one plane for each channel
///     nhwc   ((n * height + y) * width + x) * 3 + c     the channels of a pixel side by side
enum class tensor_layout { nchw, nhwc };

/// The channel with index 0, 1, 2 of a tensor.
enum class channel_order { rgb, bgr };

/// The order of the steps from a byte v to a value. S(x) is x / 255, or with a scale x * scale.
///     scale_first   T((S(v) - mean) / deviation)     torchvision's ToTensor and Normalize; mean and deviation in units
///     of 1 mean_first    T(S(v - mean) / deviation)       OpenCV's blobFromImage; the mean in levels of bytes
enum class tensor_steps { scale_first, mean_first };

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
    tensor_steps steps = tensor_steps::scale_first; ///< which of scale and mean comes first
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

/// @throws invalid_argument for numbers that to_tensor() refuses. `name` is that of the function, for messages.
inline void check_spec(char const* name, tensor_spec const& spec) {
    constexpr index_t most = 2147483647;
    auto const [width, height] = spec.size;
    if (width < 1 || height < 1 || width > most || height > most)
        raise("quoin::", name, ": a tensor of ", width, " x ", height, " pixels; give a width and a height from 1 to ",
              most);
    if (spec.shorter_side < 0 || spec.shorter_side > most)
        raise("quoin::", name, ": a shorter side of ", spec.shorter_side, " pixels; give one from 1 to ", most,
              ", or 0 for the smallest that covers the size");
    auto const finite = [](float v) { return v - v == 0; };
    if (spec.scale && (!finite(*spec.scale) || *spec.scale == 0))
        raise("quoin::", name, ": a scale of ", *spec.scale, "; give a number that is finite and not 0");
    for (std::size_t c = 0; c < 3; ++c) {
        if (!finite(spec.mean[c]))
            raise("quoin::", name, ": the mean ", spec.mean[c], " of channel ", c, "; give a finite number");
        if (!finite(spec.deviation[c]) || !(spec.deviation[c] > 0))
            raise("quoin::", name, ": the standard deviation ", spec.deviation[c], " of channel ", c,
                  "; give a finite number above 0; 1 changes nothing");
    }
}

/// The values of all bytes of red, green and blue.
template <class T>
using tensor_tables = std::array<std::array<T, 256>, 3>;

/// The values of all bytes, in the order of operations that to_tensor() promises.
template <class T>
tensor_tables<T> make_tables(tensor_spec const& spec) {
    tensor_tables<T> tables;
    for (std::size_t c = 0; c < 3; ++c)
        for (std::size_t v = 0; v < 256; ++v) {
            // The product is exact in double. In float, a compiler could fuse it with the difference.
            auto const scaled = [&](float x) {
                return spec.scale ? static_cast<float>(static_cast<double>(x) * static_cast<double>(*spec.scale))
                                  : x / 255.0f;
            };
            auto const byte = static_cast<float>(v);
            float const centered =
                spec.steps == tensor_steps::mean_first ? scaled(byte - spec.mean[c]) : scaled(byte) - spec.mean[c];
            tables[c][v] = T(centered / spec.deviation[c]);
        }
    return tables;
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// convolve: the mathematical convolution with a kernel of odd sides.
#pragma once

#include <quoin/filter/linear/correlate.hpp>

QUOIN_NAMESPACE_BEGIN

/// Local stage, Width x Height. Each channel is
///     out(x, y) = sum over j, i of kernel[j][i] * in(x - (i - Width / 2), y - (j - Height / 2)), divided by `divisor`
/// This is correlate() with the kernel turned by 180 degrees. A single bright pixel becomes the kernel as it is
/// written, as in scipy.ndimage.convolve. OpenCV's filter2D and Pillow's Kernel correlate. A kernel that is equal to
/// its turned copy gives the same result with both. Same pixel type.
///     convolve({{0, 0, 0}, {0, 1, 2}, {0, 2, 3}}, 8)
/// Both kernel sides must be odd, and the divisor must be > 0. Border, rounding, saturation, order of the sum and cost
/// are those of correlate() with the turned kernel.
/// @throws invalid_argument under the conditions of correlate(); the message names correlate.
template <class K, std::size_t Width, std::size_t Height>
    requires std::same_as<K, int> || std::same_as<K, float>
constexpr auto convolve(K const (&kernel)[Height][Width], std::type_identity_t<K> divisor = K(1)) {
    return correlate(kernel, divisor).flipped();
}

/// Converts a kernel of double values to float.
template <std::size_t Width, std::size_t Height>
constexpr auto convolve(double const (&kernel)[Height][Width], double divisor = 1.0) {
    return correlate(kernel, divisor).flipped();
}

/// The catalogue's entry.
struct convolve_entry {
    static constexpr operation about{.name = "convolve",
                                     .about = "correlate with the kernel turned by 180 degrees",
                                     .parameters = {correlate_entry::about.parameters[0]},
                                     .rounding = correlate_entry::about.rounding,
                                     .floating = correlate_entry::about.floating,
                                     .opencv = "cv::filter2D with the flipped kernel, which rounds halves to even",
                                     .scikit_image = "scipy.ndimage.convolve(image, kernel)"};

    template <class F>
    static auto with_stage(double const* values, F const& f) {
        return correlate_entry::with_stage(values, [&](auto const& stage) { return f(stage.flipped()); });
    }
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// scharr_x, scharr_y, scharr: the 3 x 3 derivatives of Scharr and their length.
#pragma once

#include <quoin/filter/detail/derivatives.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
inline constexpr kernel<3, 3> scharr_dx = product<3>({{3, 10, 3}}, smooth_derivative<1, 3>());
inline constexpr kernel<3, 3> scharr_dy = product<3>(smooth_derivative<1, 3>(), {{3, 10, 3}});
} // namespace detail

/// Local stage, 3 x 3. Each channel is correlated with the kernel [-3 0 3; -10 0 10; -3 0 3]. The direction of the
/// gradient is nearer to the true one than that of sobel_x. The result is positive where values rise to the right.
/// Result channels are gradient_t: u8 becomes i16; u16, i16 and i32 become i32; floating point keeps its type. Border:
/// that of the last extend(), or reflect_101 without one. The result is exact, except that i32 channels saturate.
/// Source: H. Scharr, Optimale Operatoren in der digitalen Bildverarbeitung, 2000.
struct scharr_x_fn : detail::derivative<detail::scharr_dx> {};
inline constexpr scharr_x_fn scharr_x{};

/// Local stage, 3 x 3. Each channel is correlated with the kernel [-3 -10 -3; 0 0 0; 3 10 3]. The result is positive
/// where values rise downwards. Result channels, border and exactness are those of scharr_x.
struct scharr_y_fn : detail::derivative<detail::scharr_dy> {};
inline constexpr scharr_y_fn scharr_y{};

/// Local stage, 3 x 3. Each result channel is sqrt(gx^2 + gy^2) / 4, where gx and gy are the values of scharr_x and
/// scharr_y. So a plane that rises by 1 a pixel gives 8, as with sobel. The pixel type does not change. Border: that of
/// the last extend(), or reflect_101 without one. Integer channels: rounded half up once and saturated. Channels of 8
/// and 16 bits are exact; i32 channels are computed in double. Floating point: computed in the channel's type and not
/// rounded. Cost: 12 reads and one square root per pixel.
struct scharr_fn : detail::gradient_length<detail::scharr_dx, detail::scharr_dy, 2> {};
inline constexpr scharr_fn scharr{};

/// The catalogue's entries.
struct scharr_x_entry : entry_of<scharr_x_entry> {
    static constexpr operation about{.name = "scharr_x",
                                     .about = "the derivative [-1 0 1] x [3 10 3] along rows, signed",
                                     .rounding = "none, the result is wider; 32 bits saturate",
                                     .floating = "in the channel's type",
                                     .opencv = "cv::Scharr(src, dst, CV_16S, 1, 0)",
                                     .scikit_image = "skimage.filters.scharr_v(image) * 16"};
    static scharr_x_fn stage(double const*) { return scharr_x; }
};
struct scharr_y_entry : entry_of<scharr_y_entry> {
    static constexpr operation about{.name = "scharr_y",
                                     .about = "the derivative [-1 0 1] x [3 10 3] along columns, signed",
                                     .rounding = "none, the result is wider; 32 bits saturate",
                                     .floating = "in the channel's type",
                                     .opencv = "cv::Scharr(src, dst, CV_16S, 0, 1)",
                                     .scikit_image = "skimage.filters.scharr_h(image) * 16"};
    static scharr_y_fn stage(double const*) { return scharr_y; }
};
struct scharr_entry : entry_of<scharr_entry> {
    static constexpr operation about{.name = "scharr",
                                     .about = "the length of both derivatives of Scharr, sqrt(gx^2 + gy^2) / 4",
                                     .rounding = "half up of the exact length, saturated; 32 bits: in double",
                                     .floating = "the length, not rounded",
                                     .opencv = "cv::magnitude of both cv::Scharr in CV_32F, divided by 4",
                                     .scikit_image = "skimage.filters.scharr(image) * 4 * sqrt(2)"};
    static scharr_fn stage(double const*) { return scharr; }
};

QUOIN_NAMESPACE_END

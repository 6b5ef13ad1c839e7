// SPDX-License-Identifier: BSL-1.0
// sobel_x, sobel_y, sobel_magnitude: the 3 x 3 Sobel derivatives and their length; sobel: that of 3, 5 or 7 pixels.
#pragma once

#include <quoin/filter/detail/derivatives.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
inline constexpr kernel<3, 3> sobel_dx{{{-1, 0, 1}, {-2, 0, 2}, {-1, 0, 1}}};
inline constexpr kernel<3, 3> sobel_dy{{{-1, -2, -1}, {0, 0, 0}, {1, 2, 1}}};

/// sobel<5> and sobel<7>.
template <int N>
struct wide_sobel : wide_derivatives<N, 1> {
    using vectorized = void;
    using channelwise = void;

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using T = typename Window::channel_type;
        return this->with_sums(w, [](auto const& x, auto const& y) QUOIN_LAMBDA_INLINE {
            return gradient_length_of<T, sizeof(T) == 2>(x, y, 2 * (N - 3));
        });
    }
};
} // namespace detail

/// Local stage, 3 x 3. Each channel is correlated with the kernel [-1 0 1; -2 0 2; -1 0 1]. The result is positive
/// where values rise to the right. Result channels are gradient_t: u8 becomes i16; u16, i16 and i32 become i32;
/// floating point keeps its type. Border: that of the last extend(), or reflect_101 without one. The result is exact,
/// except that i32 channels saturate.
struct sobel_x_fn : detail::derivative<detail::sobel_dx> {};
inline constexpr sobel_x_fn sobel_x{};

/// Local stage, 3 x 3. Each channel is correlated with the kernel [-1 -2 -1; 0 0 0; 1 2 1]. The result is positive
/// where values rise downwards. Result channels are gradient_t, as those of sobel_x. Border: that of the last extend(),
/// or reflect_101 without one. The result is exact, except that i32 channels saturate.
struct sobel_y_fn : detail::derivative<detail::sobel_dy> {};
inline constexpr sobel_y_fn sobel_y{};

/// The stage sobel<K>.
template <int K>
requires(K == 3 || K == 5 || K == 7) struct sobel_fn : detail::wide_sobel<K> {
};
template <>
struct sobel_fn<3> : detail::gradient_length<detail::sobel_dx, detail::sobel_dy> {};

/// Local stage, K x K, where K is 3, 5 or 7. Each result channel is sqrt(gx^2 + gy^2) / 16^((K - 3) / 2), where gx and
/// gy are the correlations with the kernels d^T s and s^T d. For 3, d is [-1 0 1] and s [1 2 1]; for 5, [-1 -2 0 2 1]
/// and [1 4 6 4 1]; for 7, [-1 -4 -5 0 5 4 1] and [1 6 15 20 15 6 1]. So a plane that rises by 1 a pixel gives 8,
/// whatever K. The pixel type does not change. Border: that of the last extend(), or reflect_101 without one. Integer
/// channels: rounded half up once and saturated. Channels of 8 and 16 bits are exact; i32 channels are computed in
/// double. Floating point: computed in the channel's type and not rounded. Cost: 12, 25 or 49 reads and one square root
/// per pixel.
template <int K>
inline constexpr sobel_fn<K> sobel{};

/// sobel<3>: each result channel is round(sqrt(gx^2 + gy^2)), where gx and gy are the values of sobel_x and sobel_y.
struct sobel_magnitude_fn : sobel_fn<3> {};
inline constexpr sobel_magnitude_fn sobel_magnitude{};

/// The catalogue's entries.
struct sobel_x_entry : entry_of<sobel_x_entry> {
    static constexpr operation about{.name = "sobel_x",
                                     .about = "the derivative [-1 0 1] x [1 2 1] along rows, signed",
                                     .rounding = "none, the result is wider; 32 bits saturate",
                                     .floating = "in the channel's type",
                                     .opencv = "cv::Sobel(src, dst, CV_16S, 1, 0)",
                                     .scikit_image = "skimage.filters.sobel_v(image) * 4"};
    static sobel_x_fn stage(double const*) { return sobel_x; }
};
struct sobel_y_entry : entry_of<sobel_y_entry> {
    static constexpr operation about{.name = "sobel_y",
                                     .about = "the derivative [-1 0 1] x [1 2 1] along columns, signed",
                                     .rounding = "none, the result is wider; 32 bits saturate",
                                     .floating = "in the channel's type",
                                     .opencv = "cv::Sobel(src, dst, CV_16S, 0, 1)",
                                     .scikit_image = "skimage.filters.sobel_h(image) * 4"};
    static sobel_y_fn stage(double const*) { return sobel_y; }
};
struct sobel_magnitude_entry : entry_of<sobel_magnitude_entry> {
    static constexpr operation about{.name = "sobel_magnitude",
                                     .about = "the length of both derivatives, sqrt(gx^2 + gy^2)",
                                     .rounding = "half up of the exact root, saturated; 32 bits: in double",
                                     .floating = "the root, not rounded",
                                     .opencv = "cv::magnitude of both cv::Sobel in CV_32F"};
    static sobel_magnitude_fn stage(double const*) { return sobel_magnitude; }
};
struct sobel_entry {
    static constexpr operation about{
        .name = "sobel",
        .about = "the length of both derivatives over K x K pixels; a slope of 1 a pixel gives 8",
        .parameters = {{.name = "K",
                        .type = parameter_type::choice,
                        .choices = "3 5 7",
                        .about = "the side; 3 is sobel_magnitude"}},
        .rounding = "half up of the exact length, saturated; 32 bits: in double",
        .floating = "the length, not rounded",
        .opencv = "cv::magnitude of both cv::Sobel(..., K) in CV_32F, divided by 1, 16 or 256"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        switch (detail::whole<int>(values[0])) {
        case 0:
            return f(sobel_magnitude);
        case 1:
            return f(sobel<5>);
        default:
            return f(sobel<7>);
        }
    }
};

QUOIN_NAMESPACE_END

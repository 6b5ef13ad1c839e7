// SPDX-License-Identifier: BSL-1.0
// sobel_x, sobel_y, sobel_magnitude: the 3 x 3 Sobel derivatives and the gradient magnitude.
#pragma once

#include <quoin/pipe/kernel.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
inline constexpr kernel<3, 3> sobel_dx{{{-1, 0, 1}, {-2, 0, 2}, {-1, 0, 1}}};
inline constexpr kernel<3, 3> sobel_dy{{{-1, -2, -1}, {0, 0, 0}, {1, 2, 1}}};

/// min(round(sqrt(x^2 + y^2)), 65535) of i32 values. The float root may be off by one. The root r of the sum of squares
/// s is right if r^2 - r < s <= r^2 + r, so a wrong r is corrected by one.
template <class V>
QUOIN_INLINE auto rounded_length(V const& x, V const& y) {
    auto const square = [](V const& v) QUOIN_LAMBDA_INLINE {
        auto const u = convert<std::uint32_t>(min(abs(v), V(65535)));
        return u * u;
    };
    auto const xx = square(x), yy = square(y);
    using U = std::remove_cvref_t<decltype(xx)>;
    U const one(1u), most(65535u);
    U const sum = xx + yy;
    U const s = select(sum < xx, U(0xFFFFFFFFu), sum); // past 32 bits
    U const r = min(convert<std::uint32_t>(sqrt(convert<float>(s)) + 0.5f), most);
    U const rr = r * r;
    U const up = select(s > rr + r, r + one, r);
    return min(select(s <= rr - r && r > U(0u), r - one, up), most);
}

} // namespace detail

/// Local stage, 3 x 3. Each channel is correlated with the kernel [-1 0 1; -2 0 2; -1 0 1]. The result is positive
/// where values rise to the right. Result channels are gradient_t: u8 becomes i16; u16, i16 and i32 become i32;
/// floating point keeps its type. Border: that of the last extend(), or reflect_101 without one. The result is exact,
/// except that i32 channels saturate.
struct sobel_x_fn {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{1, 1};

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return saturate<gradient_t<typename Window::channel_type>>(weighted_sum<detail::sobel_dx>(w));
    }
};
inline constexpr sobel_x_fn sobel_x{};

/// Local stage, 3 x 3. Each channel is correlated with the kernel [-1 -2 -1; 0 0 0; 1 2 1]. The result is positive
/// where values rise downwards. Result channels are gradient_t, as those of sobel_x. Border: that of the last extend(),
/// or reflect_101 without one. The result is exact, except that i32 channels saturate.
struct sobel_y_fn {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{1, 1};

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return saturate<gradient_t<typename Window::channel_type>>(weighted_sum<detail::sobel_dy>(w));
    }
};
inline constexpr sobel_y_fn sobel_y{};

/// Local stage, 3 x 3. Each result channel is round(sqrt(gx^2 + gy^2)), where gx and gy are the values of sobel_x and
/// sobel_y. The pixel type does not change. Border: that of the last extend(), or reflect_101 without one. Integer
/// channels: rounded half up and saturated. Channels of 8 and 16 bits are exact; i32 channels are computed in double.
/// Floating point: computed in the channel's type and not rounded. Cost: 12 reads and one square root per pixel.
struct sobel_magnitude_fn {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{1, 1};

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using T = typename Window::channel_type;
        if constexpr (std::same_as<T, std::uint8_t>) {
            return rounded_hypot(detail::byte_correlation<detail::sobel_dx, 0>(w),
                                 detail::byte_correlation<detail::sobel_dy, 0>(w));
        } else if constexpr (std::integral<T> && sizeof(T) == 2) {
            auto const length =
                detail::rounded_length(weighted_sum<detail::sobel_dx>(w), weighted_sum<detail::sobel_dy>(w));
            return saturate<T>(convert<std::int32_t>(length));
        } else {
            using F = std::conditional_t<std::floating_point<T>, T, double>;
            auto const x = convert<F>(weighted_sum<detail::sobel_dx>(w)),
                       y = convert<F>(weighted_sum<detail::sobel_dy>(w));
            return saturate<T>(sqrt(x * x + y * y));
        }
    }
};
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

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// sobel_polar, sobel_angle: the length and the angle of gradients.
#pragma once

#include <quoin/filter/detail/arctangent.hpp>
#include <quoin/filter/edge/sobel.hpp>

QUOIN_NAMESPACE_BEGIN

/// The pixel type of sobel_polar.
template <class T>
struct polar_gradient {
    T length, angle;
};
template <class T>
struct pixel_traits<polar_gradient<T>> : pixel_layout<polar_gradient, T, 2> {};

namespace detail {

/// f(gx, gy) of the derivatives as floats.
template <class Window, class F>
QUOIN_INLINE auto of_slopes(Window const& w, F const& f) {
    static_assert(fits_float<typename Window::channel_type>,
                  "quoin::sobel_polar, quoin::sobel_angle: pixels must be integers of 8 or 16 bits, or float; put "
                  "convert_to before it");
    return f(convert<float>(weighted_sum<sobel_dx>(w)), convert<float>(weighted_sum<sobel_dy>(w)));
}

} // namespace detail

/// Local stage, 3 x 3: both results in one pass. Of gray pixels of integers of 8 or 16 bits or of float, the pixel
/// polar_gradient<float> of
///     length = sqrt(gx^2 + gy^2),      angle = atan2(gy, gx)
/// where gx and gy are the values of sobel_x and sobel_y. The angle is in radians in [-pi, pi]: 0 where values rise to
/// the right, pi / 2 where they rise downwards, and 0 where both derivatives are 0. A planar_view of the result has the
/// lengths as one image and the angles as another. Border: that of the last extend(), or reflect_101 without one. In
/// float; lengths of bytes are correctly rounded, angles are within 4e-7 of the real value. NaN and infinities: those
/// of the arithmetic. Cost: 12 reads, a root and a quotient per pixel.
struct sobel_polar_fn {
    using vectorized = void;
    static constexpr quoin::footprint footprint{1, 1};

    template <class Window>
    requires(channels_v<typename Window::pixel_type> == 1) QUOIN_INLINE auto operator()(Window const& w) const {
        return detail::of_slopes(w, [](auto const& x, auto const& y) QUOIN_LAMBDA_INLINE {
            using V = std::remove_cvref_t<decltype(x)>;
            return polar_gradient<V>{V(sqrt(x * x + y * y)), detail::angle_of(x, y)};
        });
    }
};
inline constexpr sobel_polar_fn sobel_polar{};

/// The angles of sobel_polar alone, as float, of each channel.
struct sobel_angle_fn {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{1, 1};

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return detail::of_slopes(w, [](auto const& x, auto const& y)
                                        QUOIN_LAMBDA_INLINE { return detail::angle_of(x, y); });
    }
};
inline constexpr sobel_angle_fn sobel_angle{};

/// The catalogue's entry.
struct sobel_angle_entry : entry_of<sobel_angle_entry> {
    static constexpr operation about{.name = "sobel_angle",
                                     .about = "the angle of the gradient in radians, atan2(gy, gx), in f32",
                                     .rounding = "within 4 10^-7 of the real value; 32 bits: not possible",
                                     .floating = "in float",
                                     .opencv = "cv::phase of both cv::Sobel in CV_32F, from 0 to 2 pi, within 0.3 "
                                               "degrees"};
    template <class T>
    static constexpr bool takes = detail::fits_float<T>;
    static sobel_angle_fn stage(double const*) { return sobel_angle; }
};

QUOIN_NAMESPACE_END

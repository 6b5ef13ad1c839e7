// SPDX-License-Identifier: BSL-1.0
// box: the mean over a square.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/stage.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Types in which a sum over a column, and then over the square, is exact for integers.
template <class T>
using box_column_t = std::conditional_t<
    std::floating_point<T>, T,
    std::conditional_t<sizeof(T) == 1, std::uint16_t, std::conditional_t<sizeof(T) == 2, std::int32_t, double>>>;
template <class T>
using box_sum_t = std::conditional_t<std::floating_point<T>, T, std::conditional_t<sizeof(T) == 1, std::int32_t, double>>;
template <class T>
using box_quotient_t = std::conditional_t<std::floating_point<T>, T, std::conditional_t<sizeof(T) == 1, float, double>>;

/// Sums over columns, of channels T.
template <class T>
struct box_column {
    using vectorised = void;
    using channelwise = void;
    int radius;
    QUOIN_FN quoin::footprint footprint() const { return {0, radius}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using S = box_column_t<T>;
        auto sum = w.template at<S>(0, -radius);
        for (int j = 1 - radius; j <= radius; ++j) sum = convert<S>(sum + w.template at<S>(0, j));
        return sum;
    }
};

/// Sums over rows of those sums, and the quotient.
template <class T>
struct box_row {
    using vectorised = void;
    using channelwise = void;
    int radius;
    QUOIN_FN quoin::footprint footprint() const { return {radius, 0}; }

    /// A constant border stands outside the image, not outside the column sums.
    using outside_of = T;
    QUOIN_FN box_column_t<T> outside(T value) const { return box_column<T>{radius}(constant_window<T>{value}); }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using S = box_sum_t<T>;
        using Q = box_quotient_t<T>;
        auto sum = w.template at<S>(-radius, 0);
        for (int i = 1 - radius; i <= radius; ++i) sum = sum + w.template at<S>(i, 0);
        int const side = 2 * radius + 1;
        Q const area = static_cast<Q>(side) * static_cast<Q>(side);
        if constexpr (std::floating_point<T>) return sum / area;
        // A quotient of integers below 2^24 in float (2^53 in double) rounds to an integer only if it is one.
        else return saturate<T>(floor((convert<Q>(sum) + floor(area / Q(2))) / area));
    }
};

} // namespace detail

/// The closure made by box().
class box_fn {
public:
    using expands = void;

    constexpr explicit box_fn(int side) : radius_(side / 2) {
        if (side < 1 || side > 255 || side % 2 == 0)
            detail::raise("quoin::box: the side ", side, " is not an odd number from 1 to 255");
    }

    template <class P>
    QUOIN_FN auto expand() const {
        using T = channel_t<P>;
        return compose(detail::box_column<T>{radius_}, detail::box_row<T>{radius_});
    }

private:
    int radius_;
};

/// Local, side x side, each channel: the mean of the square around the pixel. Integer channels: exact, rounded half up,
/// (sum + side^2 / 2) / side^2 in integer division. Floating point: column sums from the top, their sum from the left,
/// divided by side^2, in the channel's type. Same pixel type. Two passes in lines: 2 side additions a pixel.
/// @throws invalid_argument unless the side is odd and in 1..255.
constexpr box_fn box(int side) { return box_fn(side); }

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// box: the mean over a square.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/stage.hpp>
#include <quoin/view/correlate.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Types in which a sum over a column, and then over the square, is exact for integers.
template <class T>
using box_column_t = std::conditional_t<
    std::floating_point<T>, T,
    std::conditional_t<sizeof(T) == 1, std::uint16_t, std::conditional_t<sizeof(T) == 2, std::int32_t, double>>>;
template <class T>
using box_sum_t = std::conditional_t<
    std::floating_point<T>, T,
    std::conditional_t<(sizeof(T) > 2), double, std::conditional_t<std::is_signed_v<T>, std::int32_t, std::uint32_t>>>;

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
        if constexpr (std::same_as<T, std::uint8_t>) {
            auto const zero = std::remove_cvref_t<decltype(w(0, 0))>(std::uint8_t{0});
            auto sum = byte_sum_start(w(0, 0), 1, zero, 0);
            for (int j = 1; j <= radius; ++j) sum.add(w(0, -j), 1, w(0, j), 1);
            return convert<S>(sum.value()); // the bits of a sum in 0..65535
        } else {
            auto sum = w.template at<S>(0, -radius);
            for (int j = 1 - radius; j <= radius; ++j) sum = convert<S>(sum + w.template at<S>(0, j));
            return sum;
        }
    }
};

/// Sums over rows of those sums, and the quotient.
template <class T>
class box_row {
    using S = box_sum_t<T>;
    using Q = std::conditional_t<std::floating_point<T>, T, double>;

public:
    using vectorised = void;
    using channelwise = void;

    QUOIN_FN explicit box_row(int radius)
        : radius_(radius), area_(static_cast<Q>((2 * radius + 1) * (2 * radius + 1))), half_(static_cast<int>(area_) / 2),
          reciprocal_(Q(1) / area_), short_reciprocal_(1.0f / static_cast<float>(area_)) {}
    QUOIN_FN quoin::footprint footprint() const { return {radius_, 0}; }

    /// A constant border stands outside the image, not outside the column sums.
    using outside_of = T;
    QUOIN_FN box_column_t<T> outside(T value) const { return box_column<T>{radius_}(constant_window<T>{value}); }

    // The quotient is the largest integer below (n + 1/2) / area for the integer n to be divided: a product with the
    // reciprocal errs by less than what keeps n + 1/2 from a multiple of the area, in float as long as n < 2^22.
    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        if constexpr (std::same_as<T, std::uint8_t>)
            if (radius_ <= max_short_radius)
                return saturate<T>(convert<std::int32_t>(
                    (convert<float>(row_of_ones(w, radius_).value()) + (static_cast<float>(half_) + 0.5f)) * short_reciprocal_));
        auto sum = w.template at<S>(-radius_, 0);
        for (int i = 1 - radius_; i <= radius_; ++i) sum = sum + w.template at<S>(i, 0);
        if constexpr (std::floating_point<T>) return sum / area_;
        else return saturate<T>(floor((convert<Q>(sum) + (static_cast<Q>(half_) + Q(0.5))) * reciprocal_));
    }

private:
    static constexpr int max_short_radius = 63; // column sums fit an i16

    int radius_;
    Q area_;
    int half_;
    Q reciprocal_;
    float short_reciprocal_;
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
        return compose(detail::box_column<T>{radius_}, detail::box_row<T>(radius_));
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

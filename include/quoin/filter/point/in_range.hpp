// SPDX-License-Identifier: BSL-1.0
// in_range: the pixels whose channels all lie between bounds.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/operation.hpp>

#include <bit>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage. A pixel becomes white if low <= v <= high holds for each of its channels, else 0. The result is
/// gray of the same channel type; white is the largest value of an integer type and 1 of a floating-point type. The
/// bounds are compared as real numbers and may lie outside the range of the type; those of a channel without a pair are
/// the last pair. NaN is outside. `to_bits(policy, view | in_range(...))` makes a bit image. Cost: two comparisons a
/// channel.
class in_range_fn {
public:
    using vectorized = void;
    static constexpr int most_channels = 4;

    /// Bounds for each channel. @throws invalid_argument unless low <= high for each.
    constexpr in_range_fn(double const (&low)[most_channels], double const (&high)[most_channels]) {
        for (int c = 0; c < most_channels; ++c) {
            if (!(low[c] <= high[c]))
                detail::raise("quoin::in_range: nothing lies between ", low[c], " and ", high[c], " of channel ", c,
                              "; give the smaller bound first");
            low_[c] = low[c];
            high_[c] = high[c];
        }
    }

    template <class P>
    QUOIN_INLINE auto operator()(P const& p) const {
        using V = std::remove_cvref_t<decltype(get_channel<0>(p))>;
        using T = scalar_t<V>;
        V result(white<T>);
        for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int i = decltype(c)::value;
            bounds<T> const b = bounds_of<T>(low_[i], high_[i]);
            V const& v = get_channel<i>(p);
            result = select(v >= V(b.low), select(v <= V(b.high), result, V(T(0))), V(T(0)));
        });
        return result;
    }

private:
    template <class T>
    struct bounds {
        T low, high;
    };
    /// The values of T between both; the first is larger than the second if there is none.
    template <class T>
    static QUOIN_FN bounds<T> bounds_of(double low, double high) {
        if constexpr (std::floating_point<T>) {
            T least = static_cast<T>(low), most = static_cast<T>(high);
            if (static_cast<double>(least) < low) least = next_to(least, true);
            if (static_cast<double>(most) > high) most = next_to(most, false);
            return {least, most};
        } else {
            double const least = -floor(-low), most = floor(high);
            constexpr double first = static_cast<double>(lowest<T>), last = static_cast<double>(highest<T>);
            if (!(least <= most) || least > last || most < first) return {T(1), T(0)};
            return {least > first ? static_cast<T>(least) : lowest<T>, most < last ? static_cast<T>(most) : highest<T>};
        }
    }
    /// The neighbor of a finite value.
    template <class T>
    static QUOIN_FN T next_to(T value, bool up) {
        using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
        if (value == T(0)) return up ? std::numeric_limits<T>::denorm_min() : -std::numeric_limits<T>::denorm_min();
        bits const b = std::bit_cast<bits>(value);
        return std::bit_cast<T>((value > T(0)) == up ? b + 1 : b - 1);
    }

    double low_[most_channels]{}, high_[most_channels]{};
};

/// The same bounds for all channels.
/// @throws invalid_argument unless low <= high.
constexpr in_range_fn in_range(double low, double high) {
    return {{low, low, low, low}, {high, high, high, high}};
}
/// The channels of two pixels as bounds: in_range(rgb8{0, 100, 0}, rgb8{90, 255, 90}).
/// @throws invalid_argument unless low <= high for each channel.
template <concepts::pixel P>
    requires(channels_v<P> > 1)
constexpr in_range_fn in_range(P const& low, P const& high) {
    double first[in_range_fn::most_channels]{}, last[in_range_fn::most_channels]{};
    for_each_channel<P>([&](auto c) {
        first[decltype(c)::value] = static_cast<double>(get_channel<decltype(c)::value>(low));
        last[decltype(c)::value] = static_cast<double>(get_channel<decltype(c)::value>(high));
    });
    return {first, last};
}

/// The catalogue's entry.
struct in_range_entry : entry_of<in_range_entry> {
    static constexpr operation about{
        .name = "in_range",
        .about = "white where LOW <= v <= HIGH holds for every channel, else 0",
        .parameters = {{.name = "LOW",
                        .least = -3.4028234e38,
                        .most = 3.4028234e38,
                        .about = "of the first channel",
                        .at_most_white = true},
                       {.name = "HIGH", .least = -3.4028234e38, .most = 3.4028234e38, .about = "of the first channel"},
                       {.name = "LOW2",
                        .least = -3.4028234e38,
                        .most = 3.4028234e38,
                        .preset = "3e38",
                        .about = "of this channel; where left out, those of the channel before",
                        .at_most_white = true},
                       {.name = "HIGH2",
                        .least = -3.4028234e38,
                        .most = 3.4028234e38,
                        .preset = "-3e38",
                        .about = "of this channel; where left out, those of the channel before"},
                       {.name = "LOW3",
                        .least = -3.4028234e38,
                        .most = 3.4028234e38,
                        .preset = "3e38",
                        .about = "of this channel; where left out, those of the channel before",
                        .at_most_white = true},
                       {.name = "HIGH3",
                        .least = -3.4028234e38,
                        .most = 3.4028234e38,
                        .preset = "-3e38",
                        .about = "of this channel; where left out, those of the channel before"},
                       {.name = "LOW4",
                        .least = -3.4028234e38,
                        .most = 3.4028234e38,
                        .preset = "3e38",
                        .about = "of this channel; where left out, those of the channel before",
                        .at_most_white = true},
                       {.name = "HIGH4",
                        .least = -3.4028234e38,
                        .most = 3.4028234e38,
                        .preset = "-3e38",
                        .about = "of this channel; where left out, those of the channel before"}},
        .rounding = "none; bounds are compared as real numbers",
        .opencv = "cv::inRange(src, LOW, HIGH, dst)"};
    static constexpr in_range_fn stage(double const* values) {
        double low[in_range_fn::most_channels]{}, high[in_range_fn::most_channels]{};
        for (int c = 0; c < in_range_fn::most_channels; ++c) {
            bool const left_out = c > 0 && values[2 * c] == 3e38 && values[2 * c + 1] == -3e38;
            low[c] = left_out ? low[c - 1] : values[2 * c];
            high[c] = left_out ? high[c - 1] : values[2 * c + 1];
        }
        return {low, high};
    }
};

QUOIN_NAMESPACE_END

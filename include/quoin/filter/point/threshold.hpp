// SPDX-License-Identifier: BSL-1.0
// threshold: separates foreground from background.
#pragma once

#include <quoin/pipe/operation.hpp>

#include <bit>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage. Each channel is v > level ? white : 0, where white is the largest value of an integer type and 1 of
/// a floating-point type. The level is compared as a real number and may lie outside the range of the type. NaN is
/// background. Same pixel type. Cost: one comparison per pixel and channel.
class threshold_fn {
public:
    using vectorized = void;
    using channelwise = void;

    constexpr explicit threshold_fn(double level) : level_(level) {}

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) {
            // v > level if and only if v > bound, the largest T that is at most the level.
            T bound = static_cast<T>(level_);
            if (static_cast<double>(bound) > level_) bound = just_below(bound);
            return select(v > V(bound), V(white<T>), V(T(0)));
        } else {
            constexpr T low = lowest<T>, high = highest<T>;
            // For integers, v > level if and only if v > floor(level). A level below the range makes every value white.
            double const whole = floor(level_);
            bool const all = whole < static_cast<double>(low);
            T const bound = all                                 ? low
                            : whole < static_cast<double>(high) ? static_cast<T>(whole)
                                                                : high; // high for NaN
            return select(v > V(bound), V(white<T>), V(all ? white<T> : T(0)));
        }
    }

private:
    /// The largest T below `value`.
    template <class T>
    static QUOIN_FN T just_below(T value) {
        using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
        if (value == T(0)) return -std::numeric_limits<T>::denorm_min();
        bits const b = std::bit_cast<bits>(value);
        return std::bit_cast<T>(value > T(0) ? b - 1 : b + 1);
    }

    double level_;
};

namespace detail {
/// A number of any arithmetic type. With this parameter threshold() is no template, so a compiler can report errors
/// about the bare name `threshold` as a stage.
struct level {
    double value;
    template <class T>
        requires std::is_arithmetic_v<T>
    constexpr level(T v) : value(static_cast<double>(v)) {}
};
} // namespace detail

constexpr threshold_fn threshold(detail::level level) {
    return threshold_fn(level.value);
}

/// The catalogue's entry.
struct threshold_entry : entry_of<threshold_entry> {
    static constexpr operation about{
        .name = "threshold",
        .about = "v > LEVEL ? white : 0, white the largest value of integers and 1 of floating point",
        .parameters = {{.name = "LEVEL",
                        .least = -3.4028234e38,
                        .most = 3.4028234e38,
                        .about = "the last dark value",
                        .at_most_white = true}},
        .rounding = "none; LEVEL is compared as a real number",
        .opencv = "cv::threshold(src, dst, LEVEL, 255, cv::THRESH_BINARY)",
        .pillow = "image.point(lambda v: 255 * (v > LEVEL))",
        .scikit_image = "image > LEVEL"};
    static constexpr threshold_fn stage(double const* values) { return threshold(values[0]); }
};

QUOIN_NAMESPACE_END

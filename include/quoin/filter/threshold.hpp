// SPDX-License-Identifier: BSL-1.0
// threshold: foreground and background.
#pragma once

#include <quoin/pipe/stage.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise, each channel: v > level ? white : 0, with white the largest value of an integer type and 1 of a
/// floating-point type. The level may lie outside the type's range; NaN is background. Same pixel type.
class threshold_fn {
public:
    using vectorised = void;
    using channelwise = void;

    constexpr explicit threshold_fn(double level) : level_(level) {}

    template <channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) {
            return convert<T>(select(convert<double>(v) > level_, convert<double>(V(white<T>)), convert<double>(V(T(0)))));
        } else {
            constexpr T low = lowest<T>, high = highest<T>;
            // v > level is v > floor(level) for integers; a level below the range takes in the smallest value too.
            double const whole = floor(level_);
            bool const all = whole < static_cast<double>(low);
            T const bound = all ? low : whole < static_cast<double>(high) ? static_cast<T>(whole) : high; // high for NaN
            return select(v > V(bound), V(white<T>), V(all ? white<T> : T(0)));
        }
    }

private:
    double level_;
};

template <class Level>
    requires std::is_arithmetic_v<Level>
constexpr threshold_fn threshold(Level level) {
    return threshold_fn(static_cast<double>(level));
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// levels, adjust_gamma, adjust_log, adjust_sigmoid: tone curves.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/filter/detail/curve.hpp>

#include <numbers>

QUOIN_NAMESPACE_BEGIN

namespace detail {

inline constexpr float infinite = std::numeric_limits<float>::infinity();

/// f(v) for v > 0, 0 for v <= 0, and NaN for NaN.
template <class V>
QUOIN_INLINE V above_zero(V const& v, V const& result) {
    return select(v > V(0.0f), result, select(v <= V(0.0f), V(0.0f), v));
}

/// v^power.
struct float_power {
    using vectorized = void;
    using channelwise = void;
    static constexpr char const* name = "gamma";
    float power;

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        return above_zero(v, select(v < V(infinite), power_of(v, power), v));
    }
};

/// ((v - low) / range)^power within [0, 1].
struct float_levels {
    using vectorized = void;
    using channelwise = void;
    static constexpr char const* name = "levels";
    float low, range, power;

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        auto const share = min(max((v - V(low)) / V(range), V(0.0f)), V(1.0f));
        if (power == 1.0f) return select(v == v, share, v);
        return select(v == v, above_zero(share, power_of(share, power)), v);
    }
};

/// gain log2(1 + v).
struct float_log {
    using vectorized = void;
    using channelwise = void;
    static constexpr char const* name = "log";
    float gain;

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        auto const parts = log2_of(v + V(1.0f));
        return above_zero(v, select(v < V(infinite), (parts.whole + parts.rest) * V(gain), v));
    }
};

/// 1 / (1 + 2^(factor (cutoff - v))).
struct float_sigmoid {
    using vectorized = void;
    using channelwise = void;
    static constexpr char const* name = "sigmoid";
    float cutoff, factor;

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        auto const exponent = min(max((V(cutoff) - v) * V(factor), V(-200.0f)), V(200.0f));
        return select(v == v, V(1.0f) / (V(1.0f) + exp2_of(V(0.0f), exponent)), v);
    }
};

/// @throws invalid_argument unless the value is in [least, most].
constexpr void check_curve(char const* of, char const* what, float value, float least, float most) {
    if (!(value >= least && value <= most))
        raise("quoin::", of, ": the ", what, " is ", value, "; give a number from ", least, " to ", most);
}

} // namespace detail

/// Pointwise stage. Each channel becomes white (v / white)^gamma, with white = 255, 65,535, or 1 for float. A gamma
/// below 1 brightens, and one above 1 darkens. Pixels of u8, u16 and float, same pixel type, channels alike. u8 and
/// u16: the formula in double, rounded half up. u8 has the bytes of scikit-image's adjust_gamma.
///
/// float: v^gamma within 2 + gamma units in the last place, the same bits under all CPU policies. Values <= 0 become 0.
/// Values above 1 are not limited, infinity stays infinity, and NaN stays NaN.
///
/// Cost: u8 and u16 are looked up (see lut()). A stage makes its table when the pipeline is made: 256 powers, or
/// 65,536, 1 to 2 ms. For many images of 16 bits make the table once: lut(table_of<std::uint16_t>(adjust_gamma(g))).
/// float: some 50 instructions for a register.
/// @throws invalid_argument unless gamma is from 0.01 to 100.
class gamma_fn : public detail::curve<gamma_fn> {
public:
    constexpr explicit gamma_fn(float gamma) : gamma_(gamma) {
        detail::check_curve("adjust_gamma", "gamma", gamma, 0.01f, 100.0f);
    }
    double value(double v, double white) const {
        return gamma_ == 1 ? v : white * __builtin_pow(v / white, static_cast<double>(gamma_));
    }
    constexpr detail::float_power floats() const { return {gamma_}; }

private:
    float gamma_;
};
constexpr gamma_fn adjust_gamma(float gamma) {
    return gamma_fn(gamma);
}

/// The stage made by levels().
class levels_fn : public detail::curve<levels_fn> {
public:
    constexpr levels_fn(float low, float high, float gamma) : low_(low), range_(high - low), power_(1 / gamma) {
        if (!(low < high && high - low <= highest<float>))
            detail::raise("quoin::levels: black is ", low, " and white is ", high,
                          "; give finite numbers, the first below the second");
        detail::check_curve("levels", "gamma", gamma, 0.01f, 100.0f);
    }
    double value(double v, double white) const {
        double const above = v - static_cast<double>(low_), range = range_;
        if (above <= 0) return 0;
        if (above >= range) return white;
        return power_ == 1 ? above * white / range : white * __builtin_pow(above / range, static_cast<double>(power_));
    }
    constexpr detail::float_levels floats() const { return {low_, range_, power_}; }

private:
    float low_, range_, power_;
};
/// Pointwise stage. Each channel becomes white ((v - low) / (high - low))^(1 / gamma), so `low` becomes 0 and `high`
/// becomes white: 255, 65,535, or 1 for float. Values outside become 0 and white. `low` and `high` are values of
/// pixels. A gamma above 1 brightens, as in GIMP, Photoshop and ImageMagick's -level. Pixels of u8, u16 and float, same
/// pixel type, channels alike. high - low and 1 / gamma are floats. u8 and u16: then the formula in double, rounded
/// half up.
///
/// float: (v - low) / (high - low) in float, limited to [0, 1], to the power of 1 / gamma within 2 + 1 / gamma units in
/// the last place; the same bits under all CPU policies. Infinity becomes a bound. NaN stays NaN.
///
/// Cost: as adjust_gamma(). With gamma = 1 no power is computed.
/// @throws invalid_argument unless low < high, both are finite, and gamma is from 0.01 to 100.
constexpr levels_fn levels(float low, float high, float gamma = 1) {
    return levels_fn(low, high, gamma);
}

/// Pointwise stage. Each channel becomes gain white log2(1 + v / white), with white = 255, 65,535, or 1 for float: dark
/// values become brighter. Pixels of u8, u16 and float, same pixel type, channels alike. u8 and u16: the formula in
/// double, rounded half up, saturated. It is scikit-image's adjust_log, which rounds down.
///
/// float: gain log2(1 + v) within gain / 2^22 for v up to 1, the same bits under all CPU policies. Values <= 0 become
/// 0, infinity stays infinity, and NaN stays NaN. Cost: as adjust_gamma(), for float some 30 instructions for a
/// register.
/// @throws invalid_argument unless gain is from 0.01 to 100.
class log_fn : public detail::curve<log_fn> {
public:
    constexpr explicit log_fn(float gain) : gain_(gain) {
        detail::check_curve("adjust_log", "gain", gain, 0.01f, 100.0f);
    }
    double value(double v, double white) const {
        return static_cast<double>(gain_) * white * __builtin_log2(1 + v / white);
    }
    constexpr detail::float_log floats() const { return {gain_}; }

private:
    float gain_;
};
constexpr log_fn adjust_log(float gain = 1) {
    return log_fn(gain);
}

/// Pointwise stage. Each channel becomes white / (1 + exp(gain (cutoff - v / white))), with white = 255, 65,535, or 1
/// for float: contrast is raised around `cutoff`, a share of white. Pixels of u8, u16 and float, same pixel type,
/// channels alike. u8 and u16: the formula in double, rounded half up. It is scikit-image's adjust_sigmoid, which
/// rounds down.
///
/// float: the same with white = 1, within 2^-20 for v in [0, 1] and gains up to 100; the same bits under all CPU
/// policies. Infinity becomes 0 or 1. NaN stays NaN. Cost: as adjust_gamma(), for float some 30 instructions for a
/// register.
/// @throws invalid_argument unless cutoff is from -1000 to 1000, and gain from -1000 to 1000.
class sigmoid_fn : public detail::curve<sigmoid_fn> {
public:
    constexpr sigmoid_fn(float cutoff, float gain) : cutoff_(cutoff), gain_(gain) {
        detail::check_curve("adjust_sigmoid", "cutoff", cutoff, -1000.0f, 1000.0f);
        detail::check_curve("adjust_sigmoid", "gain", gain, -1000.0f, 1000.0f);
    }
    double value(double v, double white) const {
        return white / (1 + __builtin_exp(static_cast<double>(gain_) * (static_cast<double>(cutoff_) - v / white)));
    }
    constexpr detail::float_sigmoid floats() const {
        return {cutoff_, static_cast<float>(gain_ * std::numbers::log2e)};
    }

private:
    float cutoff_, gain_;
};
constexpr sigmoid_fn adjust_sigmoid(float cutoff = 0.5f, float gain = 10) {
    return sigmoid_fn(cutoff, gain);
}

/// The catalogue's entries.
struct gamma_entry : detail::entry_of_curve<gamma_entry> {
    static constexpr operation about{
        .name = "gamma",
        .about = "white (v / white)^GAMMA",
        .parameters = {{.name = "GAMMA", .least = 0.01, .most = 100, .about = "the power; below 1 brightens"}},
        .rounding = "half up of the formula in double; 32 bits and signed: not possible",
        .floating = "within 2 + GAMMA units in the last place",
        .scikit_image = "skimage.exposure.adjust_gamma(image, GAMMA)"};
    static constexpr gamma_fn stage(double const* values) { return adjust_gamma(static_cast<float>(values[0])); }
};
struct levels_entry : detail::entry_of_curve<levels_entry> {
    static constexpr operation about{
        .name = "levels",
        .about = "white ((v - LOW) / (HIGH - LOW))^(1 / GAMMA), from 0 to white",
        .parameters = {{.name = "LOW", .least = -1e30, .most = 1e30, .about = "the value that becomes black"},
                       {.name = "HIGH", .least = -1e30, .most = 1e30, .about = "the value that becomes white"},
                       {.name = "GAMMA", .least = 0.01, .most = 100, .preset = "1", .about = "above 1 brightens"}},
        .rounding = "half up of the formula in double; 32 bits and signed: not possible",
        .floating = "within 2 + 1 / GAMMA units in the last place",
        .scikit_image = "skimage.exposure.rescale_intensity(image, (LOW, HIGH)), which rounds down"};
    static constexpr levels_fn stage(double const* values) {
        return levels(static_cast<float>(values[0]), static_cast<float>(values[1]), static_cast<float>(values[2]));
    }
};
struct log_entry : detail::entry_of_curve<log_entry> {
    static constexpr operation about{
        .name = "log",
        .about = "GAIN white log2(1 + v / white)",
        .parameters = {{.name = "GAIN", .least = 0.01, .most = 100, .preset = "1", .about = "a factor"}},
        .rounding = "half up of the formula in double, saturated; 32 bits and signed: not possible",
        .floating = "within GAIN / 2^22 up to 1",
        .scikit_image = "skimage.exposure.adjust_log(image, GAIN), which rounds down"};
    static constexpr log_fn stage(double const* values) { return adjust_log(static_cast<float>(values[0])); }
};
struct sigmoid_entry : detail::entry_of_curve<sigmoid_entry> {
    static constexpr operation about{
        .name = "sigmoid",
        .about = "white / (1 + exp(GAIN (CUTOFF - v / white)))",
        .parameters = {{.name = "CUTOFF", .least = -1000, .most = 1000, .preset = "0.5", .about = "a share of white"},
                       {.name = "GAIN", .least = -1000, .most = 1000, .preset = "10", .about = "the steepness"}},
        .rounding = "half up of the formula in double; 32 bits and signed: not possible",
        .floating = "within 2^-20 from 0 to 1",
        .scikit_image = "skimage.exposure.adjust_sigmoid(image, CUTOFF, GAIN), which rounds down"};
    static constexpr sigmoid_fn stage(double const* values) {
        return adjust_sigmoid(static_cast<float>(values[0]), static_cast<float>(values[1]));
    }
};

QUOIN_NAMESPACE_END

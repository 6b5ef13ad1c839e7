// SPDX-License-Identifier: BSL-1.0
// The stage that applies a table of weights along an axis, and tables of weights of all types.
#pragma once

#include <quoin/pipe/pipeline.hpp>
#include <quoin/pipe/shared_taps.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// (sum + 2^(shift - 1)) >> shift, saturated to R. A shift of 0 does not round.
template <class R>
struct shifted_sum {
    int shift = 0;

    /// The result is the sum divided by this, half up and saturated.
    double whole() const { return static_cast<double>(std::int64_t{1} << shift); }
    template <class V>
    QUOIN_INLINE auto operator()(V const& sum) const {
        return saturate<R>((sum + static_cast<std::int32_t>((1 << shift) >> 1)) >> shift);
    }
    /// The same for a dot_sum, without bringing sums into order.
    template <class Dot>
    QUOIN_INLINE auto packed(Dot const& sum) const {
        return sum.template rounded<R>(shift);
    }
};

/// The sum as an R: half up and saturated for integers.
template <class R>
struct rounded_sum {
    template <class V>
    QUOIN_INLINE auto operator()(V const& sum) const {
        return saturate<R>(sum);
    }
};

/// The sum divided by a number, as an R: half up and saturated for integers.
template <class R>
struct rounded_quotient {
    double divisor = 1;

    double whole() const { return divisor; }
    template <class V>
    QUOIN_INLINE auto operator()(V const& sum) const {
        return saturate<R>(sum / V(divisor));
    }
};

/// A resampling stage with a table.
template <axis Along, class T, class Weight, class Rounding>
class resample_fn {
public:
    using resamples = void;
    using input_channel = T;
    using weight = Weight;
    using rounding_type = Rounding;
    static constexpr axis along = Along;
    static constexpr char const* name = Along == axis::columns ? "resample columns" : "resample rows";

    resample_fn(shared_taps<Weight> taps, Rounding rounding) : taps_(std::move(taps)), rounding_(rounding) {}
    tap_table<Weight> taps() const { return taps_.table(); }
    Rounding rounding() const { return rounding_; }

private:
    shared_taps<Weight> taps_;
    [[no_unique_address]] Rounding rounding_;
};

/// w * 2^bits, rounded to nearest, halves away from zero.
inline std::int32_t fixed_weight(double w, int bits) {
    double const scaled = w * static_cast<double>(std::int64_t{1} << bits);
    return static_cast<std::int32_t>(w < 0 ? scaled - 0.5 : scaled + 0.5);
}

/// A table with converted weights. of(i, weights) gives those of result i as numbers. This and the functions below are
/// compiled once for a type of weights, whatever gives the numbers.
template <class Weight, class Convert>
shared_taps<Weight> make_taps(index_t size, index_t input, weights_of<double> of, Convert const& convert) {
    std::vector<double> numbers;
    return shared_taps<Weight>(size, input, [&](index_t i, std::vector<Weight>& weights) {
        numbers.clear();
        index_t const first = of(i, numbers);
        convert(numbers, weights);
        return first;
    });
}

/// Weights of floating point.
template <std::floating_point Weight>
shared_taps<Weight> taps_of_numbers(index_t size, index_t input, weights_of<double> of) {
    return make_taps<Weight>(size, input, of, [](std::vector<double> const& from, auto& to) {
        for (double const w : from) to.push_back(static_cast<Weight>(w));
    });
}

/// Weights of `bits` bits.
template <class Weight>
shared_taps<Weight> taps_of_bits(index_t size, index_t input, weights_of<double> of, int bits) {
    return make_taps<Weight>(size, input, of, [bits](std::vector<double> const& from, auto& to) {
        for (double w : from) {
            std::int32_t const fixed = fixed_weight(w, bits);
            if constexpr (std::same_as<Weight, split_weight>) to.push_back(split_weight::of(fixed));
            else to.push_back(static_cast<std::int16_t>(fixed));
        }
    });
}

/// The largest number of bits, up to 22, with which all weights fit 16 bits.
inline int most_weight_bits(index_t size, weights_of<double> of) {
    double most = 0;
    std::vector<double> weights;
    for (index_t i = 0; i < size; ++i) {
        weights.clear();
        of(i, weights);
        for (double w : weights) most = std::max(most, w);
    }
    int bits = 0;
    while (bits < 22 && fixed_weight(most, bits + 1) < 1 << 15) ++bits;
    return bits;
}

/// Weights of `bits` bits with a sum of exactly 1.
inline shared_taps<std::int16_t> taps_of_unit_sum(index_t size, index_t input, weights_of<double> of, int bits) {
    return make_taps<std::int16_t>(size, input, of, [bits](std::vector<double> const& from, auto& to) {
        // Each weight is the difference of rounded running sums.
        double sum = 0;
        std::int32_t before = 0;
        for (double w : from) {
            sum += w;
            std::int32_t const now = fixed_weight(sum, bits);
            to.push_back(static_cast<std::int16_t>(now - before));
            before = now;
        }
        to.back() = static_cast<std::int16_t>(to.back() + (1 << bits) - before);
    });
}

template <axis Along, class T, class Weight, class Rounding>
resample_fn<Along, T, Weight, Rounding> resample(shared_taps<Weight> taps, Rounding rounding) {
    return {std::move(taps), rounding};
}

} // namespace detail

QUOIN_NAMESPACE_END

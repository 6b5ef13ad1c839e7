// SPDX-License-Identifier: BSL-1.0
// tap_table: the inputs and the weights of each result of a resampling stage.
#pragma once

#include <quoin/core/geometry.hpp>

#include <type_traits>

QUOIN_NAMESPACE_BEGIN

/// A direction in an image.
enum class axis {
    columns, ///< along a row
    rows     ///< down a column
};

/// A weight of up to 26 bits as two numbers of 16 bits: 2048 * high + low. Their products with 8- and 16-bit values are
/// summed apart by the instructions that multiply 16-bit values.
struct split_weight {
    std::int16_t high, low;

    static constexpr int low_bits = 11;
    static constexpr split_weight of(std::int32_t w) {
        return {static_cast<std::int16_t>(w >> low_bits), static_cast<std::int16_t>(w & ((1 << low_bits) - 1))};
    }
    QUOIN_FN std::int32_t value() const { return (std::int32_t{high} << low_bits) + low; }
};

/// The weight 1.
template <class Weight>
inline constexpr Weight one = Weight(1);
template <>
inline constexpr split_weight one<split_weight>{0, 1};

/// The type of a weighted sum: i32 for weights of i16 and split_weight, that of the weight for float and double. Sums
/// in i32 must fit; they are exact in any order. The others begin with the first product and add those behind it in
/// the order of the input.
template <class Weight>
using sum_of = std::conditional_t<std::is_floating_point_v<Weight>, Weight, std::int32_t>;

/// Result i is the sum of weights[i * count + k] * input[first[i] + k] for 0 <= k < used[i]. It is a view. If i rises,
/// neither first[i] nor first[i] + used[i] falls. 1 <= used[i] <= count, and the weights from used[i] on are 0.
template <class Weight>
struct tap_table {
    index_t size = 0;    ///< the number of results
    index_t input = 0;   ///< the number of inputs
    int count = 0;       ///< the largest number of inputs of a result
    index_t step = 0;    ///< the largest first[i + 1] - first[i]
    bool copies = false; ///< each result is its input, without rounding; an engine may do nothing
    index_t const* first = nullptr;
    int const* used = nullptr;
    Weight const* weights = nullptr;

    QUOIN_FN Weight const* weights_of(index_t i) const { return weights + i * count; }
    /// The largest number of inputs of n neighboring results.
    QUOIN_FN index_t most_inputs(index_t n) const { return (n - 1) * step + count; }
    /// The inputs of a part of the results that is not empty.
    QUOIN_FN interval input_of(interval results) const {
        return {first[results.begin], first[results.end - 1] + used[results.end - 1]};
    }
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Weights that fall like exp(-x), of integers of 16 bits and of float.
#pragma once

#include <quoin/filter/detail/powers.hpp>
#include <quoin/lanes/products.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// 2^15 2^(-e / 4096), rounded down, within 4 and below 2^15: 32767 for 0, 0 for 65535. It never rises with e.
template <class V>
QUOIN_INLINE V faded(V const& e) {
    auto const word = [](int value) QUOIN_LAMBDA_INLINE { return V(static_cast<std::uint16_t>(value)); };
    V const part = V(e << 4);
    // 1 - t (c1 - t (c2 - t c3)) is within 1.1e-4 of 2^-t.
    V const third = V(word(15110) - high_product(part, word(2565)));
    V const second = V(word(45313) - high_product(part, third));
    return power_quotient(V(word(65535) - high_product(part, second)), V(e >> 12));
}

/// 2^-t for 0 <= t < 24; 0 for larger t, and for NaN.
template <class V>
QUOIN_INLINE V faded_float(V const& t) {
    auto const counts = t < V(24.0f);
    return select(counts, exp2_of(V(0.0f), V(0.0f) - select(counts, t, V(24.0f))), V(0.0f));
}

/// floor(sum / total + 1/2) for 0 <= sum <= 256 total and 0 < total < 2^23.
template <class V>
QUOIN_INLINE V rounded_mean(V const& sum, V const& total) {
    // The quotient in float is less than 1/1000 off.
    V const whole = convert<std::int32_t>(convert<float>(sum) / convert<float>(total));
    V const rest = sum - whole * total;
    return whole + select(rest + rest >= total, V(std::int32_t{1}), V(std::int32_t{0}));
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Sums of products and lengths for instruction sets without a backend of their own.
#pragma once

#include <quoin/lanes/detail/portable.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

struct dot_registers {
    static constexpr int count = static_cast<int>(xsimd::batch<std::int16_t>::size);
    alignas(64) std::int32_t sum[count] = {};

    QUOIN_ALWAYS_INLINE void add(xsimd::batch<std::int16_t> const& a, std::int16_t ka,
                                 xsimd::batch<std::int16_t> const& b, std::int16_t kb) {
        alignas(64) std::int16_t x[count], y[count];
        a.store_aligned(x);
        b.store_aligned(y);
        for (int i = 0; i < count; ++i) sum[i] += x[i] * ka + y[i] * kb;
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE xsimd::batch<std::int16_t> scaled() const {
        alignas(64) std::int16_t result[count];
        for (int i = 0; i < count; ++i) result[i] = dot_sum{sum[i]}.template scaled<Shift>();
        return xsimd::batch<std::int16_t>::load_aligned(result);
    }
    QUOIN_ALWAYS_INLINE void value(xsimd::batch<std::int32_t>& first, xsimd::batch<std::int32_t>& second) const {
        first = xsimd::batch<std::int32_t>::load_aligned(sum);
        second = xsimd::batch<std::int32_t>::load_aligned(sum + count / 2);
    }
};

QUOIN_ALWAYS_INLINE xsimd::batch<std::int16_t> rounded_hypot(xsimd::batch<std::int16_t> const& a,
                                                             xsimd::batch<std::int16_t> const& b) {
    constexpr int count = static_cast<int>(xsimd::batch<std::int16_t>::size);
    alignas(64) std::int16_t x[count], y[count];
    a.store_aligned(x);
    b.store_aligned(y);
    for (int i = 0; i < count; ++i) x[i] = quoin::rounded_hypot(x[i], y[i]);
    return xsimd::batch<std::int16_t>::load_aligned(x);
}

} // namespace detail

QUOIN_NAMESPACE_END

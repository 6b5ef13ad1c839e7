// SPDX-License-Identifier: BSL-1.0
// Histograms of 16 running counts, and sums of them, for filters that find a value by its rank. By vectors and builtins
// of the compiler.
#pragma once

#include <quoin/core/geometry.hpp>

#include <cstdint>
#include <initializer_list>

QUOIN_NAMESPACE_BEGIN

namespace detail {

using sixteen_bytes = std::uint8_t __attribute__((vector_size(16)));

struct sixteen_steps {
    alignas(16) std::uint8_t at[16][16];
};
/// Row d is what one value with the digit d adds to running counts: 1 from place d on.
inline constexpr sixteen_steps steps_of_digits = [] {
    sixteen_steps steps{};
    for (int d = 0; d < 16; ++d)
        for (int i = 0; i < 16; ++i) steps.at[d][i] = i >= d;
    return steps;
}();

QUOIN_ALWAYS_INLINE sixteen_bytes load_sixteen(std::uint8_t const* p) {
    sixteen_bytes v;
    __builtin_memcpy(&v, p, sizeof v);
    return v;
}
/// Counts a value with this digit in the 16 running counts at `counts`, or removes one.
QUOIN_ALWAYS_INLINE void count_digit(std::uint8_t* counts, int digit) {
    sixteen_bytes const sum = load_sixteen(counts) + load_sixteen(steps_of_digits.at[digit]);
    __builtin_memcpy(counts, &sum, sizeof sum);
}
QUOIN_ALWAYS_INLINE void discount_digit(std::uint8_t* counts, int digit) {
    sixteen_bytes const sum = load_sixteen(counts) - load_sixteen(steps_of_digits.at[digit]);
    __builtin_memcpy(counts, &sum, sizeof sum);
}

QUOIN_ALWAYS_INLINE void replace_digit(std::uint8_t* counts, int old, int digit) {
    sixteen_bytes const sum =
        load_sixteen(counts) + load_sixteen(steps_of_digits.at[digit]) - load_sixteen(steps_of_digits.at[old]);
    __builtin_memcpy(counts, &sum, sizeof sum);
}

/// Sums of running counts. They are below 65,536.
#if defined(__AVX2__) && !defined(__CUDACC__)

class sixteen_counts {
    using words = std::uint16_t __attribute__((vector_size(32)));
    using signed_words = std::int16_t __attribute__((vector_size(32)));
    using bytes = char __attribute__((vector_size(32)));

public:
    QUOIN_ALWAYS_INLINE void add(std::uint8_t const* counts) { sums_ += widened(counts); }
    QUOIN_ALWAYS_INLINE void subtract(std::uint8_t const* counts) { sums_ -= widened(counts); }

    /// The first place whose sum is above `rank`; the last sum must be.
    QUOIN_ALWAYS_INLINE int first_above(int rank) const {
        auto const flipped = reinterpret_cast<signed_words>(sums_ ^ static_cast<std::uint16_t>(0x8000));
        signed_words const limit = signed_words{} + static_cast<std::int16_t>(rank - 32768);
        auto const above = reinterpret_cast<bytes>(flipped > limit);
        return __builtin_ctz(static_cast<unsigned>(__builtin_ia32_pmovmskb256(above))) / 2;
    }
    /// The sum in front of a place.
    QUOIN_ALWAYS_INLINE int before(int place) const {
        alignas(32) std::uint16_t sums[32];
        sums[15] = 0;
        __builtin_memcpy(sums + 16, &sums_, sizeof sums_); // aligned, so that loads need not wait for the cache
        return sums[15 + place];
    }

private:
    static QUOIN_ALWAYS_INLINE words widened(std::uint8_t const* counts) {
#if defined(__clang__)
        return __builtin_convertvector(load_sixteen(counts), words);
#else // GCC 12 converts the halves apart
        using half = char __attribute__((vector_size(16)));
        return reinterpret_cast<words>(__builtin_ia32_pmovzxbw256(reinterpret_cast<half>(load_sixteen(counts))));
#endif
    }

    words sums_{};
};

#else

class sixteen_counts {
    using half_bytes = std::uint8_t __attribute__((vector_size(8)));
    using words = std::uint16_t __attribute__((vector_size(16)));

public:
    QUOIN_ALWAYS_INLINE void add(std::uint8_t const* counts) {
        sums_[0] += widened(counts);
        sums_[1] += widened(counts + 8);
    }
    QUOIN_ALWAYS_INLINE void subtract(std::uint8_t const* counts) {
        sums_[0] -= widened(counts);
        sums_[1] -= widened(counts + 8);
    }
    QUOIN_ALWAYS_INLINE int first_above(int rank) const {
        std::uint16_t sums[16];
        __builtin_memcpy(sums, sums_, sizeof sums);
        int place = 0;
        for (int const step : {8, 4, 2, 1}) place += sums[place + step - 1] <= rank ? step : 0;
        return place;
    }
    QUOIN_ALWAYS_INLINE int before(int place) const {
        std::uint16_t sums[17];
        sums[0] = 0;
        __builtin_memcpy(sums + 1, sums_, sizeof sums_);
        return sums[place];
    }

private:
    static QUOIN_ALWAYS_INLINE words widened(std::uint8_t const* counts) {
        half_bytes v;
        __builtin_memcpy(&v, counts, sizeof v);
        return __builtin_convertvector(v, words);
    }

    words sums_[2]{};
};

#endif

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Stores that go past the caches: a cache line that is written as a whole is not read first.
#pragma once

#include <quoin/lanes/detail/xsimd.hpp>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

/// Such stores, where an instruction set has them; it defines this struct then.
struct streaming_stores;

#ifdef __SSE2__
inline constexpr bool has_streaming_stores = true;

struct streaming_stores {
    /// `to` is a multiple of the register's size.
    static QUOIN_ALWAYS_INLINE void store(void* to, __m128i value) {
        _mm_stream_si128(static_cast<__m128i*>(to), value);
    }
#ifdef __AVX__
    static QUOIN_ALWAYS_INLINE void store(void* to, __m256i value) {
        _mm256_stream_si256(static_cast<__m256i*>(to), value);
    }
#endif
#ifdef __AVX512F__
    static QUOIN_ALWAYS_INLINE void store(void* to, __m512i value) {
        _mm512_stream_si512(static_cast<__m512i*>(to), value);
    }
#endif
    /// Such stores come before all that follows, as other stores do by themselves.
    static void end() { _mm_sfence(); }
};
#else
inline constexpr bool has_streaming_stores = false;
#endif

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END

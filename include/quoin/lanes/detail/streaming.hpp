// SPDX-License-Identifier: BSL-1.0
// Streaming stores, which bypass the caches: a cache line that is written completely is not read first.
#pragma once

#include <quoin/lanes/detail/xsimd.hpp>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

/// Streaming stores. An instruction set that has them defines this struct.
struct streaming_stores;

#ifdef __SSE2__
inline constexpr bool has_streaming_stores = true;

struct streaming_stores {
    /// `to` must be a multiple of the register's size.
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
    /// Orders streaming stores before all that follows. Other stores have this order without it.
    static void end() { _mm_sfence(); }
};
#else
inline constexpr bool has_streaming_stores = false;
#endif

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END

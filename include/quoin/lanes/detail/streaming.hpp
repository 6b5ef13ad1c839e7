// SPDX-License-Identifier: BSL-1.0
// Stores that go past the caches: a cache line that is written as a whole is not read first.
#pragma once

#include <quoin/lanes/detail/xsimd.hpp>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

#ifdef __SSE2__
inline constexpr bool has_streaming_stores = true;

/// `to` is a multiple of the register's size.
QUOIN_ALWAYS_INLINE void stream(void* to, __m128i value) {
    _mm_stream_si128(static_cast<__m128i*>(to), value);
}
#ifdef __AVX__
QUOIN_ALWAYS_INLINE void stream(void* to, __m256i value) {
    _mm256_stream_si256(static_cast<__m256i*>(to), value);
}
#endif
#ifdef __AVX512F__
QUOIN_ALWAYS_INLINE void stream(void* to, __m512i value) {
    _mm512_stream_si512(static_cast<__m512i*>(to), value);
}
#endif

/// Such stores come before all that follows, as other stores do by themselves.
inline void end_streaming() {
    _mm_sfence();
}
#else
inline constexpr bool has_streaming_stores = false;

template <class Register>
void stream(void* to, Register value) = delete;
inline void end_streaming() {}
#endif

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END

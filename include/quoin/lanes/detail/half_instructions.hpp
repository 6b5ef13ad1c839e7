// SPDX-License-Identifier: BSL-1.0
// The instructions that convert registers between half and float, where the processor has them. They round to nearest
// even, and know subnormal numbers, whatever its modes.
#pragma once

#include <quoin/core/half.hpp>
#include <quoin/lanes/detail/xsimd.hpp>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

/// The instruction for bfloat16 takes subnormal numbers for zeros, so it has none here.
template <class Format>
inline constexpr bool has_instructions_for = false;

#if defined(__AVX512F__)
template <>
inline constexpr bool has_instructions_for<half_format> = true;

/// Part I of a register of half.
template <int I>
QUOIN_ALWAYS_INLINE xsimd::batch<float> half_to_float(xsimd::batch<std::uint16_t> const& a) {
    return xsimd::batch<float>(_mm512_cvtph_ps(_mm512_extracti64x4_epi64(a, I)));
}
QUOIN_ALWAYS_INLINE xsimd::batch<std::uint16_t> float_to_half(xsimd::batch<float> const& a,
                                                              xsimd::batch<float> const& b) {
    return xsimd::batch<std::uint16_t>(
        _mm512_inserti64x4(_mm512_castsi256_si512(_mm512_cvtps_ph(a, _MM_FROUND_TO_NEAREST_INT)),
                           _mm512_cvtps_ph(b, _MM_FROUND_TO_NEAREST_INT), 1));
}
#elif defined(__AVX2__) && defined(__F16C__)
template <>
inline constexpr bool has_instructions_for<half_format> = true;

template <int I>
QUOIN_ALWAYS_INLINE xsimd::batch<float> half_to_float(xsimd::batch<std::uint16_t> const& a) {
    return xsimd::batch<float>(_mm256_cvtph_ps(_mm256_extracti128_si256(a, I)));
}
QUOIN_ALWAYS_INLINE xsimd::batch<std::uint16_t> float_to_half(xsimd::batch<float> const& a,
                                                              xsimd::batch<float> const& b) {
    return xsimd::batch<std::uint16_t>(
        _mm256_set_m128i(_mm256_cvtps_ph(b, _MM_FROUND_TO_NEAREST_INT), _mm256_cvtps_ph(a, _MM_FROUND_TO_NEAREST_INT)));
}
#endif

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END

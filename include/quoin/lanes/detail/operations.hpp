// SPDX-License-Identifier: BSL-1.0
// Functions of arithmetic.hpp for one register. They are those of xsimd, unless these differ from the scalar values.
#pragma once

#include <quoin/lanes/detail/xsimd.hpp>

#include <bit>
#include <concepts>
#include <cstdint>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <class T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> quotient(xsimd::batch<T> const& a, xsimd::batch<T> const& b) {
    return a / b;
}
template <class T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> smaller(xsimd::batch<T> const& a, xsimd::batch<T> const& b) {
    return xsimd::min(a, b);
}
template <class T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> larger(xsimd::batch<T> const& a, xsimd::batch<T> const& b) {
    return xsimd::max(a, b);
}
template <class T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> rounded_down(xsimd::batch<T> const& a) {
    return xsimd::floor(a);
}
template <class T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> root(xsimd::batch<T> const& a) {
    return xsimd::sqrt(a);
}

/// How many comparisons are true. Of 16 bits, x86 has masks of bytes alone, and xsimd looks each one up.
template <class T>
QUOIN_ALWAYS_INLINE int count_of_true(xsimd::batch_bool<T> const& m) {
#if defined(__x86_64__) && !defined(__AVX512BW__)
    if constexpr (sizeof(T) == 2)
        return std::popcount(static_cast<std::uint64_t>(xsimd::batch_bool<std::uint8_t>(m.data).mask())) / 2;
#endif
    return std::popcount(static_cast<std::uint64_t>(m.mask()));
}

#if defined(__x86_64__) && !defined(__SSE4_1__)
// SSE2 has no instruction for it, and xsimd converts -0 to +0.
template <std::floating_point T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> rounded_down(xsimd::batch<T> const& a) {
    return xsimd::floor(a) | xsimd::bitofsign(a);
}
#elif defined(__aarch64__)
// xsimd estimates quotients and roots of float, and converts -0 to +0. The instructions for minimum and maximum give
// NaN if either value is NaN, and they order the zeros.
QUOIN_ALWAYS_INLINE xsimd::batch<float> quotient(xsimd::batch<float> const& a, xsimd::batch<float> const& b) {
    return vdivq_f32(a, b);
}
template <std::floating_point T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> smaller(xsimd::batch<T> const& a, xsimd::batch<T> const& b) {
    return xsimd::select(a < b, a, b);
}
template <std::floating_point T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> larger(xsimd::batch<T> const& a, xsimd::batch<T> const& b) {
    return xsimd::select(a > b, a, b);
}
QUOIN_ALWAYS_INLINE xsimd::batch<float> rounded_down(xsimd::batch<float> const& a) { return vrndmq_f32(a); }
QUOIN_ALWAYS_INLINE xsimd::batch<double> rounded_down(xsimd::batch<double> const& a) { return vrndmq_f64(a); }
QUOIN_ALWAYS_INLINE xsimd::batch<float> root(xsimd::batch<float> const& a) { return vsqrtq_f32(a); }
#endif

} // namespace detail

QUOIN_NAMESPACE_END

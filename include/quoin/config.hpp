// SPDX-License-Identifier: BSL-1.0
// The compiler and backend conditions that headers share: attributes, host and device marks, and the inline namespace
// that separates code compiled for different instruction sets in one program.
#pragma once

#include <quoin/version.hpp>

// QUOIN_FN marks a function that runs on the host and on a device. It is always constexpr.
// QUOIN_INLINE also forces inlining, for functions in the engine's inner loop.
// QUOIN_CALLS_EITHER precedes such a template that calls its argument, if the argument may be for the host or the
// device alone.
#if defined(__CUDACC__)
#define QUOIN_HOST_DEVICE __host__ __device__
#define QUOIN_CALLS_EITHER _Pragma("nv_exec_check_disable")
#define QUOIN_WIDEST_FLOAT double
#else
#define QUOIN_HOST_DEVICE
#define QUOIN_CALLS_EITHER
#define QUOIN_WIDEST_FLOAT long double
#endif

// Under a sanitizer the compiler decides about inlining: instrumented inner loops in one function take minutes to
// compile.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define QUOIN_SANITIZED 1
#else
#define QUOIN_SANITIZED 0
#endif

#if (defined(__GNUC__) || defined(__clang__)) && !QUOIN_SANITIZED
#define QUOIN_ALWAYS_INLINE __attribute__((always_inline)) inline
#define QUOIN_LAMBDA_INLINE __attribute__((always_inline)) // after a lambda's parameters
#else
#define QUOIN_ALWAYS_INLINE inline
#define QUOIN_LAMBDA_INLINE
#endif

#if defined(__GNUC__) || defined(__clang__)
#define QUOIN_NOINLINE __attribute__((noinline))
#else
#define QUOIN_NOINLINE
#endif

#define QUOIN_FN QUOIN_HOST_DEVICE constexpr
#define QUOIN_INLINE QUOIN_HOST_DEVICE QUOIN_ALWAYS_INLINE constexpr

// Whether indices and counts are checked where a mistake would access memory outside of an object. They are checked on
// the host if assert() is on. A mistake then throws an exception with a message. Without the checks a mistake is
// undefined behavior, and the checks cost nothing.
#if !defined(QUOIN_CHECKED)
#if defined(NDEBUG) || defined(__CUDACC__)
#define QUOIN_CHECKED 0
#else
#define QUOIN_CHECKED 1
#endif
#endif

// The engine's inner loops are compiled once per instruction set. Two translation units with different flags must not
// share one weak symbol, because the linker would pick either. So every name of quoin is in an inline namespace that
// names the instruction set.
#if defined(__AVX512BW__) && defined(__AVX512VL__) && defined(__AVX512DQ__) && defined(__AVX512VBMI__) &&              \
    defined(__AVX512VBMI2__) && defined(__AVX512VNNI__)
#define QUOIN_HAS_VBMI 1
#define QUOIN_ISA avx512_vbmi
#elif defined(__AVX512BW__) && defined(__AVX512VL__) && defined(__AVX512DQ__)
#define QUOIN_ISA avx512
#elif defined(__AVX512F__)
#define QUOIN_ISA avx512f
#elif defined(__AVX2__) && defined(__F16C__)
#define QUOIN_ISA avx2_f16c
#elif defined(__AVX2__)
#define QUOIN_ISA avx2
#elif defined(__AVX__)
#define QUOIN_ISA avx
#elif defined(__SSE4_1__)
#define QUOIN_ISA sse41
#elif defined(__SSE2__)
#define QUOIN_ISA sse2
#elif defined(__ARM_NEON)
#define QUOIN_ISA neon
#else
#define QUOIN_ISA scalar
#endif

// The conversions between lanes of different widths for which an intrinsic pays, one header for each instruction set.
#ifdef QUOIN_HAS_VBMI
#define QUOIN_LANES_BACKEND <quoin/lanes/detail/avx512_vbmi.hpp>
#elif defined(__AVX512BW__) && defined(__AVX512VL__) && defined(__AVX512DQ__)
#define QUOIN_LANES_BACKEND <quoin/lanes/detail/avx512.hpp>
#elif defined(__AVX2__) && !defined(__AVX512F__)
#define QUOIN_LANES_BACKEND <quoin/lanes/detail/avx2.hpp>
#elif defined(__SSE2__) && !defined(__AVX__)
#define QUOIN_LANES_BACKEND <quoin/lanes/detail/sse2.hpp>
#else
#define QUOIN_LANES_BACKEND <quoin/lanes/detail/portable_dot.hpp>
#endif

// The system accepts advice on large pages.
#if defined(__linux__) && __has_include(<sys/mman.h>)
#define QUOIN_HAS_MADVISE 1
#endif

// A monotonic clock without <chrono>, which takes longer to compile than the rest of a header.
#if defined(__unix__) && __has_include(<time.h>)
#define QUOIN_HAS_CLOCK_GETTIME 1
#endif

// The conversion of the bits of a word to numbers, and of the runs of a row to labels and rectangles.
#ifdef QUOIN_HAS_VBMI
#define QUOIN_COLUMNS_BACKEND <quoin/lanes/detail/avx512_columns.hpp>
#define QUOIN_LABELS_BACKEND <quoin/label/detail/avx512_labels.hpp>
#else
#define QUOIN_COLUMNS_BACKEND <quoin/lanes/detail/portable_columns.hpp>
#define QUOIN_LABELS_BACKEND <quoin/label/detail/portable_labels.hpp>
#endif

// These surround functions made of intrinsics. GCC 12 warns about the "undefined" registers inside its own AVX-512
// intrinsics (GCC bug 105593).
#if defined(__GNUC__) && !defined(__clang__)
#define QUOIN_INTRINSICS_BEGIN                                                                                         \
    _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wuninitialized\"")                               \
        _Pragma("GCC diagnostic ignored \"-Wmaybe-uninitialized\"")
#define QUOIN_INTRINSICS_END _Pragma("GCC diagnostic pop")
#else
#define QUOIN_INTRINSICS_BEGIN
#define QUOIN_INTRINSICS_END
#endif

#define QUOIN_STRINGIFY_(X) #X
#define QUOIN_STRINGIFY(X) QUOIN_STRINGIFY_(X)
#define QUOIN_ISA_NAME QUOIN_STRINGIFY(QUOIN_ISA)

// Numbers of pixels are signed, sizes of the standard library are not: a program that asks for warnings about that need
// not hear of quoin's own.
#if defined(__GNUC__) || defined(__clang__)
#define QUOIN_NAMESPACE_BEGIN                                                                                          \
    _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wsign-conversion\"") namespace quoin {           \
        inline namespace QUOIN_ISA {
#define QUOIN_NAMESPACE_END                                                                                            \
    }                                                                                                                  \
    }                                                                                                                  \
    _Pragma("GCC diagnostic pop")
#else
#define QUOIN_NAMESPACE_BEGIN                                                                                          \
    namespace quoin {                                                                                                  \
    inline namespace QUOIN_ISA {
#define QUOIN_NAMESPACE_END                                                                                            \
    }                                                                                                                  \
    }
#endif

// SPDX-License-Identifier: BSL-1.0
// xsimd, with GCC 12's false "used uninitialized" warnings about its own AVX-512 intrinsics (GCC bug 105593) kept quiet:
// a warning inside an inlined function follows the pragmas around that function's definition.
#pragma once

#include <quoin/config.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <xsimd/xsimd.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

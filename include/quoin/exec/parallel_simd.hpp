// SPDX-License-Identifier: BSL-1.0
// parallel_simd: threads and vectors together. Needs oneTBB and xsimd.
#pragma once

#include <quoin/exec/parallel.hpp>
#include <quoin/lanes/simd_lanes.hpp>

QUOIN_NAMESPACE_BEGIN

/// parallel_simd(n): as parallel(n), with as many pixels a step as a vector register has bytes.
using parallel_simd = detail::parallel_policy<simd_lanes>;

QUOIN_NAMESPACE_END

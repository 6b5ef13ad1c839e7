// SPDX-License-Identifier: BSL-1.0
// simd: as many pixels a step as a vector register has bytes, on the calling thread. Needs xsimd.
#pragma once

#include <quoin/exec/serial.hpp>
#include <quoin/lanes/simd_lanes.hpp>

QUOIN_NAMESPACE_BEGIN

/// Evaluates on the calling thread, with the instruction set for which the translation unit is compiled.
struct simd : serial {
    using lanes = simd_lanes;

    std::string name() const { return "simd"; }
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Compiled several times, by quoin_add_dispatched in CMakeLists.txt; see ../dispatch.cpp.

#include "edges.hpp"

#include <quoin/exec/run.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#if QUOIN_WITH_SIMD
#include <quoin/exec/simd.hpp>
constexpr quoin::simd policy;
#else
#include <quoin/exec/serial.hpp>
constexpr quoin::serial policy;
#endif

extern "C" void edges(std::uint8_t const* in, std::int64_t width, std::int64_t height, std::uint8_t* out) {
    quoin::image_view<std::uint8_t const> const source(in, width, height);
    quoin::image_view<std::uint8_t> const target(out, width, height);
    quoin::run(policy, source | quoin::gaussian3 | quoin::sobel_magnitude, target);
}

// SPDX-License-Identifier: BSL-1.0
// The chain under the widest policy on one thread that there is.

#include "chain.hpp"

#include <quoin/exec/run.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/brightness.hpp>
#if QUOIN_WITH_SIMD
#include <quoin/exec/simd.hpp>
using policy = quoin::simd;
#else
#include <quoin/exec/serial.hpp>
using policy = quoin::serial;
#endif

extern "C" void chain(std::uint8_t const* rgb, std::int64_t width, std::int64_t height, std::uint8_t* out) {
    quoin::image_view<quoin::rgb8 const> const source(rgb, width, height);
    quoin::image_view<std::uint8_t> const target(out, width, height);
    quoin::run(policy{},
               source | quoin::gray | quoin::gaussian3 | quoin::sobel_magnitude | quoin::sharpen |
                   quoin::brightness(1.2f),
               target);
}

// SPDX-License-Identifier: BSL-1.0
// Times the search for corners of smooth shapes, from gray pixels on. OpenCV's MORPH_HITMISS is the peer.
#include "support/jobs.hpp"
#include "support/masks.hpp"

#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/hit_or_miss.hpp>
#include <quoin/mask/to_bits.hpp>

namespace {

bool const registered =
    bench::add_terminal("hit_or_miss<u8>", 1, bench::curves, [](auto const& policy, auto const& view) {
        return quoin::hit_or_miss(policy, quoin::to_bits(policy, view | quoin::threshold(120)), ".0./011/.1.");
    });

} // namespace

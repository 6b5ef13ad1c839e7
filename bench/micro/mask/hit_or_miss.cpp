// SPDX-License-Identifier: BSL-1.0
// Times the search for corners of smooth shapes. OpenCV's MORPH_HITMISS is the peer.
#include "support/jobs.hpp"
#include "support/masks.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/mask/hit_or_miss.hpp>

namespace {

bool const registered =
    bench::add_terminal("hit_or_miss<u8>", 2, bench::curves, [](auto const& policy, auto const& view) {
        return quoin::to_image(policy, view | quoin::hit_or_miss(".0./011/.1."));
    });

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times the convex hull of smooth shapes, from gray pixels on. scikit-image's convex_hull_image is the peer.
#include "support/jobs.hpp"
#include "support/masks.hpp"

#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/convex_hull.hpp>
#include <quoin/mask/to_bits.hpp>

namespace {

bool const registered =
    bench::add_terminal("convex_hull<u8>", 1, bench::curves, [](auto const& policy, auto const& view) {
        return quoin::convex_hull(policy, quoin::to_bits(policy, view | quoin::threshold(120)));
    });

} // namespace

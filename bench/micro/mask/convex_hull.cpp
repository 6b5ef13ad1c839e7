// SPDX-License-Identifier: BSL-1.0
// Times the convex hull of smooth shapes, and those of each of them, from gray pixels on. scikit-image's
// convex_hull_image and convex_hull_object are the peers.
#include "support/jobs.hpp"
#include "support/masks.hpp"

#include <quoin/filter/point/threshold.hpp>
#include <quoin/label/convex_hull.hpp>
#include <quoin/mask/to_bits.hpp>

namespace {

bool const registered =
    bench::add_terminal("convex_hull<u8>", 1, bench::curves,
                        [](auto const& policy, auto const& view) {
                            return quoin::convex_hull(policy, quoin::to_bits(policy, view | quoin::threshold(120)));
                        }) &&
    bench::add_terminal("convex_hull-components<u8>", 1, bench::curves, [](auto const& policy, auto const& view) {
        auto const mask = quoin::to_bits(policy, view | quoin::threshold(120));
        return quoin::convex_hull(policy, quoin::components(policy, mask));
    });

} // namespace

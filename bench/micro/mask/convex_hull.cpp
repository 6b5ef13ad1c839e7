// SPDX-License-Identifier: BSL-1.0
// Times the convex hull of smooth shapes as a stage, and the hulls of each of them as a mask. scikit-image's
// convex_hull_image and convex_hull_object are the peers.
#include "support/jobs.hpp"
#include "support/masks.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/label/component_hulls.hpp>
#include <quoin/mask/to_bits.hpp>

namespace {

bool const registered =
    bench::add_terminal(
        "convex_hull<u8>", 2, bench::curves,
        [](auto const& policy, auto const& view) { return quoin::to_image(policy, view | quoin::convex_hull()); }) &&
    bench::add_terminal("component_hulls<u8>", 1, bench::curves, [](auto const& policy, auto const& view) {
        auto const mask = quoin::to_bits(policy, view | quoin::threshold(120));
        return quoin::component_hulls(policy, quoin::components(policy, mask));
    });

} // namespace

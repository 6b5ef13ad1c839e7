// SPDX-License-Identifier: BSL-1.0
// Times the distances of smooth shapes, from gray pixels on.
#include "support/jobs.hpp"
#include "support/masks.hpp"

#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/distance_transform.hpp>
#include <quoin/mask/to_bits.hpp>

namespace {

bool const registered =
    bench::add_terminal("distance_transform<u8>", 5, bench::curves, [](auto const& policy, auto const& view) {
        return quoin::distance_transform(policy, quoin::to_bits(policy, view | quoin::threshold(120)));
    });

} // namespace

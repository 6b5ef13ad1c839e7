// SPDX-License-Identifier: BSL-1.0
// Times orb, and the matching of 5,000 descriptors with as many, at any size.
#include "support/descriptors.hpp"
#include "support/jobs.hpp"

#include <quoin/feature/match_descriptors.hpp>
#include <quoin/feature/orb.hpp>

namespace {

bool const features =
    bench::add_terminal("orb-1000<u8>", 1, bench::scene<std::uint8_t>, [](auto const& policy, auto const& view) {
        return quoin::orb(policy, view, {.most = 1000}).points.size();
    });

bool const matching = bench::add_work("nearest_descriptors", 1, [](auto const& policy, quoin::extent) {
    return [=, a = bench::descriptors(5000, 1), b = bench::descriptors(5000, 2)] {
        bench::keep(quoin::nearest_descriptors(policy, a, b));
    };
});

} // namespace

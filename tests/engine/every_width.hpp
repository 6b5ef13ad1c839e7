// SPDX-License-Identifier: BSL-1.0
// One type of pixels through the engine.
#pragma once

#include "support/model_stages.hpp"
#include "support/types.hpp"

#include <catch2/catch_test_macros.hpp>

namespace test {

/// Turned, so that a step of all channels is loaded and stored; and what a local stage reads of them, with rows enough
/// for the list of its lines to begin anew.
template <class P>
std::string wrong_at_every_width() {
    std::string wrong = sweep<P>(
        many_extents(), [](auto v) { return v | turned_channels{}; },
        [](plain<P> in) {
            for (P& p : in.data) p = turned_channels{}(p);
            return in;
        });
    std::vector<extent> sizes = few_extents();
    sizes.insert(sizes.end(), {{129, 3}, {67, 45}});
    if (wrong.empty())
        wrong = sweep<P>(
            sizes, [](auto v) { return v | lopsided_corners{}; },
            [](auto const& in) { return cornered(in, quoin::reflect_101, lopsided_corners::footprint); });
    return wrong;
}

} // namespace test

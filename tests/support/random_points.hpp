// SPDX-License-Identifier: BSL-1.0
// random_points: random polygons.
#pragma once

#include <quoin/core/geometry.hpp>

#include <random>
#include <vector>

namespace test {

/// Points in a square of this side, or, for an odd seed, a walk with short steps.
inline std::vector<quoin::point> random_points(std::size_t count, quoin::index_t side, unsigned seed) {
    std::mt19937 random(seed);
    auto const number = [&](quoin::index_t least, quoin::index_t most) {
        return least + static_cast<quoin::index_t>(random() % static_cast<unsigned>(most - least + 1));
    };
    std::vector<quoin::point> points(count);
    quoin::point at{};
    for (quoin::point& p : points) {
        if (seed % 2 == 1) at = {at.x + number(-2, 2), at.y + number(-2, 2)};
        else at = {number(-side, side), number(-side, side)};
        p = at;
    }
    return points;
}

} // namespace test

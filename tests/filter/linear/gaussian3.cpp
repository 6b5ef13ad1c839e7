// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/gaussian3.hpp>

#include "filter/linear/kernel_formula.hpp"

namespace {

constexpr int weights[3][3] = {{1, 2, 1}, {2, 4, 2}, {1, 2, 1}};

} // namespace

TEST_CASE("gaussian3: u8 equals the formula with every border, at every width", "[filter][gaussian3]") {
    test::check_every_border(quoin::gaussian3, weights, 16);
}

TEST_CASE("gaussian3: the other pixel types", "[filter][gaussian3]") {
    test::check_every_type(quoin::gaussian3, weights, 16);
}

TEST_CASE("gaussian3: f32 with fractions is close to double arithmetic, and the same bits everywhere",
          "[filter][gaussian3]") {
    test::check_fractions(quoin::gaussian3, weights, 16);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/sharpen.hpp>

#include "filter/linear/kernel_formula.hpp"

namespace {

constexpr int weights[3][3] = {{-2, -2, -2}, {-2, 32, -2}, {-2, -2, -2}};

} // namespace

TEST_CASE("sharpen: u8 equals the formula with every border, at every width", "[filter][sharpen]") {
    test::check_every_border(quoin::sharpen, weights, 16);
}

TEST_CASE("sharpen: the other pixel types; floating point is not clamped", "[filter][sharpen]") {
    test::check_every_type(quoin::sharpen, weights, 16);
}

TEST_CASE("sharpen: f32 with fractions is close to double arithmetic, and the same bits everywhere",
          "[filter][sharpen]") {
    test::check_fractions(quoin::sharpen, weights, 16);
}

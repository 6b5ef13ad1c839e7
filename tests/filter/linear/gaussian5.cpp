// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/gaussian5.hpp>

#include "filter/linear/kernel_formula.hpp"

namespace {

constexpr int weights[5][5] = {
    {1, 4, 6, 4, 1}, {4, 16, 24, 16, 4}, {6, 24, 36, 24, 6}, {4, 16, 24, 16, 4}, {1, 4, 6, 4, 1}};

} // namespace

TEST_CASE("gaussian5: every type of channel equals the formula", "[filter][gaussian5]") {
    test::check_every_type(quoin::gaussian5, weights, 256);
}

TEST_CASE("gaussian5: f32 with fractions is close to double arithmetic, and the same bits everywhere",
          "[filter][gaussian5]") {
    test::check_fractions(quoin::gaussian5, weights, 256);
}

TEST_CASE("gaussian5: in the engine, also the two passes of floating point, around which a constant stands",
          "[filter][gaussian5]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(quoin::gaussian5, quoin::reflect_101) == "");
    CHECK(test::wrong_in_engine<float>(quoin::gaussian5, quoin::constant(0.3f)) == "");
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/gaussian3.hpp>

#include "filter/linear/kernel_formula.hpp"

namespace {

constexpr int weights[3][3] = {{1, 2, 1}, {2, 4, 2}, {1, 2, 1}};

} // namespace

TEST_CASE("gaussian3: every type of channel equals the formula", "[filter][gaussian3]") {
    test::check_every_type(quoin::gaussian3, weights, 16);
}

TEST_CASE("gaussian3: f32 with fractions is close to double arithmetic, and the same bits everywhere",
          "[filter][gaussian3]") {
    test::check_fractions(quoin::gaussian3, weights, 16);
}

TEST_CASE("gaussian3: in the engine", "[filter][gaussian3]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(quoin::gaussian3, quoin::reflect_101) == "");
}

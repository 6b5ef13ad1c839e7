// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/sharpen.hpp>

#include "filter/linear/kernel_formula.hpp"

namespace {

constexpr int weights[3][3] = {{-2, -2, -2}, {-2, 32, -2}, {-2, -2, -2}};

} // namespace

TEST_CASE("sharpen: every type of channel equals the formula; floating point is not clamped", "[filter][sharpen]") {
    test::check_every_type(quoin::sharpen, weights, 16);
}

TEST_CASE("sharpen: f32 with fractions is close to double arithmetic, and the same bits everywhere",
          "[filter][sharpen]") {
    test::check_fractions(quoin::sharpen, weights, 16);
}

TEST_CASE("sharpen: in the engine", "[filter][sharpen]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(quoin::sharpen, quoin::reflect_101) == "");
}

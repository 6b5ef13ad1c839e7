// SPDX-License-Identifier: BSL-1.0
// adaptive_threshold under every policy.
#include "filter/tone/adaptive_formula.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::values;

TEST_CASE("adaptive_threshold: in the engine, around which a constant stands", "[filter][adaptive_threshold]") {
    for (int side : {5, 15})
        CHECK(test::wrong_in_engine<std::uint8_t>(adaptive_threshold(side, 2), constant(200)) == "");
}

TEST_CASE("adaptive_threshold: weights in the engine, around which a constant stands", "[filter][adaptive_threshold]") {
    auto const in = test::random_pixels<std::uint8_t>({75, 9}, 3);
    values const around = test::with_border(test::values_of(in), {5, 5}, constant(200));
    auto const expected = test::pixels_of<std::uint8_t>(
        test::adaptive_formula<std::uint8_t>(around, 11, -1.5, threshold_sense::binary, true));
    CHECK(test::check_pipeline(in, expected, [](auto view) {
              return view | extend(constant(200)) | adaptive_threshold<adaptive_method::gaussian>(11, -1.5);
          }) == "");
}

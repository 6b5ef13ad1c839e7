// SPDX-License-Identifier: BSL-1.0
// rgb_to_hsl and hsl_to_rgb in the engine: a file of its own, since each conversion takes long to compile.
#include <quoin/filter/color/hsl.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("rgb_to_hsl and back: in the engine", "[filter][hsl]") {
    CHECK(test::wrong_in_engine<rgb8>(rgb_to_hsl, reflect_101, {{67, 3}}) == "");
    CHECK(test::wrong_in_engine<rgb8>(hsl_to_rgb, reflect_101, {{67, 3}}) == "");
}

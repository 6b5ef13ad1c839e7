// SPDX-License-Identifier: BSL-1.0
// rgb_to_lab in the engine: a file of its own, since each conversion takes long to compile.
#include <quoin/filter/color/lab.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("rgb_to_lab: in the engine", "[filter][lab]") {
    CHECK(test::wrong_in_engine<rgb8>(rgb_to_lab, reflect_101, {{67, 3}}) == "");
}

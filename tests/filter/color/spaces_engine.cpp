// SPDX-License-Identifier: BSL-1.0
// Conversions to spaces of light in the engine: a file of its own, since each conversion takes long to compile.
#include <quoin/filter/color/luv.hpp>
#include <quoin/filter/color/oklab.hpp>
#include <quoin/filter/color/xyz.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("rgb_to_luv, oklab_to_rgb, rgb_to_xyz: in the engine", "[filter][luv][oklab][xyz]") {
    CHECK(test::wrong_in_engine<rgb8>(rgb_to_luv, reflect_101, {{67, 3}}) == "");
    CHECK(test::wrong_in_engine<rgb8>(oklab_to_rgb, reflect_101, {{67, 3}}) == "");
    CHECK(test::wrong_in_engine<rgb8>(rgb_to_xyz, reflect_101, {{67, 3}}) == "");
}

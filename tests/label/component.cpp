// SPDX-License-Identifier: BSL-1.0
#include <quoin/label/component.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("component: a new one has no pixels, and all members count when two are compared", "[label][component]") {
    constexpr component none;
    STATIC_REQUIRE(none.area == 0);
    STATIC_REQUIRE(none.box == rect{});
    component const one{4, {1, 2, 2, 2}, 1.5, 2.5};
    CHECK(one == component{4, {1, 2, 2, 2}, 1.5, 2.5});
    CHECK(one != component{3, {1, 2, 2, 2}, 1.5, 2.5});
    CHECK(one != component{4, {1, 2, 2, 3}, 1.5, 2.5});
    CHECK(one != component{4, {1, 2, 2, 2}, 1.0, 2.5});
    CHECK(one != component{4, {1, 2, 2, 2}, 1.5, 2.0});
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/feature/keypoint.hpp>

#include <catch2/catch_test_macros.hpp>

TEST_CASE("keypoint: equal where all of it is", "[feature][keypoint]") {
    constexpr quoin::keypoint a{1.5, 2, 3};
    STATIC_CHECK(a == quoin::keypoint{1.5, 2, 3});
    for (quoin::keypoint const& b : {quoin::keypoint{1, 2, 3}, quoin::keypoint{1.5, 3, 3}, quoin::keypoint{1.5, 2, 4}})
        CHECK(a != b);
}

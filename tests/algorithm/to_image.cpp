// SPDX-License-Identifier: BSL-1.0
// to_image: a new image with what run() writes.
#include "support/oracle.hpp"

#include <quoin/quoin.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("to_image: pixels, type and extent of the pipeline", "[algorithm]") {
    auto const in = test::random_pixels<rgb8>({67, 5}, 1);
    test::guarded<rgb8> const source(in);
    auto const result = to_image(serial{}, source.view() | sobel_x);
    STATIC_REQUIRE(std::same_as<std::remove_const_t<decltype(result)>, image<rgb<std::int16_t>>>);
    image<rgb<std::int16_t>> expected(67, 5);
    run(serial{}, source.view() | sobel_x, expected.view());
    REQUIRE(result.size() == extent{67, 5});
    for (index_t y = 0; y < 5; ++y)
        for (index_t x = 0; x < 67; ++x) REQUIRE(result(x, y) == expected(x, y));
}

TEST_CASE("to_image: a bare view is copied, an empty one stays empty", "[algorithm]") {
    auto const in = test::random_pixels<float>({9, 4}, 2);
    test::guarded<float> const source(in);
    auto const copy = to_image(serial{}, source.view());
    for (index_t y = 0; y < 4; ++y)
        for (index_t x = 0; x < 9; ++x) REQUIRE(copy(x, y) == in(x, y));
    CHECK(to_image(serial{}, image_view<float>() | gaussian3).empty());
}

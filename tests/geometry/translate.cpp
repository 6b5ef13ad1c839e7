// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/translate.hpp>

#include "support/sampling.hpp"

#include <quoin/image/planar_view.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <limits>

using namespace quoin;

TEST_CASE("translate: to the right and down, by any part of a pixel", "[geometry][translate]") {
    for (auto const& [dx, dy] :
         {std::pair{0.0, 0.0}, std::pair{3.0, -2.0}, std::pair{0.25, 7.7}, std::pair{-100.5, 0.1}})
        for (extent const size : {extent{1, 1}, extent{70, 9}}) {
            auto const at = [dx = dx, dy = dy](index_t x, index_t y) {
                return test::place{test::whole_place(x) - test::to_place(dx),
                                   test::whole_place(y) - test::to_place(dy)};
            };
            auto const stage = [dx = dx, dy = dy](interpolation how) { return translate(dx, dy, how); };
            CHECK(test::check_sampling<std::uint8_t>(size, wrap, size, at, stage) == "");
            CHECK(test::check_sampling<rgb8>(size, constant(9), size, at, stage) == "");
        }
}

TEST_CASE("translate: blends of rows, of every type of channel", "[geometry][translate]") {
    for (auto const& [dx, dy] : {std::pair{0.3, 0.6}, std::pair{-1.9995, 3.0}, std::pair{9.0, -0.0005}}) {
        extent const size{197, 5}; // several steps, and the rest of one
        auto const at = [dx = dx, dy = dy](index_t x, index_t y) {
            return test::place{test::whole_place(x) - test::to_place(dx), test::whole_place(y) - test::to_place(dy)};
        };
        auto const stage = [dx = dx, dy = dy](interpolation how) { return translate(dx, dy, how); };
        CHECK(test::check_sampling<std::uint16_t>(size, reflect, size, at, stage) == "");
        CHECK(test::check_sampling<std::int16_t>(size, constant(-7), size, at, stage) == "");
        CHECK(test::check_sampling<float>(size, reflect_101, size, at, stage) == "");
    }
}

TEST_CASE("translate: to planes, and past the caches", "[geometry][translate]") {
    extent const size{197, 5};
    auto const pixels = test::random_pixels<rgb8>(size, 4);
    test::guarded<rgb8> const in(pixels);
    auto const at = [](index_t x, index_t y) {
        return test::place{test::whole_place(x) - test::to_place(2.3), test::whole_place(y) - test::to_place(-1.6)};
    };
    auto const expected = test::sampled(pixels, wrap, size, interpolation::linear, at);
    auto const moved = in.view() | extend(wrap) | translate(2.3, -1.6);
    auto const& policy = test::vector_policies().front();
    planar_image<rgb8> planes(size);
    run(policy, moved, planes.view());
    test::plain<rgb8> together(size);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) together(x, y) = planes.view().load(x, y);
    CHECK(together.data == expected.data);
    image<rgb8> streamed(size);
    run(policy, moved, streamed.view(), {.stores = store_hint::streaming});
    CHECK(test::difference(expected, std::as_const(streamed).view()) == "");
}

TEST_CASE("translate: whole pixels are exact", "[geometry][translate]") {
    auto const in = test::random_pixels<std::uint8_t>({70, 9}, 3);
    test::plain<std::uint8_t> expected(in.size);
    for (index_t y = 0; y < 9; ++y)
        for (index_t x = 0; x < 70; ++x) expected(x, y) = x >= 5 && y < 7 ? in(x - 5, y + 2) : std::uint8_t{77};
    for (auto const how : test::interpolations)
        CHECK(test::check_pipeline(in, expected,
                                   [&](auto v) { return v | extend(constant(77)) | translate(5, -2, how); }) == "");
}

TEST_CASE("translate: errors", "[geometry][translate]") {
    using Catch::Matchers::Message;
    CHECK_THROWS_MATCHES(translate(1, 1073741824.0), invalid_argument,
                         Message("quoin::translate: a shift by 1:1073741824; give numbers between -2^30 and 2^30"));
    CHECK_THROWS_AS(translate(std::numeric_limits<double>::quiet_NaN(), 0), invalid_argument);
    CHECK_THROWS_MATCHES((image_view<std::uint8_t const>{} | translate(1, 1)), invalid_argument,
                         Message("quoin::translate: the input has 0 x 0 pixels; give an image that is not empty"));
    std::uint8_t const values[] = {7, 7};
    image_view<std::uint8_t const> const two(values, 2, 1);
    CHECK_THROWS_AS(two | translate(-1073741823.5, 0), invalid_argument);
    CHECK((two | translate(1073741822.5, 0)).width() == 2);
}

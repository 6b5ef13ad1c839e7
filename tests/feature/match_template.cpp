// SPDX-License-Identifier: BSL-1.0
// match_template against plain sums, and best_match.
#include <quoin/feature/match_template.hpp>

#include "plain_match.hpp"
#include "support/message.hpp"

#include <quoin/geometry/flip.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;
using test::all_methods;

TEST_CASE("match_template: plain sums of bytes, under every policy", "[feature][match_template]") {
    test::check_matches<std::uint8_t>();
    test::check_match<std::uint8_t>({300, 262}, {290, 260}, 90); // sums beyond 32 bits
}

TEST_CASE("match_template: flat windows and templates, and NaN", "[feature][match_template]") {
    image<std::uint8_t> flat(20, 20), pattern(5, 4);
    for (index_t y = 0; y < 20; ++y)
        for (index_t x = 0; x < 20; ++x) flat(x, y) = x < 10 ? 100 : static_cast<std::uint8_t>(7 * x * y);
    pattern(2, 2) = 200;
    CHECK(match_template(serial{}, flat.view(), pattern.view())(0, 0) == 0);
    CHECK(match_template(serial{}, flat.view(), pattern.view(), match_method::correlation)(0, 0) > 0);
    pattern(2, 2) = 0;
    auto const zeros = match_template(serial{}, flat.view(), pattern.view());
    for (index_t y = 0; y < zeros.height(); ++y)
        for (index_t x = 0; x < zeros.width(); ++x) CHECK(zeros(x, y) == 0);
    CHECK(match_template(serial{}, flat.view(), pattern.view(), match_method::correlation)(9, 3) == 0);

    // The sums over a flat window of floats are rounded, and their difference is not 0.
    image<float> even(20, 14), uneven(13, 11);
    for (index_t y = 0; y < 14; ++y)
        for (index_t x = 0; x < 20; ++x) even(x, y) = 1234.567f;
    for (index_t y = 0; y < 11; ++y)
        for (index_t x = 0; x < 13; ++x) uneven(x, y) = 0.37f * static_cast<float>((x * 7 + y * 5) % 11);
    auto const none = match_template(serial{}, even.view(), uneven.view());
    for (index_t y = 0; y < none.height(); ++y)
        for (index_t x = 0; x < none.width(); ++x) CHECK(none(x, y) == 0);

    image<float> floats(40, 30), part(6, 6);
    for (index_t y = 0; y < 30; ++y)
        for (index_t x = 0; x < 40; ++x) floats(x, y) = x < 20 ? 0.1f : static_cast<float>((x * 7 + y * 5) % 11);
    for (index_t y = 0; y < 6; ++y)
        for (index_t x = 0; x < 6; ++x) part(x, y) = floats(25 + x, 4 + y);
    floats(30, 20) = std::numeric_limits<float>::quiet_NaN();
    for (match_method const method : all_methods) {
        auto const found = match_template(serial{}, floats.view(), part.view(), method);
        for (index_t y = 0; y < found.height(); ++y)
            for (index_t x = 0; x < found.width(); ++x)
                CHECK(std::isnan(found(x, y)) == (x > 24 && x <= 30 && y > 14 && y <= 20));
        CHECK(found(25, 4) == (method == match_method::squared_differences ? 0.0f : 1.0f));
    }
    CHECK(match_template(serial{}, floats.view(), part.view())(3, 3) == 0);
}

TEST_CASE("best_match: the place, between pixels too", "[feature][match_template]") {
    auto const in = test::random_pixels<std::uint8_t>({150, 110}, 17);
    auto const image_of_in = test::image_of(in);
    auto const part = subview(image_of_in.view(), {33, 70, 12, 9});
    auto const place = best_match(match_template(serial{}, image_of_in.view(), part));
    CHECK(std::abs(place.x - 33) < 0.5);
    CHECK(std::abs(place.y - 70) < 0.5);
    CHECK(place.score == 1);
    auto const least =
        best_match(match_template(serial{}, image_of_in.view(), part, match_method::squared_differences), true);
    CHECK(std::abs(least.x - 33) < 0.5);
    CHECK(least.score == 0);
    auto const turned = best_match(match_template(serial{}, image_of_in.view() | flip_x | flip_x, part));
    CHECK(turned == place);

    // A parabola with its vertex at (4.25, 3.4): 10 - (x - 4.25)^2 - 2 (y - 3.4)^2.
    image<float> scores(9, 8);
    for (index_t y = 0; y < 8; ++y)
        for (index_t x = 0; x < 9; ++x) {
            double const dx = static_cast<double>(x) - 4.25, dy = static_cast<double>(y) - 3.4;
            scores(x, y) = static_cast<float>(10 - dx * dx - 2 * dy * dy);
        }
    auto const vertex = best_match(scores.view());
    CHECK(std::abs(vertex.x - 4.25) < 1e-5);
    CHECK(std::abs(vertex.y - 3.4) < 1e-5);
    // At a side there is no neighbor; of equal scores the first one is taken; NaN is never one.
    image<float> side(3, 2);
    side(0, 0) = std::numeric_limits<float>::quiet_NaN();
    side(2, 0) = side(2, 1) = 5;
    CHECK(best_match(side.view()) == keypoint{2, 0, 5});
}

TEST_CASE("match_template: what is refused", "[feature][match_template]") {
    image<std::uint8_t> const in(9, 6), wide(10, 2), tall(2, 7), none;
    for (auto const* const bad : {&wide, &tall, &none})
        CHECK_THROWS_AS(match_template(serial{}, in.view(), bad->view()), invalid_argument);
    CHECK(test::message([&] { (void)match_template(serial{}, in.view(), wide.view()); }) ==
          "quoin::match_template: a template of 10 x 2 in an image of 9 x 6; give one that has pixels and is not "
          "larger than the image");
    image<std::uint8_t> const zeros(3, 2);
    CHECK(test::message([&] { (void)match_template(serial{}, in.view(), zeros.view(), zeros.view()); }) ==
          "quoin::match_template: a mask of 3 x 2 zeros; give one that is not 0 where the template counts");
    CHECK(test::message([&] { (void)match_template(serial{}, in.view(), zeros.view(), wide.view()); }) ==
          "quoin::match_template: a mask of 10 x 2 for a template of 3 x 2; give one of the same extent");
    image<float> nan(2, 1);
    nan(0, 0) = nan(1, 0) = std::numeric_limits<float>::quiet_NaN();
    CHECK_THROWS_AS(best_match(nan.view()), invalid_argument);
    CHECK_THROWS_AS(best_match(image_view<float const>()), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/difference_of_gaussians.hpp>
#include <quoin/image/channel_view.hpp>

#include "two_gaussians.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("difference_of_gaussians: bytes and floats are near the formula", "[filter][difference_of_gaussians]") {
    struct sigmas {
        double one, other;
    };
    for (auto const [one, other] : {sigmas{1, 1.6}, sigmas{0.3, 3.1}, sigmas{2.5, 0.7}}) {
        CAPTURE(one, other);
        auto const g = test::gaussian_samples(one), h = test::gaussian_samples(other);
        auto const formula = [&](auto const& at, auto) {
            return test::product_sum(g, g, at) - test::product_sum(h, h, at);
        };
        CHECK(test::wrong_sums<std::uint8_t, float>(difference_of_gaussians(one, other), formula) == "");
    }
}

TEST_CASE("difference_of_gaussians: in the engine, around which a constant stands",
          "[filter][difference_of_gaussians]") {
    CHECK(test::wrong_in_engine<float>(difference_of_gaussians(0.7, 1.2), constant(7)) == "");
}

TEST_CASE("difference_of_gaussians: of the same sigma nothing is left, and of colors a channel each",
          "[filter][difference_of_gaussians]") {
    image<rgb8> in(31, 20);
    for (index_t y = 0; y < 20; ++y)
        for (index_t x = 0; x < 31; ++x)
            in(x, y) = {static_cast<std::uint8_t>(x * x + 7 * y), static_cast<std::uint8_t>(9 * x), 3};
    auto const out = to_image(serial{}, in.view() | difference_of_gaussians(1.3, 1.3));
    auto const some = to_image(serial{}, in.view() | difference_of_gaussians(1, 2));
    STATIC_CHECK(std::same_as<decltype(out)::pixel_type, rgb<float>>);
    auto const red = to_image(serial{}, channel_of<0>(in.view()) | difference_of_gaussians(1, 2));
    for (index_t y = 0; y < 20; ++y)
        for (index_t x = 0; x < 31; ++x) {
            CHECK((out(x, y) == rgb<float>{0, 0, 0}));
            CHECK(some(x, y).r == red(x, y));
        }
}

TEST_CASE("difference_of_gaussians: a sigma out of range is refused", "[filter][difference_of_gaussians]") {
    for (double const sigma : {0.0, 0.09, 31.1, std::numeric_limits<double>::quiet_NaN()}) {
        CAPTURE(sigma);
        CHECK_THROWS_AS(difference_of_gaussians(sigma, 1), invalid_argument);
        CHECK_THROWS_AS(difference_of_gaussians(1, sigma), invalid_argument);
    }
    CHECK_NOTHROW(difference_of_gaussians(31, 0.1));
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/laplacian_of_gaussian.hpp>

#include "two_gaussians.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

auto formula(double sigma) {
    auto const g = test::gaussian_samples(sigma);
    auto second = g;
    int const r = static_cast<int>(g.size() / 2);
    for (int i = -r; i <= r; ++i)
        second[static_cast<std::size_t>(i + r)] *= i * i / std::pow(sigma, 4) - 1 / std::pow(sigma, 2);
    return [=](auto const& at, auto) { return test::product_sum(second, g, at) + test::product_sum(g, second, at); };
}

} // namespace

TEST_CASE("laplacian_of_gaussian: every type of channel is near the formula", "[filter][laplacian_of_gaussian]") {
    for (double const sigma : {0.4, 1.0, 1.7, 3.2}) {
        CAPTURE(sigma);
        CHECK(test::wrong_sums<std::uint8_t, std::uint16_t, std::int16_t, double>(laplacian_of_gaussian(sigma),
                                                                                  formula(sigma)) == "");
    }
}

TEST_CASE("laplacian_of_gaussian: in the engine", "[filter][laplacian_of_gaussian]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(laplacian_of_gaussian(1.1), reflect_101) == "");
}

TEST_CASE("laplacian_of_gaussian: numbers of SciPy", "[filter][laplacian_of_gaussian]") {
    STATIC_CHECK(std::same_as<decltype(image_view<rgb8 const>{} | laplacian_of_gaussian(1))::pixel_type, rgb<float>>);
    // scipy.ndimage.gaussian_laplace of one pixel of 100 among zeros, SciPy 1.17: the pixel, beside it, two beside it.
    image<std::uint8_t> spot(31, 31);
    spot(15, 15) = 100;
    auto const one = to_image(serial{}, spot.view() | laplacian_of_gaussian(1));
    auto const two = to_image(serial{}, spot.view() | laplacian_of_gaussian(2));
    auto const near = [](float ours, double scipy) { return std::abs(ours - scipy) < 4e-6; };
    CHECK(near(one(15, 15), -31.831178348375943));
    CHECK(near(one(16, 15), -9.653292801535477));
    CHECK(near(one(17, 15), 4.307881537532591));
    CHECK(near(two(15, 15), -1.989506757038201));
    CHECK(near(two(15, 16), -1.5362668569126687));
    CHECK(near(two(17, 17), 0));
}

TEST_CASE("laplacian_of_gaussian: what is flat is nearly 0", "[filter][laplacian_of_gaussian]") {
    image<std::uint8_t> white(20, 20);
    for (index_t y = 0; y < 20; ++y)
        for (index_t x = 0; x < 20; ++x) white(x, y) = 255;
    for (double const sigma : {0.8, 1.0, 1.1, 2.0, 5.0, 31.0}) {
        CAPTURE(sigma);
        auto const flat = to_image(serial{}, white.view() | laplacian_of_gaussian(sigma));
        CHECK(std::abs(flat(9, 9)) <= 2.2e-3 * 255 / (sigma * sigma));
    }
}

TEST_CASE("laplacian_of_gaussian: a sigma out of range is refused", "[filter][laplacian_of_gaussian]") {
    for (double const sigma :
         {0.0, -1.0, 0.09, 31.1, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
        CAPTURE(sigma);
        CHECK_THROWS_AS(laplacian_of_gaussian(sigma), invalid_argument);
    }
    CHECK_NOTHROW(laplacian_of_gaussian(0.1));
    CHECK_NOTHROW(laplacian_of_gaussian(31));
}

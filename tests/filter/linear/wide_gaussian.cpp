// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/wide_gaussian.hpp>

#include "filter/linear/wide_distance.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::distance;

TEST_CASE("wide_gaussian: is near the Gaussian, under the borders that it reads", "[filter][wide_gaussian]") {
    for (double sigma : {6.01, 7.49, 7.5, 9.9, 12.4, 20.0, 33.0}) {
        CAPTURE(sigma);
        CHECK(distance<float>(sigma, sigma, {131, 83}, 255, reflect_101) <= 0.05);
        CHECK(distance<std::uint8_t>(sigma, sigma, {131, 83}, 255, reflect_101) <= 0.6);
    }
    CHECK(distance<float>(9, 14, {91, 67}, 255, replicate) <= 0.05);
    CHECK(distance<float>(14, 9, {91, 67}, 255, reflect) <= 0.05);
    // Images that are smaller than the kernel, and much smaller.
    for (extent const size : {extent{1, 1}, extent{2, 1}, extent{5, 3}, extent{1, 40}, extent{13, 2}}) {
        CAPTURE(size.width, size.height);
        CHECK(distance<float>(25, 8, size, 255, reflect_101) <= 0.05);
        CHECK(distance<float>(25, 8, size, 255, reflect) <= 0.05);
    }
}

TEST_CASE("wide_gaussian: a small sigma on one side is as near", "[filter][wide_gaussian]") {
    CHECK(distance<float>(12, 1.5, {91, 67}, 255, reflect_101) <= 0.05);
    CHECK(distance<float>(0.05, 12, {91, 67}, 255, reflect_101) <= 0.05);
    CHECK(distance<std::uint8_t>(2, 3, {91, 67}, 255, replicate) <= 0.6);
    // A step has all that is cut on one side.
    image<float> across(200, 20), down(20, 200);
    for (index_t i = 0; i < 200; ++i)
        for (index_t k = 0; k < 20; ++k) across(i, k) = down(k, i) = i < 100 ? 0.0f : 255.0f;
    for (double const sigma : {0.3, 0.7, 1.0, 2.0, 3.5, 4.0, 5.0, 5.99, 6.0, 6.01, 7.0}) {
        auto const x = to_image(serial{}, across.view() | wide_gaussian(sigma, 7));
        auto const y = to_image(serial{}, down.view() | wide_gaussian(7, sigma));
        double most = 0;
        for (index_t i = 60; i < 140; ++i) {
            double part = 0, all = 0;
            for (index_t k = -60; k <= 59; ++k) {
                double const w = std::exp(-static_cast<double>(k * k) / (2 * sigma * sigma));
                all += w;
                part += i + k < 100 ? 0 : w;
            }
            most = std::max({most, std::abs(x(i, 9) - 255 * part / all), std::abs(y(9, i) - 255 * part / all)});
        }
        CAPTURE(sigma, most);
        CHECK(most <= 0.05);
    }
}

TEST_CASE("wide_gaussian: a constant image of bytes stays as it is", "[filter][wide_gaussian]") {
    for (double sigma : {0.7, 6.5, 10.0, 51.0})
        for (int value : {0, 1, 127, 254, 255}) {
            image<std::uint8_t> in(70, 33);
            for (index_t y = 0; y < 33; ++y)
                for (index_t x = 0; x < 70; ++x) in(x, y) = static_cast<std::uint8_t>(value);
            auto const out = to_image(serial{}, in.view() | wide_gaussian(sigma));
            int wrong = 0;
            for (index_t y = 0; y < 33; ++y)
                for (index_t x = 0; x < 70; ++x) wrong += out(x, y) != value;
            CAPTURE(sigma, value);
            CHECK(wrong == 0);
        }
}

TEST_CASE("wide_gaussian: what it cannot do is refused", "[filter][wide_gaussian]") {
    for (double sigma : {0.0, -1.0, 10001.0, std::numeric_limits<double>::quiet_NaN()}) {
        CHECK_THROWS_AS(wide_gaussian(sigma), invalid_argument);
        CHECK_THROWS_AS(wide_gaussian(1, sigma), invalid_argument);
    }
    image<std::uint8_t> const in(9, 9);
    CHECK_THROWS_AS(in.view() | extend(wrap) | wide_gaussian(10), invalid_argument);
    CHECK_THROWS_AS(in.view() | extend(constant(3)) | wide_gaussian(10), invalid_argument);
    CHECK_THROWS_AS((image_view<std::uint8_t const>{} | wide_gaussian(10)), invalid_argument);
}

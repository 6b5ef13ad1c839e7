// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/edge/sobel_polar.hpp>

#include "support/functor.hpp"

#include <quoin/exec/run.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/image/planar_view.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <numbers>

using namespace quoin;

TEST_CASE("sobel_polar: the angles of all gradients of bytes", "[filter][sobel_polar]") {
    double worst = 0;
    for (int y = -1020; y <= 1020; ++y)
        for (int x = -1020; x <= 1020; ++x) {
            double const angle = static_cast<double>(detail::angle_of(static_cast<float>(x), static_cast<float>(y)));
            worst = std::max(worst, std::abs(angle - std::atan2(y, x)));
        }
    CHECK(worst < 4e-7);
    CHECK(detail::angle_of(0.0f, 0.0f) == 0);
    CHECK(detail::angle_of(-0.0f, 0.0f) == 0);
    CHECK(detail::angle_of(-3.0f, 0.0f) == std::numbers::pi_v<float>);
    CHECK(detail::angle_of(0.0f, -2.0f) == -std::numbers::pi_v<float> / 2);
}

TEST_CASE("sobel_angle: every type of channel, and in the engine", "[filter][sobel_polar]") {
    auto const formula = [](auto const& at, auto) {
        double gx = 0, gy = 0;
        for (int i = -1; i <= 1; ++i) {
            gx += (2 - std::abs(i)) * (at(1, i) - at(-1, i));
            gy += (2 - std::abs(i)) * (at(i, 1) - at(i, -1));
        }
        return std::atan2(gy, gx);
    };
    test::types<std::uint8_t, std::uint16_t, std::int16_t>::each(
        [&]<class T>() { CHECK(test::wrong_alone<T>(sobel_angle, formula, 5e-7) == ""); });
    CHECK(test::wrong_in_engine<std::uint8_t>(sobel_angle, reflect_101) == "");
    STATIC_CHECK(std::same_as<decltype(image_view<rgb8 const>{} | sobel_angle)::pixel_type, rgb<float>>);
}

TEST_CASE("sobel_polar: both results in one pass, under every policy", "[filter][sobel_polar]") {
    unsigned seed = 3;
    for (extent const size : {extent{1, 1}, extent{5, 3}, extent{131, 40}}) {
        CAPTURE(size.width, size.height, ++seed);
        auto const in = test::image_of(test::random_pixels<std::uint8_t>(size, seed));
        auto const x = to_image(serial{}, in.view() | sobel_x), y = to_image(serial{}, in.view() | sobel_y);
        auto const check = [&](auto const& policy) {
            image<float> length(size), angle(size);
            run(policy, in.view() | sobel_polar,
                planar_view<polar_gradient<float>>({length.view().data(), angle.view().data()}, size.width, size.height,
                                                   length.view().stride()));
            index_t wrong = 0;
            for (index_t j = 0; j < size.height; ++j)
                for (index_t i = 0; i < size.width; ++i) {
                    double const gx = x(i, j), gy = y(i, j);
                    wrong += length(i, j) != static_cast<float>(std::sqrt(gx * gx + gy * gy));
                    wrong += std::abs(static_cast<double>(angle(i, j)) - std::atan2(gy, gx)) >= 4e-7;
                }
            CHECK(wrong == 0);
        };
        for (auto const& policy : test::scalar_policies()) check(policy);
        for (auto const& policy : test::vector_policies()) check(policy);
    }
}

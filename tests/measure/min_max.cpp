// SPDX-License-Identifier: BSL-1.0
// min_max, argmin and argmax against the standard library, each channel by itself.
#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/measure/min_max.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

using namespace quoin;

TEMPLATE_TEST_CASE("min_max: the ends of each channel", "[algorithm]", std::uint8_t, std::int32_t, float,
                   rgb<std::int16_t>) {
    for (extent const size : {extent{1, 1}, extent{5, 130}, extent{131, 67}}) {
        CAPTURE(size.width, size.height);
        auto in = test::random_pixels<TestType>(size, 5, true);
        // One extreme pixel in the last column, which is no full step.
        for_each_channel<TestType>(
            [&](auto c) { get_channel<decltype(c)::value>(in.data.back()) = 32000 % 201; });
        min_max_result<TestType> expected{in.data[0], in.data[0]};
        for (auto const& p : in.data)
            for_each_channel<TestType>([&](auto c) {
                constexpr int i = decltype(c)::value;
                get_channel<i>(expected.min) = std::min(get_channel<i>(expected.min), get_channel<i>(p));
                get_channel<i>(expected.max) = std::max(get_channel<i>(expected.max), get_channel<i>(p));
            });
        test::guarded<TestType> const source(in);
        auto const check = [&](auto const& policies) {
            for (auto const& policy : policies) {
                INFO(policy.name());
                CHECK((min_max(policy, source.view()) == expected));
            }
        };
        check(test::scalar_policies());
        check(test::vector_policies());
    }
}

TEMPLATE_TEST_CASE("min_max: infinities", "[algorithm]", float, double) {
    TestType const infinity = std::numeric_limits<TestType>::infinity();
    for (TestType const v : {infinity, -infinity}) {
        std::vector<TestType> const pixels(70 * 2, v);
        image_view<TestType const> const all(pixels.data(), 70, 2);
        auto const check = [&](auto const& policies) {
            for (auto const& policy : policies) {
                INFO(policy.name());
                CHECK((min_max(policy, all) == min_max_result<TestType>{v, v}));
            }
        };
        check(test::scalar_policies());
        check(test::vector_policies());
    }
}

TEMPLATE_TEST_CASE("argmin, argmax: the first in raster order", "[algorithm]", std::uint8_t, float) {
    unsigned const seed = 20261130;
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 20; ++round) {
        test::plain<TestType> in({static_cast<index_t>(1 + random() % 300), static_cast<index_t>(1 + random() % 150)});
        for (auto& v : in.data) v = static_cast<TestType>(random() % 400 / 2 + 1);
        auto const low = std::min_element(in.data.begin(), in.data.end()) - in.data.begin();
        auto const high = std::max_element(in.data.begin(), in.data.end()) - in.data.begin();
        placed_value<TestType> const first{in.data[static_cast<std::size_t>(low)], low % in.size.width,
                                           low / in.size.width};
        placed_value<TestType> const last{in.data[static_cast<std::size_t>(high)], high % in.size.width,
                                          high / in.size.width};
        test::guarded<TestType> const source(in);
        auto const check = [&](auto const& policies) {
            for (auto const& policy : policies) {
                INFO(policy.name());
                CHECK((statistics(policy, source.view(), argmin, argmax) == std::tuple{first, last}));
            }
        };
        check(test::scalar_policies());
        check(test::vector_policies());
    }
}

TEST_CASE("min_max, argmin, argmax: NaN is passed over", "[algorithm]") {
    float const nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    std::vector<float> pixels(200 * 3, nan);
    image_view<float const> const all(pixels.data(), 200, 3);
    auto const check = [&](auto const& policies, auto const& expected) {
        for (auto const& policy : policies) CHECK(statistics(policy, all, min_max, argmin, argmax) == expected);
    };
    CHECK((min_max(serial{}, all) == min_max_result<float>{infinity, -infinity}));
    CHECK_THROWS_AS(argmin(serial{}, all), invalid_argument);
    pixels[7] = infinity;
    std::tuple const one{min_max_result<float>{infinity, infinity}, placed_value<float>{infinity, 7, 0},
                         placed_value<float>{infinity, 7, 0}};
    check(test::scalar_policies(), one);
    check(test::vector_policies(), one);
    pixels[199] = -2, pixels[430] = 5;
    std::tuple const some{min_max_result<float>{-2, infinity}, placed_value<float>{-2, 199, 0},
                          placed_value<float>{infinity, 7, 0}};
    check(test::scalar_policies(), some);
    check(test::vector_policies(), some);
}

TEST_CASE("min_max: no pixels, no answer", "[algorithm]") {
    CHECK_THROWS_AS(min_max(serial{}, image_view<float>()), invalid_argument);
}

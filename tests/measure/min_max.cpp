// SPDX-License-Identifier: BSL-1.0
// min_max against the standard library, each channel by itself.
#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/measure/min_max.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <limits>
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

TEST_CASE("min_max: no pixels, no answer", "[algorithm]") {
    CHECK_THROWS_AS(min_max(serial{}, image_view<float>()), invalid_argument);
}

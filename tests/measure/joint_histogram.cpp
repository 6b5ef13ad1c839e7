// SPDX-License-Identifier: BSL-1.0
// joint_histogram against counting one by one.
#include <quoin/measure/joint_histogram.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <limits>

using namespace quoin;

TEMPLATE_TEST_CASE("joint_histogram: every pair is counted", "[measure][joint_histogram]", rgb8, rgb<std::int16_t>) {
    using T = channel_t<TestType>;
    auto const in = test::random_pixels<TestType>({1021, 300}, 71);
    test::guarded<TestType> const source(in);
    for (index_t const bins : {1, 16, 256}) {
        std::vector<index_t> expected(static_cast<std::size_t>(bins * bins));
        auto const bin = [&](T v) {
            return (index_t{v} - std::numeric_limits<T>::min()) * bins / (index_t{1} << (8 * sizeof(T)));
        };
        for (auto const& p : in.data) ++expected[static_cast<std::size_t>(bin(p.b) * bins + bin(p.r))];
        for (auto const& policy : test::scalar_policies())
            CHECK((joint_histogram<2, 0>.bins(bins)(policy, source.view()) == joint_counts{bins, expected}));
    }
    CHECK((joint_histogram<0, 1>(test::vector_policies().back(), source.view()) ==
           joint_histogram<0, 1>(serial{}, source.view())));
}

TEST_CASE("joint_histogram: of two images, and what is refused", "[measure][joint_histogram]") {
    image<std::uint8_t> a(3, 2), b(3, 2);
    a(1, 1) = 200, b(1, 1) = 7;
    auto const pairs = zip(a.view(), b.view()) | [](std::uint8_t x, std::uint8_t y) { return rgb8{x, y, 0}; };
    auto const found = joint_histogram<0, 1>(serial{}, pairs);
    CHECK(found.at(200, 7) == 1);
    CHECK(found.at(0, 0) == 5);
    CHECK_THROWS_WITH((joint_histogram<0, 1>.bins(100)),
                      Catch::Matchers::ContainsSubstring("100 bins; give a power of two in 1..256"));
}

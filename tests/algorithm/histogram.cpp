// SPDX-License-Identifier: BSL-1.0
// histogram against counting one by one.
#include "support/oracle.hpp"

#include <quoin/algorithm/histogram.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEMPLATE_TEST_CASE("histogram: every value is counted", "[algorithm]", std::uint8_t, std::uint16_t,
                   std::int16_t) {
    for (extent const size : {extent{0, 3}, extent{1, 1}, extent{131, 70}, extent{64, 300}}) {
        CAPTURE(size.width, size.height);
        auto const in = test::random_pixels<TestType>(size, 6);
        std::vector<index_t> expected(std::size_t{1} << (8 * sizeof(TestType)));
        for (TestType const v : in.data)
            ++expected[static_cast<std::size_t>(v - std::numeric_limits<TestType>::min())];
        test::guarded<TestType> const source(in);
        auto const check = [&](auto const& policies) {
            for (auto const& policy : policies) {
                INFO(policy.name());
                CHECK((histogram(policy, source.view()) == expected));
            }
        };
        check(test::scalar_policies());
        check(test::vector_policies());
    }
}

// SPDX-License-Identifier: BSL-1.0
// sum against a plain loop; floating point to the same bits under every policy.
#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/measure/sum.hpp>

#include <catch2/catch_template_test_macros.hpp>

#include <cmath>

using namespace quoin;

namespace {

template <class P, class What>
void check_all_policies(What const& what, auto const& expected) {
    auto const check = [&](auto const& policies) {
        for (auto const& policy : policies) {
            INFO(policy.name());
            CHECK(sum(policy, what) == expected);
        }
    };
    check(test::scalar_policies());
    check(test::vector_policies());
}

} // namespace

TEMPLATE_TEST_CASE("sum: integers are exact", "[algorithm]", std::uint8_t, std::int8_t, std::uint16_t, std::int16_t,
                   std::int32_t) {
    using P = rgb<TestType>;
    for (extent const size : {extent{0, 0}, extent{1, 1}, extent{63, 3}, extent{65, 70}, extent{200, 131}})
        for (bool const largest : {false, true}) {
            CAPTURE(size.width, size.height, largest);
            auto in = test::random_pixels<P>(size, 3);
            using limits = std::numeric_limits<TestType>;
            if (largest)
                for (P& p : in.data) p = {limits::max(), limits::min(), limits::max()};
            rgb<std::int64_t> expected{0, 0, 0};
            for (P const& p : in.data) expected = {expected.r + p.r, expected.g + p.g, expected.b + p.b};
            test::guarded<P> const source(in);
            check_all_policies<P>(source.view(), expected);
            if constexpr (sizeof(TestType) == 1) // the stage is the same for all types
                check_all_policies<TestType>(source.view() | vectorized([](auto const& p) { return p.g; }), expected.g);
        }
}

TEST_CASE("sum: floating point has one order", "[algorithm]") {
    auto const in = test::random_pixels<float>({203, 150}, 4, true);
    test::guarded<float> const source(in);
    long double plain = 0;
    for (float const v : in.data) plain += v;
    double const reference = sum(serial{}, source.view());
    CHECK(std::abs(static_cast<double>(plain) - reference) < 1e-6);
    check_all_policies<float>(source.view(), reference);
    check_all_policies<float>(source.view() | gaussian3, sum(serial{}, source.view() | gaussian3));
}

// SPDX-License-Identifier: BSL-1.0
// mse and psnr against plain loops, and the ends of their ranges.
#include <quoin/measure/image_error.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <limits>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

TEMPLATE_TEST_CASE("mse, psnr: the exact mean, under every policy", "[measure][image_error]", std::uint8_t,
                   rgb<std::uint16_t>) {
    using T = channel_t<TestType>;
    for (extent const size : {extent{1, 1}, extent{131, 70}}) {
        auto const a = test::random_pixels<TestType>(size, 61), b = test::random_pixels<TestType>(size, 62);
        long double total = 0;
        for (std::size_t i = 0; i < a.data.size(); ++i)
            for_each_channel<TestType>([&](auto c) {
                long double const d = static_cast<long double>(get_channel<decltype(c)::value>(a.data[i])) -
                                      static_cast<long double>(get_channel<decltype(c)::value>(b.data[i]));
                total += d * d;
            });
        auto const expected =
            static_cast<double>(total / static_cast<long double>(a.data.size() * std::size_t{channels_v<TestType>}));
        double const most = std::numeric_limits<T>::max();
        test::guarded<TestType> const one(a), other(b);
        auto const check = [&](auto const& policies) {
            for (auto const& policy : policies) {
                INFO(policy.name());
                CHECK(mse(policy, one.view(), other.view()) == expected);
                CHECK(std::abs(psnr(policy, one.view(), other.view()) - 10 * std::log10(most * most / expected)) <
                      1e-12);
            }
        };
        check(test::scalar_policies());
        check(test::vector_policies());
    }
}

TEST_CASE("mse, psnr: floating point has the same bits under every policy", "[measure][image_error]") {
    auto const a = test::random_pixels<float>({203, 131}, 63, true),
               b = test::random_pixels<float>({203, 131}, 64, true);
    long double total = 0;
    for (std::size_t i = 0; i < a.data.size(); ++i)
        total += (static_cast<long double>(a.data[i]) - b.data[i]) * (static_cast<long double>(a.data[i]) - b.data[i]);
    test::guarded<float> const one(a), other(b);
    double const first = mse(serial{}, one.view(), other.view());
    CHECK(std::abs(first / static_cast<double>(total / (203 * 131)) - 1) < 1e-13);
    for (auto const& policy : test::vector_policies()) CHECK(mse(policy, one.view(), other.view()) == first);
}

TEST_CASE("mse, psnr: equal images, NaN, and what is refused", "[measure][image_error]") {
    image<float> a(7, 5), b(7, 5), c(8, 5), none;
    CHECK(mse(serial{}, a.view(), b.view()) == 0);
    CHECK(psnr(serial{}, a.view(), b.view(), 1.0) == std::numeric_limits<double>::infinity());
    b(1, 1) = 0.5f;
    CHECK(std::abs(mse(serial{}, a.view(), b.view()) - 0.25 / 35) < 1e-17);
    b(3, 3) = std::numeric_limits<float>::quiet_NaN();
    CHECK(std::isnan(mse(serial{}, a.view(), b.view())));
    CHECK_THROWS_WITH(mse(serial{}, a.view(), c.view()),
                      ContainsSubstring("quoin::mse: an image of 7 x 5 and one of 8 x 5"));
    CHECK_THROWS_WITH(mse(serial{}, none.view(), none.view()), ContainsSubstring("an image of 0 x 0 has no pixel"));
    CHECK_THROWS_WITH(psnr(serial{}, a.view(), b.view(), 0.0), ContainsSubstring("quoin::psnr: the range is 0"));
}

// SPDX-License-Identifier: BSL-1.0
// mean_std and covariance against exact sums of plain loops.
#include <quoin/measure/mean_std.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;

namespace {

/// In long double, whose 64 bits hold these sums exactly.
template <class P>
double slow_covariance(test::plain<P> const& in, auto a, auto b) {
    long double x = 0, y = 0, xy = 0, n = static_cast<long double>(in.data.size());
    for (P const& p : in.data) {
        x += get_channel<decltype(a)::value>(p);
        y += get_channel<decltype(b)::value>(p);
        xy += static_cast<long double>(get_channel<decltype(a)::value>(p)) * get_channel<decltype(b)::value>(p);
    }
    return static_cast<double>((xy * n - x * y) / (n * n));
}

double next(double v, int steps) {
    for (; steps > 0; --steps) v = std::nextafter(v, 1e300);
    for (; steps < 0; ++steps) v = std::nextafter(v, -1e300);
    return v;
}

} // namespace

TEMPLATE_TEST_CASE("mean_std, covariance: integers are exact, under every policy", "[measure][mean_std]", rgb8,
                   rgb<std::uint16_t>, rgb<std::int16_t>) {
    for (extent const size : {extent{1, 1}, extent{33, 2}, extent{203, 131}}) {
        CAPTURE(size.width, size.height);
        auto const in = test::random_pixels<TestType>(size, 31);
        test::guarded<TestType> const source(in);
        auto const check = [&](auto const& policies) {
            for (auto const& policy : policies) {
                INFO(policy.name());
                auto const [found, mixed] = statistics(policy, source.view(), mean_std, covariance);
                for_each_channel<TestType>([&](auto a) {
                    long double total = 0;
                    for (TestType const& p : in.data) total += get_channel<decltype(a)::value>(p);
                    double const mean = static_cast<double>(total / static_cast<long double>(in.data.size()));
                    double const variance = slow_covariance(in, a, a);
                    CHECK(get_channel<decltype(a)::value>(found.mean) == mean);
                    CHECK(mixed.mean[a] == mean);
                    CHECK(std::abs(get_channel<decltype(a)::value>(found.variance) - variance) <=
                          next(variance, 1) - variance);
                    CHECK(get_channel<decltype(a)::value>(found.std) ==
                          std::sqrt(get_channel<decltype(a)::value>(found.variance)));
                    for_each_channel<TestType>([&](auto b) {
                        double const expected = slow_covariance(in, a, b);
                        CHECK(std::abs(mixed.matrix[a][b] - expected) <= 1e-15 * std::abs(expected));
                    });
                });
            }
        };
        check(test::scalar_policies());
        check(test::vector_policies());
    }
}

TEST_CASE("mean_std: large values, and ratios that are halves of the last digit", "[measure][mean_std]") {
    std::vector<std::int32_t> const pixels{2147483647, -2147483647 - 1, 2147483647, 2147483647};
    auto const found = mean_std(serial{}, image_view<std::int32_t const>(pixels.data(), 4, 1));
    CHECK(found.mean == 1073741823.25);
    CHECK(found.variance == 3458764512209928192.0); // 3 (2^32 - 1)^2 / 16
    CHECK(detail::rounded_ratio((detail::i128{1} << 53) + 1, 1) == 9007199254740992.0);
    CHECK(detail::rounded_ratio((detail::i128{1} << 53) + 3, 1) == 9007199254740996.0);
    CHECK(detail::rounded_ratio(((detail::i128{1} << 53) + 1) * 3 + 1, 3) == 9007199254740994.0);
    CHECK(detail::rounded_ratio(-1, 3) == -1.0 / 3);
    CHECK(detail::rounded_ratio(0, 3) == 0);
    CHECK(detail::rounded_ratio(detail::i128{1} << 120, detail::u128{3} << 80) == 1099511627776.0 / 3);
}

TEST_CASE("mean_std: floating point far from 0, with NaN, and with infinities", "[measure][mean_std]") {
    auto in = test::random_pixels<float>({300, 140}, 33, true);
    for (float& v : in.data) v = 1e6f + v / 300;
    long double total = 0, squares = 0;
    for (float const v : in.data) total += v;
    long double const mean = total / static_cast<long double>(in.data.size());
    for (float const v : in.data) squares += (v - mean) * (v - mean);
    test::guarded<float> const source(in);
    auto const first = mean_std(serial{}, source.view());
    CHECK(std::abs(first.mean - static_cast<double>(mean)) < 1e-9);
    CHECK(std::abs(first.variance * static_cast<double>(in.data.size()) / static_cast<double>(squares) - 1) < 1e-10);
    for (auto const& policy : test::scalar_policies()) CHECK(mean_std(policy, source.view()) == first);
    for (auto const& policy : test::vector_policies()) CHECK(mean_std(policy, source.view()) == first);

    float const infinity = std::numeric_limits<float>::infinity();
    in(200, 70) = infinity;
    auto const endless = mean_std(serial{}, test::guarded<float>(in).view());
    CHECK(endless.mean == infinity);
    CHECK(std::isnan(endless.std));
    in(3, 3) = std::numeric_limits<float>::quiet_NaN();
    CHECK(std::isnan(mean_std(serial{}, test::guarded<float>(in).view()).mean));
}

TEST_CASE("covariance: of floating-point channels", "[measure][mean_std]") {
    auto const in = test::random_pixels<rgbf>({150, 130}, 34);
    test::guarded<rgbf> const source(in);
    auto const first = covariance(serial{}, source.view());
    for_each_channel<rgbf>([&](auto a) {
        for_each_channel<rgbf>([&](auto b) { CHECK(std::abs(first.matrix[a][b] - slow_covariance(in, a, b)) < 1e-9); });
    });
    for (auto const& policy : test::vector_policies()) CHECK(covariance(policy, source.view()) == first);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/arithmetic/blend.hpp>

#include "support/zipped.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// ((n - k) a + k b) / n, half up.
template <class T>
T mixed(T a, T b, int k, int n) {
    std::int64_t const sum = std::int64_t{n - k} * a + std::int64_t{k} * b;
    return static_cast<T>(test::floor_div(2 * sum + n, 2 * n));
}

template <class T>
std::string wrong(std::vector<T> const& a, std::vector<T> const& b, int k, int n) {
    return test::wrong_zipped(blend(double(k) / n), [&](T p, T q) { return mixed(p, q, k, n); }, a, b);
}

} // namespace

TEST_CASE("blend: all pairs of bytes with fractions are the exact rational, half up", "[filter][arithmetic]") {
    auto const a = test::all_pairs(false), b = test::all_pairs(true);
    for (int const n : {1, 2, 3, 10, 32, 100, 255, 256, 999, 1000})
        for (int const k : {0, 1, n / 3, n / 2, n - 1, n}) {
            INFO("alpha " << k << " / " << n);
            CHECK(wrong(a, b, std::min(k, n), n) == "");
        }
}

TEST_CASE("blend: 16 bits with fractions are the exact rational, half up, also beside halves", "[filter][arithmetic]") {
    std::mt19937 random(11);
    for (int const n : {1, 2, 3, 10, 100, 256, 999, 1000})
        for (int const k : {0, 1, n / 3, n / 2, n - 1, n}) {
            auto a = test::random_channels<std::uint16_t>(2000, random());
            auto b = test::random_channels<std::uint16_t>(2000, random());
            INFO("alpha " << k << " / " << n);
            CHECK(wrong(a, b, std::min(k, n), n) == "");
            // What is nearest to halves: k (b - a) is n / 2 modulo n, or one off.
            for (std::size_t i = 0; i < a.size(); ++i) {
                int const base = static_cast<int>(a[i]);
                for (int d = 0; d < n; ++d)
                    if (std::abs(2 * (k * d % n) - n) <= 2 && base + 64000 / n * n + d <= 65535) {
                        b[i] = static_cast<std::uint16_t>(base + 64000 / n * n + d);
                        break;
                    }
            }
            CHECK(wrong(a, b, std::min(k, n), n) == "");
            CHECK(wrong(b, a, std::min(k, n), n) == "");
        }
}

TEST_CASE("blend: any alpha is within half a value and 1 / 4,000", "[filter][arithmetic]") {
    std::mt19937 random(12);
    auto const a = test::random_channels<std::uint16_t>(300, 13), b = test::random_channels<std::uint16_t>(300, 14);
    double worst = 0;
    for (int i = 0; i < 300; ++i) {
        double const alpha = static_cast<double>(random()) / 4294967295.0;
        blend_fn const f = blend(alpha);
        for (std::size_t k = 0; k < a.size(); ++k) {
            double const exact = (1 - alpha) * a[k] + alpha * b[k];
            worst = std::max(worst, std::fabs(f(a[k], b[k]) - exact));
            auto const p = static_cast<std::uint8_t>(a[k]), q = static_cast<std::uint8_t>(b[k]);
            worst = std::max(worst, std::fabs(f(p, q) - ((1 - alpha) * p + alpha * q)));
        }
    }
    CHECK(worst < 0.5 + 1.0 / 4000);
}

TEST_CASE("blend: other types of channels", "[filter][arithmetic]") {
    auto const a = test::random_channels<std::int32_t>(3000, 15), b = test::random_channels<std::int32_t>(3000, 16);
    auto const whole = [](std::int32_t p, std::int32_t q) {
        return test::clamped<std::int32_t>(std::floor(p + (double(q) - p) * 0.3 + 0.5));
    };
    CHECK(test::wrong_zipped(blend(0.3), whole, a, b) == "");
    auto const c = test::random_channels<std::int16_t>(3000, 15), d = test::random_channels<std::int16_t>(3000, 16);
    CHECK(
        test::wrong_zipped(blend(0.25), [](std::int16_t p, std::int16_t q) { return mixed(p, q, 1, 4); }, c, d) == "");
    auto const e = test::random_channels<float>(3000, 17), f = test::random_channels<float>(3000, 18);
    CHECK(test::wrong_zipped(blend(0.3), [](float p, float q) { return p * 0.7f + q * 0.3f; }, e, f) == "");
    for (double const alpha : {-0.01, 1.01, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(blend(alpha), invalid_argument);
}

TEST_CASE("blend: in the engine", "[filter][arithmetic]") {
    auto const mean = [](std::uint8_t p, std::uint8_t q) { return mixed(p, q, 3, 10); };
    CHECK(test::wrong_zipped_in_engine<std::uint8_t>(blend(0.3), mean) == "");
}

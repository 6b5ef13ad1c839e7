// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/tone/curves.hpp>

#include "support/functor.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/tone/lut.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <bit>
#include <cmath>
#include <limits>

using namespace quoin;
using Catch::Matchers::Message;

namespace {

float const inf = std::numeric_limits<float>::infinity(), not_a_number = std::numeric_limits<float>::quiet_NaN();

/// Whether the table of a curve is formula(v / white), rounded half up, computed with more digits than double has.
template <class T>
bool right_table(auto const& stage, auto const& formula) {
    std::vector<T> const table = table_of<T>(stage);
    long double const white = quoin::white<T>;
    for (std::size_t v = 0; v < table.size(); ++v) {
        long double const exact = white * formula(static_cast<long double>(v) / white);
        if (table[v] != std::min(std::max(std::floor(exact + 0.5L), 0.0L), white)) return false;
    }
    return true;
}

/// The largest distance of a curve of floats to formula(v), in units in the last place if `relative`. Scalars and lanes
/// must agree to the bit, or the distance is infinite.
double farthest(auto const& stage, auto const& formula, bool relative, float first = 0, float last = 1) {
    constexpr int count = 8192;
    image<float> in(count, 1);
    for (int i = 0; i < count; ++i)
        in(i, 0) = first + (last - first) * static_cast<float>(i) / static_cast<float>(count - 1);
    auto const one = to_image(serial{}, in.view() | stage), several = to_image(simd{}, in.view() | stage);
    double most = 0;
    for (int i = 0; i < count; ++i) {
        float const found = one(i, 0);
        if (std::bit_cast<int>(found) != std::bit_cast<int>(several(i, 0))) return static_cast<double>(inf);
        double const exact = formula(static_cast<double>(in(i, 0)));
        if (relative && exact != 0 && exact < 1.2e-38) continue; // floats have fewer digits there
        double const unit = relative && exact != 0 ? std::ldexp(1.0, std::ilogb(exact) - 23) : 1;
        most = std::max(most, std::abs(static_cast<double>(found) - exact) / unit);
    }
    return most;
}

} // namespace

TEST_CASE("gamma: every value of u8 and u16, and the digits of floats", "[filter][gamma]") {
    for (float const gamma : {0.01f, 0.4545f, 1.0f, 2.2f, 7.0f, 100.0f}) {
        CAPTURE(gamma);
        auto const power = [=](auto v) { return std::pow(v, static_cast<decltype(v)>(gamma)); };
        CHECK(right_table<std::uint8_t>(adjust_gamma(gamma), power));
        CHECK(right_table<std::uint16_t>(adjust_gamma(gamma), power));
        CHECK(farthest(adjust_gamma(gamma), power, true, 0.0f, 1.0f) <= 2 + static_cast<double>(gamma));
        CHECK(farthest(adjust_gamma(gamma), power, true, 1e-3f, 1e-2f / gamma) <= 2 + static_cast<double>(gamma));
    }
    auto const squared = adjust_gamma(2.0f).floats();
    CHECK((squared(-1.0f) == 0 && squared(-0.0f) == 0 && squared(0.0f) == 0 && squared(1.0f) == 1));
    for (float const below : {-0.25f, -0.6f, -1e-30f}) CHECK(squared(below) == 0); // without overflow on the way
    CHECK((squared(inf) == inf && squared(-inf) == 0 && std::isnan(squared(not_a_number))));
    CHECK((squared(1e30f) == inf && std::abs(squared(1e15f) / 1e30f - 1) < 1e-6f));
    CHECK(adjust_gamma(0.5f).floats()(1e-40f) > 0.99e-20f); // a subnormal number
    // The bytes of skimage.exposure.adjust_gamma(v, 2.2) for v = 0, 16, ... 240.
    auto const table = table_of<std::uint8_t>(adjust_gamma(2.2f));
    int const known[] = {0, 1, 3, 6, 12, 20, 30, 42, 56, 73, 91, 113, 137, 163, 192, 223};
    for (std::size_t i = 0; i < 16; ++i) CHECK(table[16 * i] == known[i]);
    CHECK_THROWS_MATCHES(adjust_gamma(0), invalid_argument,
                         Message("quoin::adjust_gamma: the gamma is 0; give a number from 0.01 to 100"));
    CHECK_THROWS_AS(adjust_gamma(not_a_number), invalid_argument);
}

TEST_CASE("levels: black, white and between", "[filter][levels]") {
    struct {
        float low, high, gamma;
    } const cases[] = {{0, 255, 1}, {40, 210, 1}, {40, 210, 2.2f}, {-20, 300, 0.5f}, {12.5f, 13, 1}, {300, 400, 1}};
    for (auto const& c : cases) {
        CAPTURE(c.low, c.high, c.gamma);
        auto const of_white = [=](long double white) {
            return [=](long double v) {
                long double const share = (v * white - static_cast<long double>(c.low)) /
                                          (static_cast<long double>(c.high) - static_cast<long double>(c.low));
                return share <= 0 ? 0.0L : std::pow(std::min(share, 1.0L), static_cast<long double>(1 / c.gamma));
            };
        };
        CHECK(right_table<std::uint8_t>(levels(c.low, c.high, c.gamma), of_white(255)));
        CHECK(right_table<std::uint16_t>(levels(c.low, c.high, c.gamma), of_white(65535)));
    }
    auto const share = [](double v) { return std::min(std::max((v - 0.25) / 0.5, 0.0), 1.0); };
    CHECK(farthest(levels(0.25f, 0.75f), share, true, -1, 2) <= 1);
    CHECK(farthest(levels(0.25f, 0.75f, 2), [=](double v) { return std::sqrt(share(v)); }, true, -1, 2) <= 3);
    auto const f = levels(1, 3, 2).floats();
    CHECK((f(inf) == 1 && f(-inf) == 0 && f(1.0f) == 0 && f(3.0f) == 1 && std::isnan(f(not_a_number))));
    CHECK_THROWS_MATCHES(
        levels(200, 100), invalid_argument,
        Message("quoin::levels: black is 200 and white is 100; give finite numbers, the first below the second"));
    CHECK_THROWS_AS(levels(1, 1), invalid_argument);
    CHECK_THROWS_AS(levels(not_a_number, 1), invalid_argument);
    CHECK_THROWS_AS(levels(0, inf), invalid_argument);
    CHECK_THROWS_AS(levels(0, 1, 0), invalid_argument);
}

TEST_CASE("log and sigmoid: every value of u8 and u16, and floats", "[filter][log][sigmoid]") {
    auto const log = [](auto v) { return std::log2(1 + v); };
    CHECK(right_table<std::uint8_t>(adjust_log(), log));
    CHECK(right_table<std::uint16_t>(adjust_log(0.5f), [=](auto v) { return log(v) / 2; }));
    CHECK(right_table<std::uint8_t>(adjust_log(3), [=](auto v) { return 3 * log(v); }));
    CHECK(farthest(adjust_log(), log, false) <= std::ldexp(1.0, -22));
    auto const f = adjust_log().floats();
    CHECK((f(0.0f) == 0 && f(-0.5f) == 0 && f(-inf) == 0 && f(inf) == inf && std::isnan(f(not_a_number)) &&
           f(1.0f) == 1));
    CHECK_THROWS_AS(adjust_log(0), invalid_argument);
    CHECK_THROWS_AS(adjust_log(not_a_number), invalid_argument);

    auto const sigmoid = [](auto cutoff, auto gain) {
        return [=](auto v) { return 1 / (1 + std::exp(gain * (cutoff - v))); };
    };
    CHECK(right_table<std::uint8_t>(adjust_sigmoid(), sigmoid(0.5L, 10.0L)));
    CHECK(right_table<std::uint16_t>(adjust_sigmoid(0.25f, -7), sigmoid(0.25L, -7.0L)));
    CHECK(farthest(adjust_sigmoid(), sigmoid(0.5, 10.0), false) <= std::ldexp(1.0, -20));
    CHECK(farthest(adjust_sigmoid(0.5f, 100), sigmoid(0.5, 100.0), false) <= std::ldexp(1.0, -20));
    auto const g = adjust_sigmoid().floats();
    CHECK((g(0.5f) == 0.5f && g(inf) == 1 && g(-inf) < 1e-30f && std::isnan(g(not_a_number))));
    CHECK_THROWS_AS(adjust_sigmoid(not_a_number), invalid_argument);
    CHECK_THROWS_AS(adjust_sigmoid(0.5f, inf), invalid_argument);
}

TEST_CASE("curves: in the engine, on colors, and as one table", "[filter][gamma]") {
    CHECK(test::wrong_in_engine<rgb8>(levels(20, 230, 1.5f), reflect_101) == "");
    auto const both = table_of<std::uint16_t>(adjust_gamma(0.5f) | levels(1000, 60000));
    auto const first = table_of<std::uint16_t>(adjust_gamma(0.5f)),
               second = table_of<std::uint16_t>(levels(1000, 60000));
    bool equal = true;
    for (std::size_t v = 0; v < 65536; ++v) equal = equal && both[v] == second[first[v]];
    CHECK(equal);
    image<std::uint16_t> const in(7, 3);
    CHECK(to_image(simd{}, in.view() | lut(both))(0, 0) == both[0]);
}

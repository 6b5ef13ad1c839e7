// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/arithmetic/mean_of.hpp>

#include "support/zipped.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class T>
T mean(std::int64_t sum, std::int64_t count) {
    return static_cast<T>(test::floor_div(2 * sum + count, 2 * count));
}

template <class T>
std::string wrong() {
    std::vector<T> in[9];
    for (unsigned i = 0; i < 9; ++i) in[i] = test::random_channels<T>(3000, 40 + i);
    auto const formula = [](auto... v) { return mean<T>((std::int64_t{v} + ...), sizeof...(v)); };
    return test::wrong_zipped(mean_of, formula, in[0], in[1]) +
           test::wrong_zipped(mean_of, formula, in[0], in[1], in[2]) +
           test::wrong_zipped(mean_of, formula, in[0], in[1], in[2], in[3]) +
           test::wrong_zipped(mean_of, formula, in[0], in[1], in[2], in[3], in[4], in[5], in[6], in[7], in[8]);
}

} // namespace

TEST_CASE("mean_of: all pairs of bytes", "[filter][arithmetic]") {
    auto const half = [](int a, int b) { return static_cast<std::uint8_t>((a + b + 1) / 2); };
    CHECK(test::wrong_zipped(mean_of, half, test::all_pairs(false), test::all_pairs(true)) == "");
}

TEST_CASE("mean_of: every sum of bytes with every number of inputs", "[filter][arithmetic]") {
    auto const all = []<int... I>(std::integer_sequence<int, I...>) {
        for (int sum = 0; sum <= 255 * static_cast<int>(sizeof...(I)); ++sum) {
            auto const part = [&](int i) {
                return static_cast<std::uint8_t>(std::min(255, std::max(0, sum - 255 * i)));
            };
            if (mean_of(part(I)...) != mean<std::uint8_t>(sum, sizeof...(I))) return sum;
        }
        return -1;
    };
    CHECK(all(std::make_integer_sequence<int, 2>{}) == -1);
    CHECK(all(std::make_integer_sequence<int, 3>{}) == -1);
    CHECK(all(std::make_integer_sequence<int, 7>{}) == -1);
    CHECK(all(std::make_integer_sequence<int, 33>{}) == -1);
    CHECK(all(std::make_integer_sequence<int, 63>{}) == -1);
    CHECK(all(std::make_integer_sequence<int, 64>{}) == -1);
}

TEST_CASE("mean_of: every type of channel", "[filter][arithmetic]") {
    CHECK(wrong<std::uint8_t>() == "");
    CHECK(wrong<std::uint16_t>() == "");
    CHECK(wrong<std::int16_t>() == "");
    CHECK(wrong<std::int32_t>() == "");
    auto const a = test::random_channels<float>(3000, 50), b = test::random_channels<float>(3000, 51);
    CHECK(test::wrong_zipped(mean_of, [](float p, float q, float r) { return (p + q + r) / 3; }, a, b, a) == "");
}

TEST_CASE("mean_of: in the engine", "[filter][arithmetic]") {
    auto const half = [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>((a + b + 1) / 2); };
    CHECK(test::wrong_zipped_in_engine<std::uint8_t>(mean_of, half) == "");
}

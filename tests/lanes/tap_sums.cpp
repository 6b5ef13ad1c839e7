// SPDX-License-Identifier: BSL-1.0
// Sums of tables along a line, at places that differ from lane to lane, against plain loops.
#include <quoin/lanes/simd_lanes.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <vector>

using namespace quoin;

namespace {

/// Results of a table that halves, if `halves`, have the same small weights, two inputs apart, but for some at its
/// ends.
template <class T, class Weight>
bool same_sums(std::mt19937& random, int count, int step, bool halves = false) {
    constexpr bool signed_values = std::same_as<T, std::int16_t>;
    auto const number = [&](int least, int most) { return std::uniform_int_distribution<int>(least, most)(random); };
    index_t const size = number(1, 200);
    std::vector<index_t> first;
    std::vector<int> used;
    std::vector<Weight> weights;
    index_t input = 0;
    int const shift = number(0, 8), begin = number(0, 5), before_end = number(0, 5);
    std::vector<int> same;
    for (int k = 0, rest = 128; k < count; ++k) {
        same.push_back(number(-rest, std::min(rest, 127)) / (k + 1 < count ? 2 : 1));
        rest -= std::abs(same.back());
    }
    for (index_t i = 0; i < size; ++i) {
        bool const regular = halves && i >= begin && i < size - before_end;
        first.push_back(i == 0 ? number(0, 3) : first.back() + (halves ? 2 : number(0, step)));
        used.push_back(regular ? count : number(1, count));
        if (i > 0) used.back() = std::max<int>(used.back(), static_cast<int>(input - first.back()));
        used.back() = std::min(used.back(), count);
        input = std::max(input, first.back() + used.back());
        for (int k = 0; k < count; ++k) {
            int const w = number(-3000, 3000);
            if (regular) {
                int const big = same[static_cast<std::size_t>(k)] * (1 << shift);
                if constexpr (std::same_as<Weight, split_weight>) weights.push_back(split_weight::of(big * (1 << 5)));
                else weights.push_back(static_cast<Weight>(big));
                continue;
            }
            if constexpr (std::same_as<Weight, split_weight>)
                weights.push_back(split_weight::of(k < used.back() ? 40 * w : 0));
            else weights.push_back(static_cast<Weight>(k < used.back() ? w : 0));
        }
    }
    tap_table<Weight> table{.size = size,
                            .input = input,
                            .count = count,
                            .first = first.data(),
                            .used = used.data(),
                            .weights = weights.data()};
    // Steps may reach behind the last column, and read no inputs of the results there.
    index_t const first_column = number(0, static_cast<int>(size) - 1);
    interval const columns{first_column, number(static_cast<int>(first_column) + 1, static_cast<int>(size))};
    input = table.input_of(columns).end;
    using sums_type = simd_lanes::tap_sums<T, Weight>;
    sums_type sums(table);
    struct alignas(64) block {
        std::byte bytes[64];
    };
    std::vector<block> memory(static_cast<std::size_t>(sums.bytes(columns)) / 64 + 1);
    sums.arrange(table, columns, memory.front().bytes);
    // What lies behind the inputs must have no effect.
    std::vector<T> line(static_cast<std::size_t>(input + sums.slack()), T{99});
    if constexpr (std::is_floating_point_v<T>)
        std::fill(line.begin() + input, line.end(), std::numeric_limits<T>::quiet_NaN());
    for (index_t i = 0; i < input; ++i)
        line[static_cast<std::size_t>(i)] = static_cast<T>(number(signed_values ? -255 : 0, 255));
    for (index_t x = columns.begin; x < columns.end; x += simd_lanes::count) {
        sum_of<Weight> values[simd_lanes::count];
        sums(line.data(), x).store(values);
        for (int i = 0; i < simd_lanes::count && x + i < columns.end; ++i) {
            sum_of<Weight> expected = 0;
            for (int k = 0; k < used[static_cast<std::size_t>(x + i)]; ++k) {
                Weight const w = table.weights_of(x + i)[k];
                auto const v = line[static_cast<std::size_t>(first[static_cast<std::size_t>(x + i)] + k)];
                if constexpr (std::same_as<Weight, split_weight>) expected += v * w.value();
                else expected += v * w;
            }
            if (values[i] != expected) return false;
        }
    }
    return true;
}

} // namespace

TEST_CASE("tap_sums: every number of taps, near and far apart", "[lanes]") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int count = 1; count <= 60; ++count)
        for (int step : {0, 1, 2, 3, 5, 20}) {
            CAPTURE(count, step);
            REQUIRE(same_sums<std::uint8_t, std::int16_t>(random, count, step));
            REQUIRE(same_sums<std::uint8_t, split_weight>(random, count, step));
            REQUIRE(same_sums<std::int16_t, std::int16_t>(random, count, step));
            REQUIRE(same_sums<std::uint16_t, double>(random, count, step));
            REQUIRE(same_sums<std::int16_t, double>(random, count, step));
            REQUIRE(same_sums<std::int32_t, double>(random, count, step));
            REQUIRE(same_sums<float, double>(random, count, step));
            REQUIRE(same_sums<double, double>(random, count, step));
            REQUIRE(same_sums<std::uint16_t, float>(random, count, step));
        }
}

TEST_CASE("tap_sums: NaN and signs of zeros are those of the inputs that count", "[lanes]") {
    // Two results of one input, then one of three. The inputs behind a result are NaN, or make +0 of -0.
    constexpr index_t size = 3;
    index_t const first[size] = {0, 0, 0};
    int const used[size] = {1, 1, 3};
    double const weights[3 * size] = {1, 0, 0, -2, 0, 0, 0, 1, 0};
    tap_table<double> const table{
        .size = size, .input = 3, .count = 3, .first = first, .used = used, .weights = weights};
    simd_lanes::tap_sums<float, double> sums(table);
    struct alignas(64) block {
        std::byte bytes[64];
    };
    std::vector<block> memory(static_cast<std::size_t>(sums.bytes({0, size})) / 64 + 1);
    sums.arrange(table, {0, size}, memory.front().bytes);
    std::vector<float> line(static_cast<std::size_t>(3 + sums.slack()), 1.0f);
    auto const at = [&](int i) {
        double values[simd_lanes::count];
        sums(line.data(), 0).store(values);
        return values[i];
    };
    line[0] = -0.0f;
    CHECK(std::signbit(at(0)));
    CHECK(!std::signbit(at(1)));
    line[0] = 3;
    line[1] = std::numeric_limits<float>::quiet_NaN();
    CHECK(at(0) == 3);
    CHECK(at(1) == -6);
    CHECK(std::isnan(at(2)));
    line[1] = 5;
    CHECK(at(2) == 5);
    line[2] = std::numeric_limits<float>::infinity(); // times a weight of 0
    CHECK(std::isnan(at(2)));
}

TEST_CASE("tap_sums: tables that halve have the sums of a plain loop", "[lanes]") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int count = 1; count <= 10; ++count)
        for (int i = 0; i < 20; ++i) {
            CAPTURE(count, i);
            REQUIRE(same_sums<std::uint8_t, std::int16_t>(random, count, 2, true));
            REQUIRE(same_sums<std::uint8_t, split_weight>(random, count, 2, true));
            REQUIRE(same_sums<std::int16_t, std::int16_t>(random, count, 2, true));
            REQUIRE(same_sums<std::uint16_t, float>(random, count, 2, true));
            REQUIRE(same_sums<std::uint16_t, double>(random, count, 2, true));
            REQUIRE(same_sums<float, double>(random, count, 2, true));
            REQUIRE(same_sums<std::int32_t, double>(random, count, 2, true));
        }
}

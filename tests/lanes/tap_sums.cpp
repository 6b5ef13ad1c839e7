// SPDX-License-Identifier: BSL-1.0
// Sums of tables along a line, at places that differ from lane to lane, against plain loops.
#include <quoin/lanes/simd_lanes.hpp>

#include <catch2/catch_test_macros.hpp>

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
    interval const columns{number(0, static_cast<int>(size) - 1), size};
    using sums_type = simd_lanes::tap_sums<T, Weight>;
    sums_type sums(table);
    struct alignas(64) block {
        std::byte bytes[64];
    };
    std::vector<block> memory(static_cast<std::size_t>(sums.bytes(columns)) / 64 + 1);
    sums.arrange(table, columns, memory.front().bytes);
    // What lies behind the inputs must have no effect.
    std::vector<T> line(static_cast<std::size_t>(input + sums.slack()), T{99});
    if constexpr (std::is_floating_point_v<T>) line.back() = std::numeric_limits<T>::quiet_NaN();
    for (index_t i = 0; i < input; ++i)
        line[static_cast<std::size_t>(i)] = static_cast<T>(number(signed_values ? -255 : 0, 255));
    for (index_t x = columns.begin; x < columns.end; x += simd_lanes::count) {
        sum_of<Weight> values[simd_lanes::count];
        sums(line.data(), x).store(values);
        for (int i = 0; i < simd_lanes::count && x + i < size; ++i) {
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
        }
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

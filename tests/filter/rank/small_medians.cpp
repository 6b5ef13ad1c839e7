// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/rank/small_medians.hpp>

#include "support/rank_image.hpp"
#include "support/swept_image.hpp"
#include "support/types.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <random>

using namespace quoin;
using test::noise, test::swept_image;

namespace {

/// The middle one of an odd number of values.
template <class T>
T middle(std::vector<T> all) {
    std::sort(all.begin(), all.end(), test::before<T>);
    return all[all.size() / 2];
}
template <class T>
auto of_cross(int side) {
    return [=](auto const& at) {
        std::vector<T> all{at(0, 0)};
        for (int i = 1; i <= side / 2; ++i) all.insert(all.end(), {at(-i, 0), at(i, 0), at(0, -i), at(0, i)});
        return middle(all);
    };
}
template <class T>
auto of_weights(int weight) {
    return [=](auto const& at) {
        std::vector<T> all(static_cast<std::size_t>(weight - 1), at(0, 0));
        for (int j = -1; j <= 1; ++j)
            for (int i = -1; i <= 1; ++i) all.push_back(at(i, j));
        return middle(all);
    };
}

template <class T>
std::string wrong(swept_image<T> const& image) {
    std::string text;
    for (int side : {3, 5}) text += image.wrong(detail::median_of_cross<T>{side}, of_cross<T>(side));
    for (int weight : {1, 3, 5, 7, 9}) text += image.wrong(detail::weighted_median<T>{weight}, of_weights<T>(weight));
    return text;
}

} // namespace

TEST_CASE("small_medians: all zeros and ones", "[filter][median_cross][median_weighted]") {
    // A network of minima and maxima that is right for these is right for all values.
    for (int pattern = 0; pattern < 512; ++pattern) {
        int const places[9][2] = {{0, 0}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}, {-2, 0}, {2, 0}, {0, -2}, {0, 2}};
        std::uint8_t cells[5][5] = {};
        for (int i = 0; i < 9; ++i)
            cells[places[i][1] + 2][places[i][0] + 2] = static_cast<std::uint8_t>(pattern >> i & 1);
        int n = 0;
        swept_image<std::uint8_t> cross(2, {1, 1}, [&] {
            int const row = n / (5 + simd_lanes::count), x = n++ % (5 + simd_lanes::count);
            return x < 5 ? cells[row][x] : std::uint8_t{0};
        });
        REQUIRE(cross.wrong_sweep<scalar_lanes>(detail::median_of_cross<std::uint8_t>{3}, of_cross<std::uint8_t>(3)) ==
                "");
        REQUIRE(cross.wrong_sweep<scalar_lanes>(detail::median_of_cross<std::uint8_t>{5}, of_cross<std::uint8_t>(5)) ==
                "");
        n = 0;
        swept_image<std::uint8_t> square(1, {1, 1}, [&] {
            int const row = n / (3 + simd_lanes::count), x = n++ % (3 + simd_lanes::count);
            return x < 3 ? static_cast<std::uint8_t>(pattern >> (3 * row + x) & 1) : std::uint8_t{0};
        });
        for (int weight : {1, 3, 5, 7, 9})
            REQUIRE(square.wrong_sweep<scalar_lanes>(detail::weighted_median<std::uint8_t>{weight},
                                                     of_weights<std::uint8_t>(weight)) == "");
    }
}

TEST_CASE("small_medians: values of every type", "[filter][median_cross][median_weighted]") {
    test::types<std::uint8_t, std::uint16_t, float>::each([]<class T>() {
        for (index_t width : {1, 31, 130})
            for (bool few : {false, true})
                CHECK(wrong(swept_image<T>(2, {width, 6}, noise<T>(static_cast<unsigned>(width), few))) == "");
    });
}

TEST_CASE("small_medians: NaN is larger than all numbers, and -0 less than 0",
          "[filter][median_cross][median_weighted]") {
    auto const some = [generator = std::mt19937(7)]() mutable {
        float const values[] = {std::numeric_limits<float>::quiet_NaN(),
                                -std::numeric_limits<float>::quiet_NaN(),
                                std::numeric_limits<float>::infinity(),
                                -std::numeric_limits<float>::infinity(),
                                -0.0f,
                                0,
                                std::numeric_limits<float>::denorm_min(),
                                1};
        return values[generator() % 8];
    };
    CHECK(wrong(swept_image<float>(2, {300, 9}, some)) == "");
}

TEST_CASE("small_medians: in the engine, and what is refused", "[filter][median_cross][median_weighted]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(median_cross(5), reflect_101) == "");
    CHECK(test::wrong_in_engine<std::uint8_t>(median_weighted(5), reflect_101) == "");
    for (int side : {-3, 0, 1, 4, 7}) CHECK_THROWS_AS(median_cross(side), invalid_argument);
    for (int weight : {-1, 0, 2, 11}) CHECK_THROWS_AS(median_weighted(weight), invalid_argument);
}

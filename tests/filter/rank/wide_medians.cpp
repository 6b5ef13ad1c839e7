// SPDX-License-Identifier: BSL-1.0
// Medians of 16 and 32 bits by networks, and of floats that are no numbers.
#include <quoin/filter/rank/percentile.hpp>

#include "support/rank_image.hpp"
#include "support/types.hpp"

#include <catch2/catch_test_macros.hpp>

#include <bit>
#include <limits>

using namespace quoin;
using test::noisy, test::rank_image;

TEST_CASE("median: shared networks of other types equal nth_element", "[filter][median]") {
    test::types<std::uint16_t, float>::each([]<class T>() {
        for (int side : {5, 7, 9})
            for (index_t width : {1, 31, 130, 300, 777})
                for (bool few : {false, true})
                    CHECK(noisy<T>(side, {width, 4}, few).wrong_sweep(side * side / 2) == "");
        CHECK(noisy<T>(9, {70, 37}).wrong_sweep(40, 100) == ""); // all places of what is kept
    });
    // All values of 16 bits.
    rank_image<std::uint16_t> const all(5, {256, 251},
                                        [n = 0u]() mutable { return static_cast<std::uint16_t>(n++ * 40503u); });
    CHECK(all.wrong_sweep<simd_lanes>(12) == "");
}

TEST_CASE("median: NaN is larger than all numbers, and -0 less than 0", "[filter][median]") {
    for (int side : {3, 5, 7, 9, 11}) {
        auto const some = [generator = std::mt19937(7)]() mutable {
            float const values[] = {std::numeric_limits<float>::quiet_NaN(),
                                    -std::numeric_limits<float>::quiet_NaN(),
                                    std::numeric_limits<float>::infinity(),
                                    -std::numeric_limits<float>::infinity(),
                                    std::bit_cast<float>(0xff812345u),
                                    -1,
                                    0,
                                    std::numeric_limits<float>::denorm_min(),
                                    std::numeric_limits<float>::max(),
                                    1};
            return values[generator() % 10];
        };
        rank_image<float> const image(side, {70, 5}, some);
        int const middle = side * side / 2;
        CHECK(image.wrong_windows(middle) == "");
        CHECK(image.wrong_windows(0) == "");
        if (side > 3) CHECK(image.wrong_sweep(middle) == "");
    }
    rank_image<float> zeros(3, {1, 1}, [] { return 0.0f; });
    zeros.rows[1][1] = -0.0f;
    float const* const lines[] = {zeros.rows[0].data(), zeros.rows[1].data(), zeros.rows[2].data()};
    window<scalar_lanes, float, detail::counted_lines<float>> const w({lines + 1}, 0, 1);
    CHECK(std::signbit(detail::rank_of_square<float>(3, 0)(w)));
    CHECK_FALSE(std::signbit(detail::rank_of_square<float>(3, 1)(w)));
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/tone/adaptive_threshold.hpp>

#include "filter/tone/adaptive_formula.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::values;

namespace {

template <class T>
std::string wrong(int side, double offset, threshold_sense sense, bool coarse) {
    values in = test::random_values<T>({70 + side - 1, 5 + side - 1}, 1, 17, false);
    // In a coarse picture many pixels are equal to the mean around them, less the offset.
    if (coarse)
        for (double& v : in.data) v = std::floor(v / static_cast<double>(highest<T>) * 8) + 3;
    return test::wrong_alone<T>(adaptive_threshold(side, offset, sense), in,
                                test::adaptive_formula<T>(in, side, offset, sense, false));
}

using channels = test::types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t>;

} // namespace

TEST_CASE("adaptive_threshold: every type of integers equals the formula", "[filter][adaptive_threshold]") {
    channels::each([]<class T>() {
        for (int side : {3, 7, 9, 15, 41})
            for (double offset : {0.0, 2.0, -1.0, 0.75, 400.0})
                for (bool coarse : {false, true}) {
                    CAPTURE(side, offset, coarse, sizeof(T));
                    CHECK(wrong<T>(side, offset, threshold_sense::binary, coarse) == "");
                }
        CHECK(wrong<T>(5, 1.25, threshold_sense::inverted, true) == "");
    });
}

TEST_CASE("adaptive_threshold: the largest square of the largest values", "[filter][adaptive_threshold]") {
    channels::each([]<class T>() {
        constexpr int side = 255;
        for (double value : {static_cast<double>(highest<T>), static_cast<double>(lowest<T>)}) {
            values in({40 + side - 1, 2 + side - 1}, 1), none({40, 2}, 1), all({40, 2}, 1);
            for (double& v : in.data) v = value;
            for (double& v : all.data) v = static_cast<double>(white<T>);
            CHECK(test::wrong_alone<T>(adaptive_threshold(side, 0), in, none) == "");
            CHECK(test::wrong_alone<T>(adaptive_threshold(side, 1), in, all) == "");
            CHECK(test::wrong_alone<T>(adaptive_threshold(side, 3e38), in, all) == "");
            CHECK(test::wrong_alone<T>(adaptive_threshold(side, -3e38), in, none) == "");
        }
    });
}

TEST_CASE("adaptive_threshold: bad sides and offsets are refused", "[filter][adaptive_threshold]") {
    for (int side : {-3, 0, 1, 2, 4, 256, 257}) {
        CAPTURE(side);
        CHECK_THROWS_AS(adaptive_threshold(side, 0), invalid_argument);
    }
    for (double offset : {std::numeric_limits<double>::quiet_NaN(), 1e39, -1e39})
        CHECK_THROWS_AS(adaptive_threshold<adaptive_method::gaussian>(3, offset), invalid_argument);
    CHECK_NOTHROW(adaptive_threshold(255, -3e38));
}

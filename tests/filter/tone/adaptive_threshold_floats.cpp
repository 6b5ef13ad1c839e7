// SPDX-License-Identifier: BSL-1.0
// adaptive_threshold of floats.
#include "filter/tone/adaptive_runs.hpp"

using namespace quoin;
using test::threshold_of, test::wrong_threshold;
using enum threshold_sense;

TEST_CASE("adaptive_threshold: floats equal the formula", "[filter][adaptive_threshold]") {
    // Pixels are whole, so no difference to a mean over the square is near to such an offset.
    for (int side : {3, 9, 15, 41})
        for (double offset : {0.0, 2.0, -1.0})
            for (bool coarse : {false, true}) {
                CAPTURE(side, offset, coarse);
                CHECK(wrong_threshold<float, adaptive_method::mean>(side, offset + 0.49 / (side * side), binary,
                                                                    coarse) == "");
            }
    CHECK(wrong_threshold<float, adaptive_method::mean>(5, 1.01, inverted, true) == "");
    for (int side : {3, 5, 7, 9, 11, 31})
        for (bool coarse : {false, true}) {
            CAPTURE(side, coarse);
            CHECK(wrong_threshold<float, adaptive_method::gaussian>(side, 1.375, binary, coarse) == "");
        }
}

TEST_CASE("adaptive_threshold: floats of one value are never above their mean", "[filter][adaptive_threshold]") {
    for (float value : {0.3f, 1.0f / 3, 1e-30f, 3e37f, -0.7f, 16777213.0f, 0.0f})
        for (int side : {3, 11, 15, 31, 255}) {
            CAPTURE(value, side);
            image<float> in(35, 2);
            for (index_t y = 0; y < 2; ++y) std::fill_n(in.view().row(y), 35, value);
            auto const mean = threshold_of<float, adaptive_method::mean>(in, side, 0);
            auto const gaussian = threshold_of<float, adaptive_method::gaussian>(in, side, 0);
            for (index_t x = 0; x < 35; ++x) CHECK((mean(x, 1) == 0 && gaussian(x, 0) == 0));
        }
}

TEST_CASE("adaptive_threshold: NaN is not above, and raises the mean around it; infinities count as 2^128",
          "[filter][adaptive_threshold]") {
    constexpr float nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
    // A pixel among zeros, one beside it, and whether the first is above.
    struct {
        float middle, beside;
        bool above;
    } const cases[] = {{5, 0, true},     {nan, 0, false},  {-nan, 0, false},  {5, nan, false},
                       {5, inf, false},  {5, -inf, true},  {inf, 0, true},    {-inf, 0, false},
                       {inf, inf, true}, {5, -nan, false}, {nan, -inf, false}};
    for (auto const& c : cases) {
        CAPTURE(c.middle, c.beside);
        image<float> in(40, 3);
        in(20, 1) = c.middle;
        in(21, 1) = c.beside;
        CHECK(threshold_of<float, adaptive_method::mean>(in, 3, 0)(20, 1) == (c.above ? 1.0f : 0.0f));
        CHECK(threshold_of<float, adaptive_method::mean>(in, 3, 0, inverted)(20, 1) == (c.above ? 0.0f : 1.0f));
    }
}

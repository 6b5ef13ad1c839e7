// SPDX-License-Identifier: BSL-1.0
// adaptive_threshold with the weights of a Gaussian.
#include "filter/tone/adaptive_runs.hpp"

using namespace quoin;
using test::wrong_threshold;
using enum threshold_sense;

namespace {
using channels = test::types<std::uint8_t, std::uint16_t, std::int16_t>;
} // namespace

TEST_CASE("adaptive_threshold: weighted by a Gaussian, every type of integers equals the formula",
          "[filter][adaptive_threshold]") {
    channels::each([]<class T>() {
        for (int side : {3, 5, 7, 9, 11, 31})
            for (bool coarse : {false, true}) {
                CAPTURE(side, coarse, sizeof(T));
                CHECK(wrong_threshold<T, adaptive_method::gaussian>(side, 1.375, binary, coarse) == "");
            }
        CHECK(wrong_threshold<T, adaptive_method::gaussian>(11, -2.75, inverted, true) == "");
    });
}

// SPDX-License-Identifier: BSL-1.0
// convolve of the pixel types that convolve.cpp leaves out.
#include <quoin/filter/convolve.hpp>

#include "filter/convolve_formula.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using namespace test;

TEST_CASE("convolve: the other pixel types", "[filter][convolve]") {
    CHECK(check<std::int16_t>(sharpening, 3, reflect_101, few_extents()) == "");
    CHECK(check<float>(quarters, 1.0f, reflect_101, few_extents()) == "");
    CHECK(check<std::uint8_t>(quarters, 1.0f, reflect_101, few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::int32_t>(sharpening, 3, reflect_101, few_extents()) == "");
    CHECK(check<rgb8>(sharpening, 3, reflect_101, few_extents()) == "");
    CHECK(check<yuv<float>>(quarters, 4.0f, reflect_101, few_extents()) == "");
    CHECK(check<float>(quarters, 3.7f, reflect_101, few_extents(), 1e-5) == "");
#endif
}

// SPDX-License-Identifier: BSL-1.0
// half_to_even against the machine's own rounding.
#include <quoin/core/detail/half_to_even.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>

TEST_CASE("half_to_even: the machine's rounding to nearest", "[core]") {
    for (int i = 0; i < 4000; ++i)
        for (double const x : {i / 4.0, std::nextafter(i / 4.0, 0.0), std::nextafter(i / 4.0, 1e9), i * 1e12 + 0.5}) {
            CAPTURE(x);
            CHECK(static_cast<double>(quoin::detail::half_to_even(x)) == std::nearbyint(x));
        }
}

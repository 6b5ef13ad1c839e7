// SPDX-License-Identifier: BSL-1.0
// match_template of u16 against plain sums.
#include "plain_match.hpp"
#include "support/device_policy.hpp"

#include <quoin/geometry/flip.hpp>

using namespace quoin;

TEST_CASE("match_template: plain sums of u16, under every policy", "[feature][match_template]") {
    test::check_matches<std::uint16_t>();
}

TEST_CASE("match_template: sums beyond 53 bits", "[feature][match_template]") {
    test::check_match<std::uint16_t>({70, 63}, {64, 62}, 91);
    test::check_match<std::uint16_t>({300, 8}, {290, 3}, 92);
    image<std::uint16_t> white(80, 70), pattern(64, 64);
    for (index_t y = 0; y < 70; ++y)
        for (index_t x = 0; x < 80; ++x) white(x, y) = 65535;
    auto const found = match_template(serial{}, white.view(), pattern.view(), match_method::squared_differences);
    CHECK(found(3, 4) == 4096.0f * 65535.0f * 65535.0f);
}

TEST_CASE("match_template: a pipeline on a device, and the rest on its host", "[feature][match_template]") {
    auto const in = test::image_of(test::random_pixels<std::uint16_t>({70, 31}, 8));
    int kernels = 0;
    auto const place = best_match(
        match_template(test::device_policy{&kernels}, in.view() | flip_x | flip_x, subview(in.view(), {40, 12, 9, 8})));
    CHECK(kernels == 1);
    CHECK(place.score == 1);
    CHECK(std::abs(place.x - 40) < 0.5);
    CHECK(std::abs(place.y - 12) < 0.5);
}

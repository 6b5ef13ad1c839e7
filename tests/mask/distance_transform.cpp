// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/policies.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/mask/distance_transform.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace quoin;

namespace {

std::vector<float> values(image<float> const& i) {
    std::vector<float> result;
    for (index_t y = 0; y < i.height(); ++y)
        for (index_t x = 0; x < i.width(); ++x) result.push_back(i(x, y));
    return result;
}

/// Every pixel against every unset one.
std::vector<float> slow(bit_image const& m) {
    std::vector<float> result;
    for (index_t y = 0; y < m.height(); ++y)
        for (index_t x = 0; x < m.width(); ++x) {
            long double best = std::numeric_limits<long double>::infinity();
            for (index_t v = 0; v < m.height(); ++v)
                for (index_t u = 0; u < m.width(); ++u)
                    if (!m.get(u, v)) {
                        auto const square = static_cast<long double>((x - u) * (x - u) + (y - v) * (y - v));
                        best = std::min(best, std::sqrt(square));
                    }
            result.push_back(static_cast<float>(best));
        }
    return result;
}

/// Whether no float is nearer to the root of the integer, by exact arithmetic: the integer lies between the squares of
/// the two midpoints around the float.
bool correctly_rounded(float root, std::uint32_t square) {
    if (square == 0) return root == 0;
    int exponent = 0;
    auto const mantissa = static_cast<unsigned __int128>(std::ldexp(std::frexp(root, &exponent), 24));
    int const shift = 2 * (25 - exponent); // root = mantissa * 2^(exponent - 24)
    auto const scaled = static_cast<unsigned __int128>(square) << shift;
    return (2 * mantissa - 1) * (2 * mantissa - 1) < scaled && scaled < (2 * mantissa + 1) * (2 * mantissa + 1);
}

} // namespace

TEST_CASE("distance_transform: every mask of up to 9 pixels", "[segment][distance_transform]") {
    for (auto const& [width, height] : {std::pair{1, 9}, {9, 1}, {3, 3}, {2, 4}})
        for (std::uint64_t number = 0; number < std::uint64_t{1} << (width * height); ++number) {
            bit_image const m = masks::from_number(width, height, number);
            if (values(distance_transform(serial{}, m)) != slow(m)) {
                CAPTURE(width, height, number);
                FAIL("not the distance to the nearest unset pixel");
            }
        }
    SUCCEED();
}

TEST_CASE("distance_transform: random masks, under every policy", "[segment][distance_transform]") {
    std::uint64_t seed = 0;
    for (index_t width : {1, 5, 65, 131})
        for (index_t height : {1, 2, 41}) {
            bit_image const m = masks::random(width, height, 0.97, ++seed);
            CAPTURE(width, height, seed);
            auto const expected = slow(m);
            CHECK(values(distance_transform(serial{}, m)) == expected);
            CHECK(values(distance_transform(test::backwards_policy{}, m)) == expected);
            CHECK(values(distance_transform(test::thread_policy{3}, m)) == expected);
            for (auto const& policy : test::vector_policies()) CHECK(values(distance_transform(policy, m)) == expected);
        }
}

TEST_CASE("distance_transform: roots are rounded correctly up to the largest squares",
          "[segment][distance_transform]") {
    // One unset pixel in a corner: squares of columns plus squares of rows.
    bit_image const m = masks::where(65536, 40, [](index_t x, index_t y) { return x > 0 || y > 0; });
    auto const squares = squared_distance_transform(serial{}, m);
    auto const distances = distance_transform(serial{}, m);
    std::uint32_t largest = 0;
    for (index_t y = 0; y < m.height(); ++y)
        for (index_t x = 0; x < m.width(); ++x) {
            largest = std::max(largest, squares(x, y));
            if (!correctly_rounded(distances(x, y), squares(x, y))) FAIL("the root of " << squares(x, y));
        }
    CHECK(largest > 4294800000u);
    // The squares next to midpoints between floats: m * (m + 1) is as near to (m + 1/2)^2 as an integer can be.
    for (std::uint32_t whole = 1; whole < 65536; whole += 1) {
        std::uint32_t const square = whole * whole + (whole < 65535 ? whole : 0);
        if (!correctly_rounded(detail::distance_of_square{}(square), square)) FAIL("the root of " << square);
    }
}

TEST_CASE("distance_transform: nothing unset, nothing at all, and too far", "[segment][distance_transform]") {
    float const infinite = std::numeric_limits<float>::infinity();
    CHECK(distance_transform(serial{}, masks::picture({"##", "##"}))(1, 1) == infinite);
    CHECK(distance_transform(serial{}, bit_image(0, 5)).empty());
    bit_image const row = masks::where(70000, 1, [](index_t x, index_t) { return x > 0; });
    auto const d = distance_transform(serial{}, row);
    CHECK(d(0, 0) == 0);
    CHECK(d(65535, 0) == 65535);
    CHECK(d(65536, 0) == infinite);
    CHECK_THROWS_AS(distance_transform(serial{}, bit_image(0, index_t{1} << 31)), invalid_argument);
}

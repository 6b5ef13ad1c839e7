// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/mask/thin.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <array>

using namespace quoin;

namespace {

constexpr thinning rules[] = {thinning::zhang_suen, thinning::guo_hall, thinning::guo_hall_opencv,
                              thinning::scikit_image};

/// The table of scikit-image's skeletonize: in which halves a pixel is removed (1, 2, or 3 for both). The place is the
/// sum of 1, 2, 4, ... 128 for the set neighbors, clockwise from the upper left one.
constexpr char skeletonize_table[] = "0001001300311013000000002020303300000000300000000000000020003022"
                                     "0000000000000000000000000000000020000000200020003000000030003020"
                                     "0031001300000001000000000000000131000000000000002000000000000000"
                                     "2313001300000001000000000000000023010001000000003301000022002000";

/// Whether a set pixel with these neighbors is removed in the first or second half, as the publications say it.
bool removed(thinning rule, bool second, std::array<bool, 8> const& p) { // p2 .. p9
    auto const at = [&](int k) { return static_cast<int>(p[static_cast<std::size_t>((k - 2) % 8)]); };
    if (rule == thinning::scikit_image) {
        int place = 0;
        for (int k = 0; k < 8; ++k) place += at(9 + k) << k;
        return ((skeletonize_table[place] - '0') & (second ? 2 : 1)) != 0;
    }
    if (rule == thinning::zhang_suen) {
        int a = 0, b = 0;
        for (int k = 2; k < 10; ++k) {
            a += at(k) == 0 && at(k + 1) == 1;
            b += at(k);
        }
        if (a != 1 || b < 2 || b > 6) return false;
        return second ? at(2) * at(4) * at(8) == 0 && at(2) * at(6) * at(8) == 0
                      : at(2) * at(4) * at(6) == 0 && at(4) * at(6) * at(8) == 0;
    }
    int c = 0, n1 = 0, n2 = 0;
    for (int k = 2; k < 10; k += 2) {
        c += at(k) == 0 && (at(k + 1) == 1 || at(k + 2) == 1);
        n1 += at(k + 7) == 1 || at(k) == 1;
        n2 += at(k) == 1 || at(k + 1) == 1;
    }
    int const n = std::min(n1, n2);
    if (c != 1 || n < 2 || n > 3) return false;
    bool const west = second != (rule == thinning::guo_hall_opencv);
    return west ? at(8) == 0 || (at(6) == 0 && at(7) == 0 && at(9) == 1)
                : at(4) == 0 || (at(2) == 0 && at(3) == 0 && at(5) == 1);
}

/// Pixel by pixel, all of them in each half.
bit_image slow(bit_image m, thinning rule, index_t most) {
    for (index_t done = 0; done < most; ++done) {
        bit_image const before = m;
        for (bool second : {false, true}) {
            bit_image const now = m;
            for (index_t y = 0; y < m.height(); ++y)
                for (index_t x = 0; x < m.width(); ++x) {
                    if (!now.get(x, y)) continue;
                    constexpr std::pair<int, int> around[] = {{0, -1}, {1, -1}, {1, 0},  {1, 1},
                                                              {0, 1},  {-1, 1}, {-1, 0}, {-1, -1}};
                    std::array<bool, 8> p;
                    for (std::size_t k = 0; k < 8; ++k) {
                        index_t const u = x + around[k].first, v = y + around[k].second;
                        p[k] = u >= 0 && v >= 0 && u < m.width() && v < m.height() && now.get(u, v);
                    }
                    if (removed(rule, second, p)) m.set(x, y, false);
                }
        }
        if (m == before) break;
    }
    return m;
}

} // namespace

TEST_CASE("thin: every neighborhood", "[mask][thin]") {
    // The 256 neighborhoods, one beside the other with two unset columns between.
    bit_image m(256 * 5, 5);
    for (int n = 0; n < 256; ++n) {
        constexpr std::pair<int, int> around[] = {{0, -1}, {1, -1}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}};
        m.set(5 * n + 2, 2);
        for (int k = 0; k < 8; ++k) m.set(5 * n + 2 + around[k].first, 2 + around[k].second, (n >> k & 1) != 0);
    }
    for (thinning rule : rules) {
        CAPTURE(static_cast<int>(rule));
        for (index_t most : {1, 2, 9}) CHECK(thin(serial{}, m, rule, most) == slow(m, rule, most));
    }
}

TEST_CASE("thin: equal to plain loops, whatever the number of iterations, under every policy", "[mask][thin]") {
    std::uint64_t seed = 0;
    for (index_t width : {1, 2, 63, 64, 65, 130, 511, 513})
        for (index_t height : {1, 2, 40, 70})
            for (thinning rule : rules) {
                CAPTURE(width, height, static_cast<int>(rule), ++seed);
                bool const noise = seed % 2 == 0;
                bit_image const m =
                    noise ? masks::random(width, height, 0.93, seed)
                          : masks::random_shapes(width, height, static_cast<int>(width * height / 300 + 2), seed);
                bit_image const expected = slow(m, rule, 1000);
                REQUIRE(thin(serial{}, m, rule) == expected);
                REQUIRE(thin(test::thread_policy{3}, m, rule) == expected);
                REQUIRE(thin(test::backwards_policy{}, m, rule) == expected);
                REQUIRE(thin(serial{}, expected, rule) == expected);
                index_t const most = static_cast<index_t>(seed % 4);
                REQUIRE(thin(serial{}, m, rule, most) == slow(m, rule, most));
            }
}

TEST_CASE("thin: a mask so wide that the parts of its rows are more than eight words", "[mask][thin]") {
    bit_image m = masks::random_shapes(70000, 14, 3000, 1);
    for (index_t y = 0; y < 14; ++y)
        for (index_t x = 30000; x < 50000; ++x) m.set(x, y, y > 2 && y < 11 && x % 700 > 10);
    CHECK(thin(serial{}, m) == slow(m, thinning::guo_hall, 1000));
}

TEST_CASE("thin: what it keeps", "[mask][thin]") {
    for (std::uint64_t seed = 1; seed < 6; ++seed) {
        CAPTURE(seed);
        bit_image const m = masks::random_shapes(200, 150, 40, seed);
        auto const count = [](bit_image const& mask) {
            auto const label = masks::flood_fill(mask, true);
            return *std::max_element(label.begin(), label.end());
        };
        for (thinning rule : {thinning::guo_hall, thinning::guo_hall_opencv}) {
            bit_image const lines = thin(serial{}, m, rule);
            CHECK(count(lines) == count(m));
            bool within = true;
            for (index_t y = 0; y < 150; ++y)
                for (index_t x = 0; x < 200; ++x) within &= !lines.get(x, y) || m.get(x, y);
            CHECK(within);
            // The halves are each other, turned by 180 degrees.
            auto const turned = [](bit_image const& mask) { return masks::flipped(masks::mirrored(mask)); };
            thinning const other = rule == thinning::guo_hall ? thinning::guo_hall_opencv : thinning::guo_hall;
            CHECK(thin(serial{}, turned(m), other) == turned(lines));
        }
    }
}

TEST_CASE("thin: skeleton gives what scikit-image says of an ellipse", "[mask][thin]") {
    bit_image const ellipse = masks::picture({"...###...", "..#####..", "..#####..", "..#####..", "..#####..",
                                              "..#####..", "..#####..", "..#####..", "...###..."});
    bit_image const expected = masks::picture({".........", ".........", ".........", "....#....", "....#....",
                                               "....#....", "....#....", ".........", "........."});
    CHECK(skeleton(serial{}, ellipse) == expected);
}

TEST_CASE("thin: nothing to do, and what it refuses", "[mask][thin]") {
    bit_image const m = masks::picture({"####", "####", "####"});
    CHECK(thin(serial{}, m, thinning::zhang_suen, 0) == m);
    CHECK(thin(serial{}, bit_image(0, 4)) == bit_image(0, 4));
    CHECK(thin(serial{}, bit_image(4, 0)) == bit_image(4, 0));
    CHECK_THROWS_WITH(thin(serial{}, m, thinning::zhang_suen, -2),
                      Catch::Matchers::StartsWith("quoin::thin: max_iterations is -2"));
}

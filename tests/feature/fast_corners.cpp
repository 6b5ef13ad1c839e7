// SPDX-License-Identifier: BSL-1.0
// fast_corners against a scan of fast_score's image.
#include <quoin/feature/fast_corners.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/geometry/flip.hpp>

#include <catch2/catch_test_macros.hpp>

#include <random>

using namespace quoin;

namespace {

/// Blocks of gray with noise.
image<std::uint8_t> blocks(extent size, unsigned seed) {
    std::mt19937 random(seed);
    image<std::uint8_t> in(size);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x)
            in(x, y) = static_cast<std::uint8_t>((x / 11 + y / 8) % 2 * 120 + static_cast<index_t>(random() % 40));
    return in;
}

std::vector<keypoint> scanned(image<std::uint8_t> const& in, fast_options const& o) {
    auto const score = to_image(serial{}, in.view() | fast_score(o.threshold, o.arc));
    auto const value = [&](index_t x, index_t y) -> int {
        bool const inside = x >= 3 && y >= 3 && x < in.width() - 3 && y < in.height() - 3;
        return inside ? score(x, y) : 0;
    };
    std::vector<keypoint> found;
    for (index_t y = 0; y < in.height(); ++y)
        for (index_t x = 0; x < in.width(); ++x) {
            bool keeps = value(x, y) > 0;
            for (index_t v = y - 1; v <= y + 1; ++v)
                for (index_t u = x - 1; u <= x + 1; ++u)
                    if (o.suppress && (u != x || v != y)) keeps = keeps && value(x, y) > value(u, v);
            if (keeps)
                found.push_back({static_cast<double>(x), static_cast<double>(y), static_cast<float>(value(x, y))});
        }
    return found;
}

} // namespace

TEST_CASE("fast_corners: a scan of the scores, under every policy", "[feature][fast_corners]") {
    for (extent const size :
         {extent{1, 1}, extent{6, 40}, extent{7, 7}, extent{8, 9}, extent{131, 70}, extent{67, 300}})
        for (fast_options const& o : {fast_options{.threshold = 20}, fast_options{.threshold = 5, .arc = 12},
                                      fast_options{.threshold = 0, .suppress = false}}) {
            unsigned const seed = 7;
            CAPTURE(size.width, size.height, o.threshold, seed);
            auto const in = blocks(size, seed);
            auto const expected = scanned(in, o);
            if (size.width > 100) CHECK(expected.size() > 20);
            for (auto const& policy : test::scalar_policies()) CHECK(fast_corners(policy, in.view(), o) == expected);
            for (auto const& policy : test::vector_policies()) CHECK(fast_corners(policy, in.view(), o) == expected);
        }
}

TEST_CASE("fast_corners: in order where an image is so wide that it is computed in tiles", "[feature][fast_corners]") {
    auto const in = blocks({300000, 9}, 5);
    auto const expected = scanned(in, {.threshold = 20});
    CHECK(expected.size() > 1000);
    CHECK(fast_corners(serial{}, in.view(), {.threshold = 20}) == expected);
    CHECK(fast_corners(simd{}, in.view(), {.threshold = 20}) == expected);
}

TEST_CASE("fast_corners: of a pipeline, and of words", "[feature][fast_corners]") {
    auto const in = blocks({90, 60}, 3);
    auto const flipped = fast_corners(serial{}, in.view() | flip_x, {.threshold = 20});
    auto const plain = fast_corners(serial{}, in.view(), {.threshold = 20});
    CHECK(flipped.size() == plain.size());
    for (keypoint const& k : plain)
        CHECK(std::count(flipped.begin(), flipped.end(), keypoint{89 - k.x, k.y, k.score}) == 1);
    auto const words = fast_corners(serial{}, in.view() | convert_to<std::uint16_t>, {.threshold = 20});
    CHECK(words == plain);
}

TEST_CASE("fast_corners: what is refused", "[feature][fast_corners]") {
    image<std::uint8_t> const in(9, 9);
    CHECK_THROWS_AS(fast_corners(serial{}, in.view(), {.threshold = -1}), invalid_argument);
    CHECK_THROWS_AS(fast_corners(serial{}, in.view(), {.arc = 10}), invalid_argument);
    image<std::uint8_t> const small(2, 2); // also where there can be no corner
    CHECK_THROWS_AS(fast_corners(serial{}, small.view(), {.arc = 10}), invalid_argument);
}

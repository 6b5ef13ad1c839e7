// SPDX-License-Identifier: BSL-1.0
// unsharp_pillow against the loops of Pillow, and numbers from it.
#include <quoin/filter/smooth/unsharp.hpp>

#include "support/oracle.hpp"
#include "support/policies.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <vector>

using namespace quoin;

namespace {

/// Pillow's loops, with its border.
struct pillow_loops {
    double radius;
    int percent, threshold;

    std::vector<int> blurred(std::vector<int> const& line) const {
        float const s = static_cast<float>(radius) * static_cast<float>(radius) / 3.0f;
        float const l = static_cast<float>(std::floor((static_cast<float>(std::sqrt(12.0 * s + 1.0)) - 1.0) / 2.0));
        float a = (2 * l + 1) * (l * (l + 1) - 3 * s);
        a /= 6 * (s - (l + 1) * (l + 1));
        int const r = static_cast<int>(l + a), n = static_cast<int>(line.size());
        auto const ww = static_cast<std::int64_t>(16777216.0f / ((l + a) * 2 + 1));
        std::int64_t const fw = (16777216 - (2 * r + 1) * ww) / 2;
        auto const at = [&](int i) {
            return std::int64_t{line[static_cast<std::size_t>(i < 0 ? 0 : i < n ? i : n - 1)]};
        };
        std::vector<int> out;
        for (int x = 0; x < n; ++x) {
            std::int64_t sum = fw * (at(x - r - 1) + at(x + r + 1)) + (1 << 23);
            for (int i = -r; i <= r; ++i) sum += ww * at(x + i);
            out.push_back(static_cast<int>(sum >> 24));
        }
        return out;
    }
    std::vector<int> operator()(std::vector<int> const& pixels, int width, int height) const {
        std::vector<int> blur = pixels;
        auto const pass = [&](int lines, int length, int line_step, int step) {
            for (int line = 0; line < lines; ++line) {
                std::vector<int> one;
                for (int i = 0; i < length; ++i)
                    one.push_back(blur[static_cast<std::size_t>(line * line_step + i * step)]);
                for (int k = 0; k < 3; ++k) one = blurred(one);
                for (int i = 0; i < length; ++i)
                    blur[static_cast<std::size_t>(line * line_step + i * step)] = one[static_cast<std::size_t>(i)];
            }
        };
        pass(height, width, width, 1);
        pass(width, height, 1, width);
        for (std::size_t i = 0; i < pixels.size(); ++i) {
            int const v = pixels[i], d = v - blur[i];
            blur[i] = std::abs(d) > threshold ? std::min(std::max(v + d * percent / 100, 0), 255) : v;
        }
        return blur;
    }
};

/// How many pixels differ from `expected`.
int differing(std::vector<int> const& pixels, std::vector<int> const& expected, int width, unsharp_pillow_fn const& f) {
    auto const height = static_cast<int>(pixels.size()) / width;
    image<std::uint8_t> in(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            in(x, y) = static_cast<std::uint8_t>(pixels[static_cast<std::size_t>(y * width + x)]);
    auto const out = to_image(serial{}, in.view() | extend(replicate) | f);
    int count = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) count += out(x, y) != expected[static_cast<std::size_t>(y * width + x)];
    return count;
}

} // namespace

TEST_CASE("unsharp_pillow: numbers from Pillow", "[filter][unsharp_pillow]") {
    std::vector<int> const in{10, 10, 10, 200, 200, 200, 200, 10, 30, 10, 200, 180, 200, 200,
                              10, 10, 10, 200, 200, 255, 200, 0,  0,  0,  0,   90,  90,  90};
    CHECK(differing(in, {0, 0, 0, 255, 255, 249, 230, 0, 6, 0, 255, 247, 255, 246,
                         0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0,   56,  24,  8},
                    7, unsharp_pillow()) == 0);
    CHECK(differing(in, {10, 10, 0, 242, 200, 200, 200, 7, 48, 0, 248, 162, 194, 200,
                         10, 10, 0, 255, 221, 255, 218, 0, 0,  0, 0,   81,  54,  63},
                    7, unsharp_pillow(0.4, 300, 0)) == 0);
    CHECK(differing(in, {0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 255, 255, 255, 255,
                         0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0,   90,  90,  90},
                    7, unsharp_pillow(5.5, 90, 10)) == 0);
}

TEST_CASE("unsharp_pillow: Pillow's loops, for many radii", "[filter][unsharp_pillow]") {
    std::vector<int> pixels;
    unsigned seed = 5;
    for (int i = 0; i < 53 * 31; ++i) {
        seed = seed * 1664525u + 1013904223u;
        pixels.push_back(i % 53 < 20 ? (seed >> 31 ? 255 : 0) : static_cast<int>(seed >> 24));
    }
    for (double radius : {0.01, 0.3, 0.5, 1.0, 1.7, 2.0, 2.3, 5.0, 9.9, 20.0, 42.0})
        for (int percent : {0, 1, 77, 150, 1000}) {
            int const threshold = percent % 7;
            CAPTURE(radius, percent);
            CHECK(differing(pixels, pillow_loops{radius, percent, threshold}(pixels, 53, 31), 53,
                            unsharp_pillow(radius, percent, threshold)) == 0);
        }
}

TEST_CASE("unsharp_pillow: in the engine", "[filter][unsharp_pillow]") {
    for (extent const size : {extent{139, 33}, extent{3, 2}}) {
        auto const in = test::random_pixels<std::uint8_t>(size, 3);
        auto expected = in;
        int const width = static_cast<int>(size.width), height = static_cast<int>(size.height);
        std::vector<int> pixels;
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) pixels.push_back(in(x, y));
        auto const out = pillow_loops{1.8, 120, 1}(pixels, width, height);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                expected(x, y) = static_cast<std::uint8_t>(out[static_cast<std::size_t>(y * width + x)]);
        CHECK(test::check_pipeline(in, expected,
                                   [](auto v) { return v | extend(replicate) | unsharp_pillow(1.8, 120, 1); }) == "");
    }
}

TEST_CASE("unsharp_pillow: what is out of range is refused", "[filter][unsharp_pillow]") {
    for (double bad : {0.0, -1.0, 42.1, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(unsharp_pillow(bad), invalid_argument);
    CHECK_THROWS_AS(unsharp_pillow(2, -1), invalid_argument);
    CHECK_THROWS_AS(unsharp_pillow(2, 1001), invalid_argument);
    CHECK_THROWS_AS(unsharp_pillow(2, 150, 256), invalid_argument);
    CHECK_THROWS_AS(unsharp_pillow(2, 150, -1), invalid_argument);
}

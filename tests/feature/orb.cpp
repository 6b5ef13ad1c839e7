// SPDX-License-Identifier: BSL-1.0
// orb against plain loops.
#include <quoin/feature/orb.hpp>

#include "shapes.hpp"
#include "support/device_policy.hpp"
#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/geometry/flip.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <algorithm>
#include <numbers>

using namespace quoin;

namespace {

using plain_image = std::vector<std::vector<int>>;

/// Bilinear, with weights in 256ths.
plain_image resized(plain_image const& in, std::size_t width, std::size_t height) {
    auto const place = [](std::size_t i, std::size_t n, std::size_t m, std::size_t& first, long& weight) {
        double const at =
            std::clamp((static_cast<double>(i) + 0.5) * static_cast<double>(n) / static_cast<double>(m) - 0.5, 0.0,
                       static_cast<double>(n - 1));
        first = std::min(static_cast<std::size_t>(at), n - 2);
        weight = std::lrint((at - static_cast<double>(first)) * 256);
    };
    plain_image out(height, std::vector<int>(width));
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < width; ++x) {
            std::size_t u = 0, v = 0;
            long a = 0, b = 0;
            place(x, in[0].size(), width, u, a);
            place(y, in.size(), height, v, b);
            long const sum = (256 - b) * ((256 - a) * in[v][u] + a * in[v][u + 1]) +
                             b * ((256 - a) * in[v + 1][u] + a * in[v + 1][u + 1]);
            out[y][x] = static_cast<int>((sum + 32768) / 65536);
        }
    return out;
}

/// The largest t for which 9 neighbors on the circle are all brighter than v + t, or all darker than v - t; or 0.
int fast(plain_image const& in, index_t x, index_t y, int threshold) {
    auto const at = [&](index_t u, index_t v) {
        return in[static_cast<std::size_t>(y + v)][static_cast<std::size_t>(x + u)];
    };
    int const circle[16] = {at(0, -3), at(1, -3), at(2, -2), at(3, -1), at(3, 0),  at(3, 1),   at(2, 2),   at(1, 3),
                            at(0, 3),  at(-1, 3), at(-2, 2), at(-3, 1), at(-3, 0), at(-3, -1), at(-2, -2), at(-1, -3)};
    int best = 0;
    for (int sign : {1, -1})
        for (int begin = 0; begin < 16; ++begin) {
            int least = 255;
            for (int i = 0; i < 9; ++i) least = std::min(least, sign * (circle[(begin + i) % 16] - at(0, 0)));
            best = std::max(best, least);
        }
    return best > threshold ? best - 1 : 0;
}

struct found_point {
    index_t x, y;
    double score, angle; // in degrees
    binary_descriptor bits;
    int doubtful; // bits that rounding may change
};

found_point described(plain_image const& in, index_t x, index_t y, double score, double turned) {
    auto const at = [&](index_t u, index_t v) {
        return static_cast<double>(in[static_cast<std::size_t>(v)][static_cast<std::size_t>(u)]);
    };
    double mx = 0, my = 0;
    for (index_t v = -15; v <= 15; ++v)
        for (index_t u = -15; u <= 15; ++u) {
            // The disc of OpenCV, which is symmetric in both diagonals.
            index_t const a = std::max(std::abs(u), std::abs(v)), b = std::min(std::abs(u), std::abs(v));
            constexpr index_t most[12] = {15, 15, 15, 15, 14, 14, 14, 13, 13, 12, 11, 10};
            if (b >= 12 || a > most[b]) continue;
            mx += static_cast<double>(u) * at(x + u, y + v);
            my += static_cast<double>(v) * at(x + u, y + v);
        }
    double angle = std::atan2(my, mx) * 180 / std::numbers::pi;
    if (angle < 0) angle += 360;
    double weights[7], total = 0;
    for (int i = 0; i < 7; ++i) total += weights[i] = std::exp(-(i - 3) * (i - 3) / 8.0);
    auto const blurred = [&](index_t cx, index_t cy) {
        double sum = 0;
        for (int j = 0; j < 7; ++j)
            for (int i = 0; i < 7; ++i) sum += weights[i] * weights[j] * at(cx + i - 3, cy + j - 3);
        return sum / total / total;
    };
    found_point p{x, y, score, angle, {}, 0};
    double const c = std::cos(turned * std::numbers::pi / 180), s = std::sin(turned * std::numbers::pi / 180);
    for (std::size_t i = 0; i < 256; ++i) {
        auto const& pair = detail::orb_pattern[i];
        auto const value = [&](double u, double v, bool& doubt) {
            double const px = u * c - v * s, py = u * s + v * c;
            double const gray = blurred(x + std::lrint(px), y + std::lrint(py));
            for (double const part : {px, py, gray}) doubt = doubt || std::abs(part - std::floor(part) - 0.5) < 1e-3;
            return std::floor(gray + 0.5);
        };
        bool doubt = false;
        double const first = value(pair.x0, pair.y0, doubt), second = value(pair.x1, pair.y1, doubt);
        if (first < second) p.bits[i / 64] |= std::uint64_t{1} << i % 64;
        p.doubtful += doubt;
    }
    return p;
}

/// The points of a level, without descriptors.
std::vector<found_point> corners(plain_image const& in, index_t most, index_t edge, int threshold) {
    auto const width = static_cast<index_t>(in[0].size()), height = static_cast<index_t>(in.size());
    std::vector<std::vector<int>> score(in.size(), std::vector<int>(in[0].size()));
    for (index_t y = 3; y < height - 3; ++y)
        for (index_t x = 3; x < width - 3; ++x)
            score[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] = fast(in, x, y, threshold);
    std::vector<found_point> all;
    for (index_t y = edge; y < height - edge; ++y)
        for (index_t x = edge; x < width - edge; ++x) {
            auto const at = [&](index_t u, index_t v) {
                return score[static_cast<std::size_t>(y + v)][static_cast<std::size_t>(x + u)];
            };
            bool peak = at(0, 0) > 0;
            for (index_t v = -1; v <= 1; ++v)
                for (index_t u = -1; u <= 1; ++u) peak = peak && (at(0, 0) > at(u, v) || (u == 0 && v == 0));
            if (peak) all.push_back({x, y, static_cast<double>(at(0, 0)), 0, {}, 0});
        }
    auto const cut = [&](index_t n) {
        std::vector<double> scores;
        for (auto const& p : all) scores.push_back(p.score);
        std::sort(scores.rbegin(), scores.rend());
        if (static_cast<index_t>(all.size()) <= n) return;
        double const least = scores[static_cast<std::size_t>(n - 1)];
        std::erase_if(all, [&](found_point const& p) { return p.score < least; });
    };
    cut(2 * most);
    for (found_point& p : all) {
        auto const at = [&](index_t u, index_t v) {
            return static_cast<double>(in[static_cast<std::size_t>(p.y + v)][static_cast<std::size_t>(p.x + u)]);
        };
        double a = 0, b = 0, c = 0;
        for (index_t v = -3; v <= 3; ++v)
            for (index_t u = -3; u <= 3; ++u) {
                double gx = 0, gy = 0;
                for (index_t k = -1; k <= 1; ++k) {
                    double const w = k == 0 ? 2 : 1;
                    gx += w * (at(u + 1, v + k) - at(u - 1, v + k));
                    gy += w * (at(u + k, v + 1) - at(u + k, v - 1));
                }
                a += gx * gx / (28 * 28 * 255.0 * 255);
                b += gx * gy / (28 * 28 * 255.0 * 255);
                c += gy * gy / (28 * 28 * 255.0 * 255);
            }
        p.score = a * c - b * b - 0.04 * (a + c) * (a + c);
    }
    cut(most);
    return all;
}

plain_image plain(image<std::uint8_t> const& in) {
    plain_image out;
    for (index_t y = 0; y < in.height(); ++y) {
        out.emplace_back();
        for (index_t x = 0; x < in.width(); ++x) out.back().push_back(in(x, y));
    }
    return out;
}

} // namespace

TEST_CASE("orb: plain loops, under every policy", "[feature][orb]") {
    unsigned const seed = 3;
    CAPTURE(seed);
    for (auto const& [size, o] : {std::pair<extent, orb_options>{{211, 163}, {.most = 120, .levels = 4}},
                                  {{150, 201}, {.most = 40, .scale = 1.5, .levels = 2, .edge = 22, .threshold = 8}}}) {
        CAPTURE(size.width, size.height);
        auto const in = test::shapes(size, seed);
        auto const found = orb(serial{}, in.view(), o);
        std::size_t at = 0;
        auto level = plain(in);
        double const ratio = static_cast<double>(static_cast<float>(o.scale));
        double sum = 0, different = 0;
        for (int i = 0; i < o.levels; ++i) sum += std::pow(ratio, -i);
        index_t rest = o.most;
        for (int i = 0; i < o.levels; ++i) {
            CAPTURE(i);
            double const scale = std::pow(ratio, i);
            if (i > 0)
                level = resized(level, static_cast<std::size_t>(std::lrint(static_cast<double>(size.width) / scale)),
                                static_cast<std::size_t>(std::lrint(static_cast<double>(size.height) / scale)));
            index_t const most = i + 1 < o.levels ? std::lrint(static_cast<double>(o.most) / scale / sum) : rest;
            rest -= most;
            auto const expected = corners(level, most, o.edge, static_cast<int>(o.threshold));
            CHECK(static_cast<index_t>(expected.size()) >= std::min<index_t>(most, 5));
            REQUIRE(found.points.size() >= at + expected.size());
            for (auto const& e : expected) {
                oriented_keypoint const& k = found.points[at];
                auto const p = described(level, e.x, e.y, e.score, static_cast<double>(k.angle));
                CHECK(std::abs(k.x - static_cast<double>(p.x) * scale) < 1e-4);
                CHECK(std::abs(k.y - static_cast<double>(p.y) * scale) < 1e-4);
                CHECK(k.level == i);
                CHECK(std::abs(static_cast<double>(k.size) - 31 * scale) < 1e-4);
                CHECK(std::abs(static_cast<double>(k.score) - p.score) <= 1e-6 * std::abs(p.score));
                CHECK(std::abs(std::remainder(static_cast<double>(k.angle) - p.angle, 360)) < 0.02);
                CHECK(hamming_distance(found.descriptors[at], p.bits) <= p.doubtful);
                different += hamming_distance(found.descriptors[at], p.bits);
                ++at;
            }
        }
        CHECK(at == found.points.size());
        CHECK(found.descriptors.size() == at);
        CHECK(different <= static_cast<double>(at) / 4);
        for (auto const& policy : test::scalar_policies()) CHECK(orb(policy, in.view(), o) == found);
        for (auto const& policy : test::vector_policies()) CHECK(orb(policy, in.view(), o) == found);
        int kernels = 0;
        CHECK(orb(test::device_policy{&kernels}, in.view(), o) == found);
        CHECK(kernels > o.levels);
        auto const flipped = to_image(serial{}, in.view() | flip_x);
        CHECK(orb(serial{}, in.view() | flip_x, o) == orb(serial{}, flipped.view(), o));
    }
}

TEST_CASE("orb: small images, and what is refused", "[feature][orb]") {
    using Catch::Matchers::ContainsSubstring;
    auto const in = test::shapes({62, 200}, 1);
    CHECK(orb(serial{}, in.view()).points.empty());
    image<std::uint8_t> const none(0, 0);
    CHECK(orb(serial{}, none.view()).points.empty());
    CHECK_THROWS_WITH(orb(serial{}, in.view(), {.most = 0}), ContainsSubstring("0 points; give a number from 1"));
    CHECK_THROWS_AS(orb(serial{}, in.view(), {.scale = 1}), invalid_argument);
    CHECK_THROWS_AS(orb(serial{}, in.view(), {.scale = std::numeric_limits<double>::quiet_NaN()}), invalid_argument);
    CHECK_THROWS_AS(orb(serial{}, in.view(), {.levels = 0}), invalid_argument);
    CHECK_THROWS_WITH(orb(serial{}, in.view(), {.edge = 21}), ContainsSubstring("points 21 pixels from the edges"));
    CHECK_THROWS_AS(orb(serial{}, in.view(), {.threshold = 256}), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
// hough_lines against plain loops over pixels and angles.
#include <quoin/feature/hough_lines.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <map>
#include <numbers>
#include <random>
#include <tuple>

using namespace quoin;

namespace {

bit_image specks(extent size, double share, unsigned seed) {
    std::mt19937 random(seed);
    bit_image mask(size);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x)
            if (static_cast<double>(random() % 1000) < 1000 * share || (x + 2 * y) % 61 == 0 || y == 7) mask.set(x, y);
    return mask;
}

std::vector<polar_line> plain(bit_image const& mask, hough_options const& o) {
    auto const rho = static_cast<float>(o.rho), theta = static_cast<float>(o.theta);
    std::vector<float> angles;
    for (float at = static_cast<float>(o.least_theta);
         angles.size() <=
         static_cast<std::size_t>(std::floor((o.most_theta - o.least_theta) / static_cast<double>(theta)));
         at += theta)
        angles.push_back(at);
    if (angles.size() > 1 &&
        std::abs(std::numbers::pi - static_cast<double>(angles.size() - 1) * static_cast<double>(theta)) <
            static_cast<double>(theta) / 2)
        angles.pop_back();
    std::map<std::pair<long, long>, index_t> votes; // of theta and rho
    for (std::size_t n = 0; n < angles.size(); ++n) {
        auto const angle = static_cast<double>(angles[n]), scale = static_cast<double>(1 / rho);
        auto const c = static_cast<float>(std::cos(angle) * scale), s = static_cast<float>(std::sin(angle) * scale);
        for (index_t y = 0; y < mask.height(); ++y)
            for (index_t x = 0; x < mask.width(); ++x)
                if (mask.get(x, y))
                    ++votes[{static_cast<long>(n), std::lrint(static_cast<float>(x) * c + static_cast<float>(y) * s)}];
    }
    auto const at = [&](long n, long r) {
        auto const v = votes.find({n, r});
        return v == votes.end() ? 0 : v->second;
    };
    std::vector<std::tuple<index_t, long, long>> found;
    for (auto const& [pair, count] : votes) {
        auto const [n, r] = pair;
        if (count > o.threshold && count > at(n, r - 1) && count >= at(n, r + 1) && count > at(n - 1, r) &&
            count >= at(n + 1, r))
            found.push_back({-count, n, r});
    }
    std::sort(found.begin(), found.end());
    if (o.most > 0 && found.size() > static_cast<std::size_t>(o.most)) found.resize(static_cast<std::size_t>(o.most));
    // OpenCV counts rhos from the end of their range, in halves if their number is even.
    long const rhos = std::lrint(static_cast<float>(2 * (mask.width() + mask.height()) + 1) / rho);
    std::vector<polar_line> lines;
    for (auto const& [count, n, r] : found)
        lines.push_back({(static_cast<float>(r + (rhos - 1) / 2) - static_cast<float>(rhos - 1) * 0.5f) * rho,
                         static_cast<float>(o.least_theta) + static_cast<float>(n) * theta, -count});
    return lines;
}

} // namespace

TEST_CASE("hough_lines: plain loops, under every policy", "[feature][hough_lines]") {
    unsigned const seed = 6;
    CAPTURE(seed);
    for (extent const size : {extent{1, 1}, extent{3, 70}, extent{64, 1}, extent{131, 90}, extent{65, 128}})
        for (hough_options const& o :
             {hough_options{.threshold = 20}, hough_options{.threshold = 0, .most = 9},
              hough_options{.rho = 0.5, .theta = 0.03, .threshold = 8, .least_theta = 0.4, .most_theta = 2.1},
              hough_options{.rho = 2.5, .theta = 0.05, .threshold = 15, .least_theta = -1, .most_theta = 1.5},
              hough_options{.rho = 70, .theta = 0.5, .threshold = 5},
              hough_options{.theta = 1, .threshold = 1, .least_theta = 1, .most_theta = 1}}) {
            CAPTURE(size.width, size.height, o.rho, o.theta);
            auto const mask = specks(size, 0.05, seed);
            auto const expected = plain(mask, o);
            if (size.width > 100 && o.theta < 0.1) CHECK(expected.size() > 5);
            for (auto const& policy : test::scalar_policies()) CHECK(hough_lines(policy, mask, o) == expected);
            for (auto const& policy : test::vector_policies()) CHECK(hough_lines(policy, mask, o) == expected);
        }
}

TEST_CASE("hough_lines: lines that are drawn are found", "[feature][hough_lines]") {
    bit_image mask(300, 200);
    for (index_t x = 0; x < 300; ++x) mask.set(x, 33);
    for (index_t y = 0; y < 200; ++y) mask.set(250, y);
    for (index_t i = 0; i < 150; ++i) mask.set(20 + i, 180 - i); // x + y = 200
    auto const found = hough_lines(serial{}, mask, {.threshold = 120});
    REQUIRE(found.size() == 3);
    auto const near = [&](std::size_t i, double rho, double theta, index_t votes) {
        CHECK(std::abs(static_cast<double>(found[i].rho) - rho) < 0.6);
        CHECK(std::abs(static_cast<double>(found[i].theta) - theta) < 1e-3);
        CHECK(std::abs(found[i].votes - votes) < 4);
    };
    near(0, 33, std::numbers::pi / 2, 300);
    near(1, 250, 0, 200);
    near(2, 200 / std::numbers::sqrt2, std::numbers::pi / 4, 150);
    CHECK(hough_lines(serial{}, mask, {.threshold = 120, .most = 1}) == std::vector<polar_line>{found.front()});
}

TEST_CASE("hough_lines: masks without pixels, and what is refused", "[feature][hough_lines]") {
    using Catch::Matchers::ContainsSubstring;
    CHECK(hough_lines(serial{}, bit_image(0, 0)).empty());
    CHECK(hough_lines(serial{}, bit_image(90, 7), {.threshold = 0}).empty());
    bit_image const mask(30, 20);
    CHECK_THROWS_WITH(hough_lines(serial{}, mask, {.rho = 0}), ContainsSubstring("a step of rho of 0"));
    CHECK_THROWS_AS(hough_lines(serial{}, mask, {.theta = 0}), invalid_argument);
    CHECK_THROWS_WITH(hough_lines(serial{}, mask, {.least_theta = 2, .most_theta = 1}),
                      ContainsSubstring("theta from 2 to 1"));
    CHECK_THROWS_AS(hough_lines(serial{}, mask, {.threshold = -1}), invalid_argument);
    CHECK_THROWS_AS(hough_lines(serial{}, mask, {.most = -1}), invalid_argument);
    CHECK_THROWS_WITH(hough_lines(serial{}, mask, {.rho = 0.001, .theta = 0.00001}),
                      ContainsSubstring("more than 2^28 pairs"));
}

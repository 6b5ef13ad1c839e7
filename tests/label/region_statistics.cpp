// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/image/image.hpp>
#include <quoin/label/region_statistics.hpp>

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace quoin;

namespace {

/// One region by the definitions: means first, then deviations from them.
region slow(image<std::uint16_t> const& labels, image<std::uint16_t> const& values, std::uint16_t label) {
    std::vector<point> in;
    double sum = 0, sides = 0;
    auto const at = [&](index_t x, index_t y) {
        return x < 0 || y < 0 || x >= labels.width() || y >= labels.height() ? 0 : labels(x, y);
    };
    for (index_t y = 0; y < labels.height(); ++y)
        for (index_t x = 0; x < labels.width(); ++x) {
            if (labels(x, y) != label) continue;
            in.push_back({x, y});
            sum += values(x, y);
            for (point const& step : {point{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
                sides += at(x + step.x, y + step.y) != label;
        }
    region r;
    if (in.empty()) return r;
    double const n = static_cast<double>(in.size());
    index_t x0 = in[0].x, x1 = in[0].x, y0 = in[0].y, y1 = in[0].y;
    for (point const& p : in) {
        r.centroid_x += static_cast<double>(p.x) / n;
        r.centroid_y += static_cast<double>(p.y) / n;
        x0 = std::min(x0, p.x), x1 = std::max(x1, p.x), y0 = std::min(y0, p.y), y1 = std::max(y1, p.y);
    }
    for (point const& p : in) {
        double const dx = static_cast<double>(p.x) - r.centroid_x, dy = static_cast<double>(p.y) - r.centroid_y;
        r.variance_x += (dx * dx + 1.0 / 12) / n;
        r.variance_y += (dy * dy + 1.0 / 12) / n;
        r.covariance += dx * dy / n;
    }
    r.area = static_cast<index_t>(in.size());
    r.box = {x0, y0, x1 - x0 + 1, y1 - y0 + 1};
    r.perimeter = std::numbers::pi / 4 * sides;
    r.mean_intensity = sum / n;
    return r;
}

} // namespace

TEST_CASE("region_statistics: equal to the definitions, under every policy", "[segment][region_statistics]") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 engine(seed);
        index_t const width = 1 + static_cast<index_t>(seed * 11);
        index_t const height = seed == 12 ? 700 : 3 + static_cast<index_t>(seed * 7);
        image<std::uint16_t> labels(width, height), values(width, height);
        for (index_t y = 0; y < height; ++y)
            for (index_t x = 0; x < width; ++x) {
                labels(x, y) = static_cast<std::uint16_t>(engine() % 2 != 0 ? 0 : 1 + (x / 20 + y / 15) % 7);
                if (labels(x, y) == 4) labels(x, y) = 0; // a number that does not occur
                values(x, y) = static_cast<std::uint16_t>(engine());
            }
        auto const all = region_statistics(serial{}, labels.view(), values.view());
        for (std::size_t i = 0; i < all.size(); ++i) {
            CAPTURE(i);
            region const expected = slow(labels, values, static_cast<std::uint16_t>(i + 1));
            CHECK(all[i].area == expected.area);
            CHECK(all[i].box == expected.box);
            CHECK(all[i].centroid_x == Catch::Approx(expected.centroid_x));
            CHECK(all[i].centroid_y == Catch::Approx(expected.centroid_y));
            CHECK(all[i].variance_x == Catch::Approx(expected.variance_x));
            CHECK(all[i].variance_y == Catch::Approx(expected.variance_y));
            CHECK(all[i].covariance == Catch::Approx(expected.covariance).margin(1e-9));
            CHECK(all[i].perimeter == Catch::Approx(expected.perimeter));
            CHECK(all[i].mean_intensity == Catch::Approx(expected.mean_intensity));
        }
        auto const as_const = std::as_const(labels).view();
        CHECK(region_statistics(test::backwards_policy{}, as_const, values.view()) == all);
        CHECK(region_statistics(test::thread_policy{3}, as_const, values.view()) == all);
    }
}

TEST_CASE("region_statistics: the axes of an ellipse, a rectangle and a disc", "[segment][region_statistics]") {
    image<std::uint8_t> labels(400, 300);
    double const angle = 0.5, a = 60, b = 20;
    for (index_t y = 0; y < 300; ++y)
        for (index_t x = 0; x < 400; ++x) {
            double const dx = static_cast<double>(x) - 100, dy = static_cast<double>(y) - 100;
            double const u = dx * std::cos(angle) + dy * std::sin(angle);
            double const v = dy * std::cos(angle) - dx * std::sin(angle);
            if (u * u / (a * a) + v * v / (b * b) < 1) labels(x, y) = 1;
            if (x >= 250 && x < 262 && y >= 10 && y < 16) labels(x, y) = 2;
            if ((x - 300) * (x - 300) + (y - 200) * (y - 200) < 50 * 50) labels(x, y) = 3;
        }
    auto const all = region_statistics(serial{}, labels.view(), labels.view());
    REQUIRE(all.size() == 3);
    CHECK(all[0].major_axis() == Catch::Approx(2 * a).epsilon(0.01));
    CHECK(all[0].minor_axis() == Catch::Approx(2 * b).epsilon(0.01));
    CHECK(all[0].orientation() == Catch::Approx(angle).epsilon(0.01));
    CHECK(all[0].eccentricity() == Catch::Approx(std::sqrt(1 - b * b / (a * a))).epsilon(0.01));
    // The variance of a uniform distribution over a side s is s^2 / 12, with no error of pixels.
    CHECK(all[1].variance_x == Catch::Approx(144.0 / 12));
    CHECK(all[1].variance_y == Catch::Approx(36.0 / 12));
    CHECK(all[1].orientation() == 0);
    CHECK(all[2].perimeter == Catch::Approx(2 * std::numbers::pi * 50).epsilon(0.02));
    CHECK(all[2].eccentricity() < 0.05);
    CHECK(all[2].mean_intensity == 3);
}

TEST_CASE("region_statistics: single pixels, nothing, and extents that differ", "[segment][region_statistics]") {
    image<std::uint32_t> labels(3, 3);
    labels(1, 2) = 2;
    auto const all = region_statistics(serial{}, labels.view(), labels.view());
    REQUIRE(all.size() == 2);
    CHECK(all[0] == region{});
    CHECK(all[0].eccentricity() == 0);
    CHECK(all[1].box == rect{1, 2, 1, 1});
    CHECK(all[1].eccentricity() == 0);
    CHECK(all[1].major_axis() == Catch::Approx(4 / std::sqrt(12.0)));
    CHECK(region_statistics(serial{}, image<std::uint32_t>(4, 4).view(), image<std::uint8_t>(4, 4).view()).empty());
    CHECK_THROWS_AS(region_statistics(serial{}, labels.view(), image<std::uint8_t>(3, 4).view()), invalid_argument);
}

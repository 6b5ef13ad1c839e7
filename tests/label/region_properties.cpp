// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/image/image.hpp>
#include <quoin/label/label_image.hpp>
#include <quoin/label/region_properties.hpp>

#include <catch2/catch_approx.hpp>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

#include <cmath>

using namespace quoin;
using Catch::Matchers::WithinRel;

namespace {

/// One region by the definitions: means first, then deviations from them.
region_properties slow(image<std::uint16_t> const& labels, image<std::uint16_t> const& values, std::uint16_t label) {
    std::vector<point> in;
    region_properties r;
    double sides = 0;
    auto const at = [&](index_t x, index_t y) {
        return x < 0 || y < 0 || x >= labels.width() || y >= labels.height() ? 0 : labels(x, y);
    };
    for (index_t y = 0; y < labels.height(); ++y)
        for (index_t x = 0; x < labels.width(); ++x) {
            if (labels(x, y) != label) continue;
            if (in.empty()) r.intensity_min = r.intensity_max = values(x, y);
            in.push_back({x, y});
            r.intensity_mean += values(x, y);
            r.intensity_min = std::min<double>(r.intensity_min, values(x, y));
            r.intensity_max = std::max<double>(r.intensity_max, values(x, y));
            for (point const& step : {point{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
                sides += at(x + step.x, y + step.y) != label;
        }
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
        r.moments_central.mu20 += dx * dx;
        r.moments_central.mu11 += dx * dy;
        r.moments_central.mu02 += dy * dy;
    }
    r.area = static_cast<index_t>(in.size());
    r.box = {x0, y0, x1 - x0 + 1, y1 - y0 + 1};
    r.perimeter_crofton = std::numbers::pi / 4 * sides;
    r.intensity_mean /= n;
    return r;
}

void check_close(region_properties const& found, region_properties const& expected) {
    CHECK(found.area == expected.area);
    CHECK(found.box == expected.box);
    CHECK(found.centroid_x == Catch::Approx(expected.centroid_x));
    CHECK(found.centroid_y == Catch::Approx(expected.centroid_y));
    CHECK(found.variance_x() == Catch::Approx(expected.variance_x()));
    CHECK(found.variance_y() == Catch::Approx(expected.variance_y()));
    CHECK(found.covariance() == Catch::Approx(expected.covariance()).margin(1e-9));
    CHECK(found.perimeter_crofton == Catch::Approx(expected.perimeter_crofton));
    CHECK(found.intensity_mean == Catch::Approx(expected.intensity_mean));
    CHECK(found.intensity_min == expected.intensity_min);
    CHECK(found.intensity_max == expected.intensity_max);
}

/// Pixel by pixel, about the centroid from plain sums.
std::vector<second_moments> slow_moments(bit_image const& m, std::vector<index_t> const& label, std::size_t count) {
    struct sums {
        long double x = 0, y = 0, n = 0, xx = 0, xy = 0, yy = 0;
    };
    std::vector<sums> of(count);
    auto const each = [&](auto const& f) {
        for (index_t y = 0; y < m.height(); ++y)
            for (index_t x = 0; x < m.width(); ++x)
                if (index_t const k = label[static_cast<std::size_t>(y * m.width() + x)]; k >= 0)
                    f(of[static_cast<std::size_t>(k)], static_cast<long double>(x), static_cast<long double>(y));
    };
    each([](sums& s, long double x, long double y) { s.x += x, s.y += y, s.n += 1; });
    each([](sums& s, long double x, long double y) {
        long double const u = x - s.x / s.n, v = y - s.y / s.n;
        s.xx += u * u, s.xy += u * v, s.yy += v * v;
    });
    std::vector<second_moments> result;
    for (sums const& s : of)
        result.push_back({static_cast<double>(s.xx), static_cast<double>(s.xy), static_cast<double>(s.yy)});
    return result;
}

bool close(double a, double b, double scale) {
    return std::abs(a - b) <= 1e-12 * scale;
}

template <class T>
image<T> noise(extent size, std::uint64_t seed) {
    image<T> result(size);
    std::mt19937_64 engine(seed);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) result(x, y) = static_cast<T>(engine());
    return result;
}

} // namespace

TEST_CASE("regionprops: moments of components are those of loops over the pixels", "[label][region_properties]") {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        CAPTURE(seed);
        index_t const width = 1 + static_cast<index_t>(seed * 7 % 140);
        bit_image const m =
            seed % 2 == 0 ? masks::random(width, 150, 0.6, seed) : masks::random_shapes(200, 170, 60, seed);
        for (connectivity c : {connectivity::four, connectivity::eight}) {
            component_map const map = components(serial{}, m, c);
            auto const found = regionprops(serial{}, map);
            auto const label = masks::flood_fill(m, c == connectivity::eight);
            auto const expected = slow_moments(m, label, map.components.size());
            REQUIRE(found.size() == expected.size());
            for (std::size_t k = 0; k < found.size(); ++k) {
                second_moments const& moments = found[k].moments_central;
                double const scale = 1 + expected[k].mu20 + expected[k].mu02;
                REQUIRE(close(moments.mu20, expected[k].mu20, scale));
                REQUIRE(close(moments.mu11, expected[k].mu11, scale));
                REQUIRE(close(moments.mu02, expected[k].mu02, scale));
                REQUIRE(static_cast<component const&>(found[k]) == map.components[k]);
            }
            CHECK(regionprops(test::backwards_policy{}, map) == found);
            for (int threads : {2, 3, 7}) CHECK(regionprops(test::thread_policy{threads}, map) == found);
            // The label image of the map has the same regions, 8-connected ones that touch at corners too.
            auto const as_labels = label_image(serial{}, map);
            CHECK(regionprops(serial{}, as_labels.view()) == found);
        }
    }
}

TEST_CASE("regionprops: moments of a rectangle, by formula", "[label][region_properties]") {
    auto const m = masks::where(300, 200, [](index_t x, index_t y) { return x >= 20 && x < 270 && y >= 7 && y < 97; });
    auto const found = regionprops(serial{}, components(serial{}, m));
    REQUIRE(found.size() == 1);
    CHECK(found[0].moments_central ==
          second_moments{90.0 * 250 * (250 * 250 - 1) / 12, 0, 250.0 * 90 * (90 * 90 - 1) / 12});
    CHECK(found[0].perimeter_crofton == std::numbers::pi / 4 * 2 * (250 + 90));
}

TEST_CASE("regionprops: sums beyond 64 bits", "[label][region_properties]") {
    // Two ends of one row of 2^31 - 1 pixels, of which only the map exists.
    constexpr index_t width = (index_t{1} << 31) - 1;
    component_map map;
    map.runs = {{{0, static_cast<std::int32_t>(width)}}, {0, 1}, width};
    map.label = {0};
    map.components = {{width, {0, 0, width, 1}, static_cast<double>(width - 1) / 2, 0}};
    auto const found = regionprops(serial{}, map);
    long double const n = width;
    CHECK_THAT(found[0].moments_central.mu20, WithinRel(static_cast<double>(n * (n * n - 1) / 12), 1e-15));
    CHECK((found[0].moments_central.mu11 == 0 && found[0].moments_central.mu02 == 0));
}

TEMPLATE_TEST_CASE("regionprops: intensities of components are those of a loop", "[label][region_properties]",
                   std::uint8_t, std::uint16_t, std::int16_t, std::int32_t) {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        CAPTURE(seed);
        bit_image const m =
            seed % 2 == 0 ? masks::random(129, 150, 0.55, seed) : masks::random_shapes(200, 170, 60, seed);
        image<TestType> const gray = noise<TestType>(m.size(), seed);
        component_map const map = components(serial{}, m);
        auto const label = masks::flood_fill(m, false);
        struct intensities {
            index_t sum = 0;
            TestType least = highest<TestType>, most = lowest<TestType>;
        };
        std::vector<intensities> expected(map.components.size());
        for (index_t y = 0; y < m.height(); ++y)
            for (index_t x = 0; x < m.width(); ++x)
                if (index_t const k = label[static_cast<std::size_t>(y * m.width() + x)]; k >= 0) {
                    intensities& of = expected[static_cast<std::size_t>(k)];
                    of.sum += gray(x, y);
                    of.least = std::min(of.least, gray(x, y));
                    of.most = std::max(of.most, gray(x, y));
                }
        auto const found = regionprops(serial{}, map, gray.view());
        for (std::size_t k = 0; k < expected.size(); ++k) {
            REQUIRE(found[k].intensity_mean ==
                    static_cast<double>(expected[k].sum) / static_cast<double>(map.components[k].area));
            REQUIRE(found[k].intensity_min == expected[k].least);
            REQUIRE(found[k].intensity_max == expected[k].most);
        }
        CHECK(regionprops(test::backwards_policy{}, map, gray.view()) == found);
        for (int threads : {2, 5}) CHECK(regionprops(test::thread_policy{threads}, map, gray.view()) == found);
    }
}

TEST_CASE("regionprops: regions of labels by the definitions, under every policy", "[label][region_properties]") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 engine(seed);
        index_t const width = 1 + static_cast<index_t>(seed * 11);
        index_t const height = seed == 12 ? 700 : 3 + static_cast<index_t>(seed * 7);
        image<std::uint16_t> labels(width, height), values(width, height);
        for (index_t y = 0; y < height; ++y)
            for (index_t x = 0; x < width; ++x) {
                labels(x, y) = static_cast<std::uint16_t>(engine() % 2 != 0 ? 0 : 1 + (x / 20 + y / 15) % 7);
                // Every other image has regions that touch, and few gaps.
                if (seed % 2 == 0 && labels(x, y) == 0) labels(x, y) = static_cast<std::uint16_t>(1 + x / 9 % 3);
                if (labels(x, y) == 4) labels(x, y) = 0; // a number that does not occur
                values(x, y) = static_cast<std::uint16_t>(engine());
            }
        auto const all = regionprops(serial{}, labels.view(), values.view());
        for (std::size_t i = 0; i < all.size(); ++i) {
            CAPTURE(i);
            check_close(all[i], slow(labels, values, static_cast<std::uint16_t>(i + 1)));
        }
        auto const as_const = std::as_const(labels).view();
        CHECK(regionprops(test::backwards_policy{}, as_const, values.view()) == all);
        CHECK(regionprops(test::thread_policy{3}, as_const, values.view()) == all);
    }
}

TEST_CASE("regionprops: the axes of an ellipse, a rectangle and a disc", "[label][region_properties]") {
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
    auto const all = regionprops(serial{}, labels.view(), labels.view());
    REQUIRE(all.size() == 3);
    CHECK(all[0].axis_major_length() == Catch::Approx(2 * a).epsilon(0.01));
    CHECK(all[0].axis_minor_length() == Catch::Approx(2 * b).epsilon(0.01));
    CHECK(all[0].orientation() == Catch::Approx(angle).epsilon(0.01));
    CHECK(all[0].eccentricity() == Catch::Approx(std::sqrt(1 - b * b / (a * a))).epsilon(0.01));
    // The variance of a uniform distribution over a side s is s^2 / 12, with no error of pixels.
    CHECK(all[1].variance_x() == Catch::Approx(144.0 / 12));
    CHECK(all[1].variance_y() == Catch::Approx(36.0 / 12));
    CHECK(all[1].orientation() == 0);
    CHECK(all[2].perimeter_crofton == Catch::Approx(2 * std::numbers::pi * 50).epsilon(0.02));
    CHECK(all[2].eccentricity() < 0.05);
    CHECK(all[2].intensity_mean == 3);
    CHECK((all[2].intensity_min == 3 && all[2].intensity_max == 3));
}

TEST_CASE("regionprops: the numbers of scikit-image 0.26", "[label][region_properties]") {
    // regionprops of a bar of 6 x 2 pixels with one below its last column.
    bit_image m(10, 10);
    for (index_t x = 3; x < 9; ++x) m.set(x, 2), m.set(x, 3);
    m.set(8, 4);
    auto const found = regionprops(serial{}, components(serial{}, m));
    REQUIRE(found.size() == 1);
    region_properties const& r = found[0];
    CHECK(r.area == 13);
    CHECK_THAT(r.centroid_y, WithinRel(2.6153846153846154, 1e-14));
    CHECK_THAT(r.centroid_x, WithinRel(5.6923076923076925, 1e-14));
    CHECK_THAT(r.moments_central.mu20, WithinRel(40.769230769230769, 1e-6)); // as printed: 4.07692308e+01
    CHECK_THAT(r.moments_central.mu11, WithinRel(3.4615384615384617, 1e-6));
    CHECK_THAT(r.moments_central.mu02, WithinRel(5.0769230769230766, 1e-6));
    // Axes without the 1 / 12 of each pixel, and the angle from the other axis.
    double const major = 7.1124454984660614, minor = 2.4164342602910716;
    CHECK_THAT(r.axis_major_length(), WithinRel(std::sqrt(major * major + 16.0 / 12), 1e-14));
    CHECK_THAT(r.axis_minor_length(), WithinRel(std::sqrt(minor * minor + 16.0 / 12), 1e-14));
    CHECK_THAT(std::numbers::pi / 2 - r.orientation(), WithinRel(1.4750030785135184, 1e-14));
}

TEST_CASE("regionprops: single pixels, nothing, and extents that differ", "[label][region_properties]") {
    image<std::uint32_t> labels(3, 3);
    labels(1, 2) = 2;
    auto const all = regionprops(serial{}, labels.view(), labels.view());
    REQUIRE(all.size() == 2);
    CHECK(all[0] == region_properties{});
    CHECK(all[0].eccentricity() == 0);
    CHECK((all[0].axis_major_length() == 0 && all[0].orientation() == 0));
    CHECK(all[1].box == rect{1, 2, 1, 1});
    CHECK(all[1].eccentricity() == 0);
    CHECK(all[1].axis_major_length() == Catch::Approx(4 / std::sqrt(12.0)));
    CHECK(all[1].perimeter_crofton == Catch::Approx(std::numbers::pi));
    image<std::uint32_t> const unlabeled(4, 4), nothing;
    image<std::uint8_t> const values(4, 4), narrow(3, 4), high(4, 5);
    CHECK(regionprops(serial{}, unlabeled.view(), values.view()).empty());
    CHECK(regionprops(serial{}, nothing.view()).empty());
    CHECK_THROWS_AS(regionprops(serial{}, labels.view(), narrow.view()), invalid_argument);
    component_map const map = components(serial{}, bit_image(5, 4));
    CHECK(regionprops(serial{}, map).empty());
    CHECK_THROWS_AS(regionprops(serial{}, map, high.view()), invalid_argument);
}

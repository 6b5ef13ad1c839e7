// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/warp_affine.hpp>

#include "support/sampling.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/rotate.hpp>
#include <quoin/image/planar_view.hpp>
#include <quoin/image/subview.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <limits>

using namespace quoin;

namespace {

/// Within, partly outside, far outside; turned, mirrored, enlarged, skipping pixels.
constexpr affine maps[] = {{0.9, 0.1, 0.3, -0.1, 0.95, 4.7},  {0.37, 0, -3.25, 0, 0.21, -2},
                           {-1.5, 0.7, 40.3, 0.6, 2.3, -9.1}, {1, 0, -100.5, 0, 1, 200.125},
                           {3.1, 0, 0.5, 0.01, 2.9, 0.5},     {0.3, -0.9, 12, 0.9, 0.3, -12}};

} // namespace

TEST_CASE("warp_affine: places in all of the image and outside", "[geometry][warp_affine]") {
    for (affine const& m : maps) {
        CHECK(test::check_affine<std::uint8_t>({70, 33}, replicate, m, {83, 21}) == "");
        CHECK(test::check_affine<rgb8>({70, 33}, replicate, m, {83, 21}) == "");
    }
}

TEST_CASE("warp_affine: odd extents", "[geometry][warp_affine]") {
    for (extent const in : {extent{1, 1}, extent{1, 9}, extent{9, 1}, extent{2, 2}, extent{3, 2}, extent{130, 5}})
        for (extent const out : {extent{1, 1}, extent{2, 70}, extent{131, 3}}) {
            CHECK(test::check_affine<std::uint8_t>(in, replicate, maps[0], out) == "");
            CHECK(test::check_affine<std::uint8_t>(in, replicate, maps[5], out) == "");
            CHECK(test::check_affine<rgb8>(in, replicate, maps[1], out) == "");
        }
}

TEST_CASE("warp_affine: the input's extent without another; exact copies, shifts and turns",
          "[geometry][warp_affine]") {
    auto const in = test::random_pixels<std::uint8_t>({71, 71}, 3);
    for (auto const how : test::interpolations) {
        auto const check_map = [&](test::plain<std::uint8_t> const& expected, affine const& m) {
            return test::check_pipeline(in, expected, [&](auto v) { return v | warp_affine(m, how); });
        };
        CHECK(check_map(in, {}) == "");
        test::plain<std::uint8_t> right(in.size), shifted(in.size);
        for (index_t y = 0; y < 71; ++y)
            for (index_t x = 0; x < 71; ++x) {
                right(x, y) = in(y, 70 - x);
                shifted(x, y) = in(test::outside(reflect_101, x - 5, 71), test::outside(reflect_101, y + 3, 71));
            }
        CHECK(check_map(right, {0, 1, 0, -1, 0, 70}) == "");
        CHECK(check_map(shifted, {1, 0, -5, 0, 1, 3}) == "");
    }
}

TEST_CASE("warp_affine: what is not a number stays where it is, and large values stay finite",
          "[geometry][warp_affine]") {
    test::plain<float> in({9, 5});
    for (std::size_t i = 0; i < in.data.size(); ++i) in.data[i] = static_cast<float>(i + 1);
    in(2, 1) = std::numeric_limits<float>::infinity();
    in(6, 3) = std::numeric_limits<float>::quiet_NaN();
    in(4, 4) = std::numeric_limits<float>::max();
    in(8, 0) = std::numeric_limits<float>::denorm_min();
    test::guarded<float> const source(in);
    for (auto const how : test::interpolations) {
        CHECK(test::check_pipeline(in, in, [&](auto v) { return v | warp_affine({}, how); }) == "");
        // Along the rows alone, the pixel above and below is not read.
        auto const half = to_image(serial{}, source.view() | warp_affine({1, 0, 0.5, 0, 1, 0}, how));
        for (index_t x = 0; x < 9; ++x) CHECK(std::isfinite(half(x, 2)));
    }
    test::plain<float> largest({2, 2});
    for (float& v : largest.data) v = std::numeric_limits<float>::max();
    test::guarded<float> const all(largest);
    CHECK(to_image(serial{}, all.view() | warp_affine({1, 0, 0.5, 0, 1, 0.5}))(0, 0) == largest(0, 0));
}

TEST_CASE("warp_affine: planes, and parts of a view", "[geometry][warp_affine]") {
    auto const pixels = test::random_pixels<rgb8>({40, 30}, 9);
    planar_image<rgb8> planes(pixels.size);
    for (index_t y = 0; y < 30; ++y)
        for (index_t x = 0; x < 40; ++x) planes.view().store(x, y, pixels(x, y));
    rect const part{3, 4, 31, 20};
    test::plain<rgb8> inner(part.size());
    for (index_t y = 0; y < part.height; ++y)
        for (index_t x = 0; x < part.width; ++x) inner(x, y) = pixels(x + part.x, y + part.y);
    for (auto const how : test::interpolations) {
        auto const expected = test::sampled(pixels, reflect_101, pixels.size, how, test::places_of(maps[0]));
        auto const of_part = test::sampled(inner, reflect_101, inner.size, how, test::places_of(maps[2]));
        test::guarded<rgb8> const source(pixels);
        for (auto const& policy : test::vector_policies()) {
            image<rgb8> const of_planes = to_image(policy, planes.view() | warp_affine(maps[0], how));
            CHECK(test::difference(expected, of_planes.view()) == "");
            image<rgb8> const inside = to_image(policy, subview(source.view(), part) | warp_affine(maps[2], how));
            CHECK(test::difference(of_part, inside.view()) == "");
        }
    }
}

TEST_CASE("warp_affine: maps one after another, and backwards", "[geometry][warp_affine]") {
    constexpr affine m{0.5, 0.25, 3, -0.25, 1, 2}, n{1, 0, 1, 0, 2, 0}, both = m.then(n), back = m.inverse().then(m);
    STATIC_CHECK((both.a == 0.5 && both.b == 0.25 && both.c == 4 && both.d == -0.5 && both.e == 2 && both.f == 4));
    CHECK(std::abs(back.a - 1) + std::abs(back.b) + std::abs(back.c) + std::abs(back.d) + std::abs(back.e - 1) +
              std::abs(back.f) <
          1e-14);
    CHECK_THROWS_AS((affine{1, 2, 0, 2, 4, 0}.inverse()), invalid_argument);
}

TEST_CASE("warp_affine: errors", "[geometry][warp_affine]") {
    using Catch::Matchers::Message;
    double const infinite = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_MATCHES(warp_affine({1, 2, 0, 2, 4, 0}), invalid_argument,
                         Message("quoin::warp_affine: the map 1:2:0:2:4:0 is singular; give one with A * E - B * D "
                                 "other than 0"));
    CHECK_THROWS_MATCHES(warp_affine({1, 0, nan, 0, 1, 0}), invalid_argument,
                         Message("quoin::warp_affine: the number nan in the map; give numbers between -2^30 and 2^30"));
    CHECK_THROWS_AS(warp_affine({infinite, 0, 0, 0, 1, 0}), invalid_argument);
    CHECK_THROWS_AS(warp_affine({1, 0, 1073741824.0, 0, 1, 0}), invalid_argument);
    CHECK_THROWS_AS(warp_affine({}, interpolation::linear, {0, 5}), invalid_argument);
    CHECK_THROWS_MATCHES(
        warp_affine({2, 0, 0, 0, 1, 0}, interpolation::linear, {1 << 30, 1}), invalid_argument,
        Message("quoin::warp_affine: a result of 1073741824 x 1 pixels reaches 2147483646 pixels far; places must be "
                "less than 2^30 from the first pixel of the input"));
    CHECK_THROWS_MATCHES((image_view<std::uint8_t const>{} | warp_affine({})), invalid_argument,
                         Message("quoin::warp_affine: the input has 0 x 0 pixels; give an image that is not empty"));
    // As far as a map may reach.
    std::uint8_t const value = 7;
    image_view<std::uint8_t const> const one(&value, 1, 1);
    CHECK(to_image(serial{}, one | warp_affine({1073741823.5, 0, 1073741823.5, 0, 1, -1073741823.5}))(0, 0) == 7);
}

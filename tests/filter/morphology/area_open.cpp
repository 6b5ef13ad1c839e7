// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/morphology/area_open.hpp>

#include "filter/morphology/plain_levels.hpp"
#include "support/message.hpp"

#include <quoin/exec/run.hpp>
#include <quoin/filter/tone/invert.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;

namespace {

/// The greatest value of the image for which the pixels of it or more around the pixel are enough, or else the least
/// that is connected with it. Values that are not equal to themselves are no pixels.
template <class T>
test::plain<T> opened(test::plain<T> const& in, index_t area, connectivity c) {
    return test::each_pixel<T>(in.size, [&](index_t px, index_t py) {
        if (in(px, py) != in(px, py)) return in(px, py);
        auto const among = [&](T level) {
            return test::connected(in.size, c, {px, py}, [&](index_t x, index_t y) { return in(x, y) >= level; });
        };
        T least = in(px, py);
        for (point const p : among(std::numeric_limits<T>::lowest())) least = std::min(least, in(p.x, p.y));
        T best = least;
        for (T const level : in.data)
            if (level <= in(px, py) && level > best && static_cast<index_t>(among(level).size()) >= area) best = level;
        return best;
    });
}

template <class T>
void check_type(T shift) {
    unsigned const seed = 20261130;
    std::mt19937 random(seed);
    for (int i = 0; i < 60; ++i) {
        auto in = test::plateaus<T>(random, i, 2 + i % 7);
        for (T& v : in.data) v = static_cast<T>(v + shift);
        index_t const area = 1 + static_cast<index_t>(random() % 30);
        auto const c = i % 2 ? connectivity::four : connectivity::eight;
        CAPTURE(seed, i, in.size.width, in.size.height, area, sizeof(T));
        CHECK(test::filled(in, area_open(area, c)).data == opened(in, area, c).data);
        CHECK(test::filled(in, area_close(area, c)).data == test::negative(opened(test::negative(in), area, c)).data);
    }
}

} // namespace

TEST_CASE("area_open, area_close: equal the definition for every type of channel", "[filter][area_open]") {
    check_type<std::uint8_t>(0);
    check_type<std::uint16_t>(300);
    check_type<std::int16_t>(-12);
    check_type<std::int32_t>(-8);
    check_type<float>(-11.5f);
}

TEST_CASE("area_open: numbers of scikit-image", "[filter][area_open]") {
    // skimage.morphology.area_opening(image, 3), 0.25
    std::vector<std::uint8_t> const in{3, 5, 4, 7, 9, 8, 3, 9, 6}, out{3, 5, 4, 7, 8, 8, 3, 8, 6};
    test::plain<std::uint8_t> image({3, 3});
    std::copy(in.begin(), in.end(), image.data.begin());
    CHECK(test::filled(image, area_open(3)).data[4] == out[4]);
    CHECK(std::equal(out.begin(), out.end(), test::filled(image, area_open(3)).data.begin()));
}

TEST_CASE("area_open: a NaN stays and divides, infinities are values", "[filter][area_open]") {
    float const nan = std::nanf(""), inf = std::numeric_limits<float>::infinity();
    test::plain<float> in({5, 2});
    float const values[] = {1, 9, nan, 2, 5, 1, -inf, nan, inf, 2};
    std::copy(std::begin(values), std::end(values), in.data.begin());
    auto const out = test::filled(in, area_open(2));
    float const expected[] = {1, 1, nan, 2, 2, 1, -inf, nan, 2, 2};
    for (std::size_t i = 0; i < 10; ++i)
        CHECK((std::isnan(expected[i]) ? std::isnan(out.data[i]) : out.data[i] == expected[i]));
    // Less than the area on either side: the least value there.
    auto const all = test::filled(in, area_open(100));
    CHECK((all.data[0] == -inf && all.data[3] == 2 && all.data[8] == 2 && std::isnan(all.data[2])));
}

TEST_CASE("area_open: in the engine", "[filter][area_open]") {
    unsigned const seed = 4;
    std::mt19937 random(seed);
    auto in = test::random_pixels<rgb8>({33, 15}, seed);
    for (rgb8& p : in.data) p = {static_cast<std::uint8_t>(p.r / 50), static_cast<std::uint8_t>(p.g / 90), p.b};
    test::plain<rgb8> expected(in.size);
    for_each_channel<rgb8>([&](auto c) {
        constexpr int i = decltype(c)::value;
        auto const plane =
            test::each_pixel<std::uint8_t>(in.size, [&](index_t x, index_t y) { return get_channel<i>(in(x, y)); });
        auto const made = opened(plane, 9, connectivity::four);
        for (std::size_t k = 0; k < made.data.size(); ++k)
            get_channel<i>(expected.data[k]) = static_cast<std::uint8_t>(255 - made.data[k]);
    });
    CHECK(test::check_pipeline(in, expected, [](auto v) { return v | area_open(9) | invert; }) == "");
}

TEST_CASE("area_open: errors", "[filter][area_open]") {
    CHECK(test::message([] { (void)area_open(0); }) == "quoin::area_open: an area of 0 pixels; give at least 1");
    CHECK(test::message([] { (void)area_close(-3); }) == "quoin::area_close: an area of -3 pixels; give at least 1");
}

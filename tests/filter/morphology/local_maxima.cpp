// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/morphology/local_maxima.hpp>

#include "filter/morphology/plain_levels.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace quoin;

namespace {

/// 255 where no pixel of the plateau has a higher neighbor, unless all pixels are equal.
template <class T>
test::plain<std::uint8_t> maxima(test::plain<T> const& in, connectivity c) {
    bool differs = false;
    for (T const v : in.data) differs |= v != in.data[0];
    return test::each_pixel<std::uint8_t>(in.size, [&](index_t px, index_t py) -> std::uint8_t {
        T const level = in(px, py);
        bool higher = !differs;
        for (point const p :
             test::connected(in.size, c, {px, py}, [&](index_t x, index_t y) { return in(x, y) == level; }))
            test::each_neighbor(in.size, c, p.x, p.y, [&](index_t x, index_t y) { higher |= in(x, y) > level; });
        return higher ? 0 : 255;
    });
}

template <class T>
void check_type(T shift) {
    unsigned const seed = 20261134;
    std::mt19937 random(seed);
    for (int i = 0; i < 100; ++i) {
        auto in = test::plateaus<T>(random, i, 1 + i % 7);
        for (T& v : in.data) v = static_cast<T>(v + shift);
        auto const c = i % 2 ? connectivity::four : connectivity::eight;
        CAPTURE(seed, i, in.size.width, in.size.height, sizeof(T));
        CHECK(test::filled(in, local_maxima(c)).data == maxima(in, c).data);
        CHECK(test::filled(in, local_minima(c)).data == maxima(test::negative(in), c).data);
    }
}

} // namespace

TEST_CASE("local_maxima, local_minima: equal the definition for every type of channel", "[filter][local_maxima]") {
    check_type<std::uint8_t>(0);
    check_type<std::uint8_t>(251); // around 0
    check_type<std::uint16_t>(300);
    check_type<std::int16_t>(-12);
    check_type<std::int32_t>(-8);
    check_type<float>(-11.5f);
}

TEST_CASE("local_maxima: numbers of scikit-image, at the border and of one value", "[filter][local_maxima]") {
    // skimage.morphology.local_maxima, 0.26
    test::plain<std::uint8_t> in({3, 3});
    in.data = {1, 1, 2, 1, 1, 1, 3, 1, 1};
    CHECK(test::filled(in, local_maxima()).data == std::vector<std::uint8_t>{0, 0, 255, 0, 0, 0, 255, 0, 0});
    in.data.assign(9, 7);
    CHECK(test::filled(in, local_maxima()).data == std::vector<std::uint8_t>(9));
    CHECK(test::filled(in, local_minima()).data == std::vector<std::uint8_t>(9));
}

TEST_CASE("local_maxima: NaN", "[filter][local_maxima]") {
    float const nan = std::nanf(""), inf = std::numeric_limits<float>::infinity();
    test::plain<float> in({6, 1});
    in.data = {1, nan, -inf, 3, inf, nan};
    CHECK(test::filled(in, local_maxima()).data == std::vector<std::uint8_t>{255, 0, 0, 0, 255, 0});
    CHECK(test::filled(in, local_minima()).data == std::vector<std::uint8_t>{255, 0, 255, 0, 0, 0});
}

TEST_CASE("local_maxima: in the engine", "[filter][local_maxima]") {
    auto in = test::random_pixels<std::uint8_t>({33, 15}, 4);
    for (std::uint8_t& v : in.data) v /= 32;
    CHECK(test::check_pipeline(in, maxima(in, connectivity::eight), [](auto v) { return v | local_maxima(); }) == "");
}

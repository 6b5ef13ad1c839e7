// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/morphology/fill_gray_holes.hpp>

#include "filter/morphology/plain_levels.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace quoin;

namespace {

/// The least level from which the border is reached over pixels of at most that level.
template <class T>
test::plain<T> filled_up(test::plain<T> const& in, connectivity c) {
    return test::each_pixel<T>(in.size, [&](index_t px, index_t py) {
        auto levels = in.data;
        std::sort(levels.begin(), levels.end());
        for (T const level : levels) {
            if (level < in(px, py)) continue;
            for (point const p :
                 test::connected(in.size, c, {px, py}, [&](index_t x, index_t y) { return in(x, y) <= level; }))
                if (p.x == 0 || p.y == 0 || p.x == in.size.width - 1 || p.y == in.size.height - 1) return level;
        }
        return levels.back();
    });
}

template <class T>
void check_type(T shift) {
    unsigned const seed = 20261133;
    std::mt19937 random(seed);
    for (int i = 0; i < 60; ++i) {
        auto in = test::plateaus<T>(random, i, 2 + i % 9);
        for (T& v : in.data) v = static_cast<T>(v + shift);
        auto const c = i % 2 ? connectivity::four : connectivity::eight;
        CAPTURE(seed, i, in.size.width, in.size.height, sizeof(T));
        CHECK(test::filled(in, fill_gray_holes(c)).data == filled_up(in, c).data);
    }
}

} // namespace

TEST_CASE("fill_gray_holes: equals the definition for every type of channel", "[filter][fill_gray_holes]") {
    check_type<std::uint8_t>(0);
    check_type<std::uint16_t>(300);
    check_type<std::int16_t>(-12);
    check_type<std::int32_t>(-8);
    check_type<float>(-11.5f);
}

TEST_CASE("fill_gray_holes: NaNs that leave no way out", "[filter][fill_gray_holes]") {
    float const nan = std::nanf("");
    test::plain<float> in({5, 3});
    in.data = {1, 2, nan, 2, 1, 1, nan, 0, nan, 1, 1, 2, nan, 2, 1};
    auto const out = test::filled(in, fill_gray_holes());
    CHECK((std::isinf(out(2, 1)) && std::isnan(out(2, 0)) && out(0, 1) == 1));
    // By its corners it has one.
    CHECK(test::filled(in, fill_gray_holes(connectivity::eight))(2, 1) == 2);
}

TEST_CASE("fill_gray_holes: in the engine", "[filter][fill_gray_holes]") {
    auto const in = test::random_pixels<std::uint8_t>({33, 15}, 4);
    CHECK(test::check_pipeline(in, filled_up(in, connectivity::four), [](auto v) { return v | fill_gray_holes(); }) ==
          "");
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/morphology/reconstruct.hpp>

#include "filter/morphology/plain_levels.hpp"
#include "support/message.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;

namespace {

template <class T>
std::vector<T> pixels_of(image<T> const& from) {
    std::vector<T> all;
    for (index_t y = 0; y < from.height(); ++y)
        for (index_t x = 0; x < from.width(); ++x) all.push_back(from(x, y));
    return all;
}

template <class T>
void check_type(T shift) {
    unsigned const seed = 20261131;
    std::mt19937 random(seed);
    for (int i = 0; i < 100; ++i) {
        auto mask = test::plateaus<T>(random, i, 2 + i % 9);
        auto marker = mask;
        for (T& v : mask.data) v = static_cast<T>(v + shift);
        // A few pixels mark.
        for (T& v : marker.data) v = static_cast<T>((random() % 9 == 0 ? static_cast<int>(v) + 2 : 3) + shift);
        auto const c = i % 2 ? connectivity::four : connectivity::eight;
        CAPTURE(seed, i, mask.size.width, mask.size.height, sizeof(T));
        auto const view = [](test::plain<T> const& p) { return test::view_of(p); };
        CHECK(pixels_of(reconstruct(serial{}, view(marker), view(mask), c)) ==
              test::reconstructed(marker, mask, c).data);
        auto const low = test::negative(marker), above = test::negative(mask);
        CHECK(pixels_of(reconstruct_by_erosion(serial{}, view(low), view(above), c)) ==
              test::negative(test::reconstructed(marker, mask, c)).data);
    }
}

} // namespace

TEST_CASE("reconstruct: equals the definition for every type of channel", "[filter][reconstruct]") {
    check_type<std::uint8_t>(0);
    check_type<std::uint16_t>(300);
    check_type<std::int16_t>(-12);
    check_type<std::int32_t>(-8);
    check_type<float>(-11.5f);
}

TEST_CASE("reconstruct: a path that winds", "[filter][reconstruct]") {
    // Walls between corridors, which are open at alternate ends; the lowest place of the way bounds what is behind it.
    test::plain<std::uint8_t> mask({31, 31}), marker({31, 31});
    for (index_t y = 0; y < 31; ++y)
        for (index_t x = 0; x < 31; ++x) mask(x, y) = y % 2 == 0 || x == (y % 4 == 1 ? 30 : 0) ? 200 : 10;
    mask(15, 16) = 90;
    marker(0, 0) = 255;
    for (connectivity const c : {connectivity::four, connectivity::eight}) {
        auto const out = reconstruct(serial{}, test::view_of(marker), test::view_of(mask), c);
        CHECK((out(0, 0) == 200 && out(14, 16) == 200 && out(15, 16) == 90 && out(30, 30) == 90 && out(5, 1) == 10));
    }
}

TEST_CASE("reconstruct: strips for several threads", "[filter][reconstruct]") {
    unsigned const seed = 20261135;
    std::mt19937 random(seed);
    for (int i = 0; i < 12; ++i) {
        test::plain<std::uint8_t> mask({1 + static_cast<int>(random() % 9), 60 + static_cast<int>(random() % 150)});
        auto marker = mask;
        for (std::uint8_t& v : mask.data) v = static_cast<std::uint8_t>(100 + random() % 100);
        for (std::uint8_t& v : marker.data) v = random() % 200 == 0 ? 255 : 0;
        auto const c = i % 2 ? connectivity::four : connectivity::eight;
        CAPTURE(seed, i, mask.size.width, mask.size.height);
        CHECK(pixels_of(reconstruct(test::backwards{}, test::view_of(marker), test::view_of(mask), c)) ==
              test::reconstructed(marker, mask, c).data);
    }
}

TEST_CASE("reconstruct: a NaN of the mask divides, one of the marker marks nothing", "[filter][reconstruct]") {
    float const nan = std::nanf(""), inf = std::numeric_limits<float>::infinity();
    float const mask[] = {5, 6, nan, 7, inf, -inf}, marker[] = {nan, 4, 9, 1, inf, 3};
    image_view<float const> const in(mask, 6, 1), from(marker, 6, 1);
    auto const out = reconstruct(serial{}, from, in);
    CHECK((out(0, 0) == 4 && out(1, 0) == 4 && std::isnan(out(2, 0)) && out(3, 0) == 7 && out(4, 0) == inf));
    CHECK(out(5, 0) == -inf);
    auto const above = reconstruct_by_erosion(serial{}, from, in);
    CHECK((above(0, 0) == 6 && above(1, 0) == 6 && std::isnan(above(2, 0)) && above(3, 0) == 7));
    CHECK((above(4, 0) == inf && above(5, 0) == 3));
}

TEST_CASE("reconstruct: numbers of scikit-image", "[filter][reconstruct]") {
    // skimage.morphology.reconstruction(marker, mask), 0.26
    std::uint8_t const mask[] = {1, 5, 1, 4, 1, 6, 2, 0, 3}, marker[] = {0, 3, 0, 2, 0, 0, 0, 0, 3};
    std::uint8_t const expected[] = {1, 3, 1, 3, 1, 3, 2, 0, 3};
    auto const out =
        reconstruct(serial{}, image_view<std::uint8_t const>(marker, 3, 3), image_view<std::uint8_t const>(mask, 3, 3));
    CHECK(std::equal(std::begin(expected), std::end(expected), pixels_of(out).begin()));
}

TEST_CASE("reconstruct: errors, and images without pixels", "[filter][reconstruct]") {
    image<std::uint8_t> const a(3, 2), b(2, 3), none;
    auto const of = [](image<std::uint8_t> const& p) { return p.view(); };
    CHECK(test::message([&] { (void)reconstruct(serial{}, of(a), of(b)); }) ==
          "quoin::reconstruct: a marker of 3 x 2 pixels and a mask of 2 x 3; give images of one extent");
    CHECK(reconstruct(serial{}, of(none), of(none)).empty());
}

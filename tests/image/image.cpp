// SPDX-License-Identifier: BSL-1.0
#include <quoin/image/image.hpp>
#include <quoin/image/view.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>

using namespace quoin;

namespace {

constexpr bool test_value() {
    image<rgb8> a(3, 2);
    for (index_t y = 0; y < 2; ++y)
        for (index_t x = 0; x < 3; ++x)
            if (a.view().load(x, y) != rgb8{0, 0, 0}) return false;
    a.view().store(2, 1, {1, 2, 3});
    image<rgb8> b = a;
    b.view().store(2, 1, {9, 9, 9});
    if (a.view().load(2, 1) != rgb8{1, 2, 3}) return false;
    a = b;
    image<rgb8> moved = std::move(a);
    if (a.size() != extent{} || !a.view().empty()) return false;
    a = moved;
    moved = std::move(a);
    if (a.size() != extent{} || a.view().stride() != 0) return false;
    image<float> gray(4, 4);
    gray(1, 2) = 5;
    return moved.view().load(2, 1) == rgb8{9, 9, 9} && moved.size() == extent{3, 2} && std::as_const(gray)(1, 2) == 5 &&
           image<float>().empty() && image<float>(0, 7).size() == extent{0, 7} && image<float>(extent{7, 0}).empty();
}

constexpr bool test_planar() {
    planar_image<rgb8> a(3, 2);
    a.view().store(2, 1, {1, 2, 3});
    planar_image<rgb8> b = a;
    planar_image<rgb8> const c = std::move(b);
    if (b.size() != extent{} || !b.view().empty() || c.view().load(2, 1) != rgb8{1, 2, 3}) return false;
    b = c;
    a.view().store(2, 1, {7, 7, 7});
    planar_image<rgb8> const none(0, 3);
    return b.view().load(2, 1) == rgb8{1, 2, 3} && b.view().load(1, 1) == rgb8{0, 0, 0} && none.view().empty();
}

} // namespace

TEST_CASE("image: zeroed, deep copies, moves", "[image]") {
    static_assert(test_value());
    CHECK(test_value());
    static_assert(test_planar());
    CHECK(test_planar());
    STATIC_CHECK(concepts::owning_image<image<rgb8>>);
    STATIC_CHECK(concepts::owning_image<planar_image<rgb8>>);
    STATIC_CHECK(!concepts::view<image<rgb8>>);
    STATIC_CHECK(!concepts::owning_image<image_view<rgb8>>);
}

TEST_CASE("image: every row starts at a multiple of 64 bytes", "[image]") {
    for (index_t width = 1; width <= 70; ++width) {
        image<rgb8> a(width, 3);
        planar_image<rgbf> b(width, 3);
        bool aligned = true;
        for (index_t y = 0; y < 3; ++y) {
            aligned = aligned && reinterpret_cast<std::uintptr_t>(a.view().row(y)) % 64 == 0;
            for (int c = 0; c < 3; ++c)
                aligned = aligned && reinterpret_cast<std::uintptr_t>(b.view().row(c, y)) % 64 == 0;
        }
        CHECK(aligned);
    }
}

TEST_CASE("image: extents that cannot be throw before memory is asked for", "[image]") {
    constexpr index_t huge = std::numeric_limits<index_t>::max();
    CHECK_THROWS_AS(image<std::uint8_t>(-1, 1), invalid_argument);
    CHECK_THROWS_AS(image<std::uint8_t>(1, -1), invalid_argument);
    for (extent size :
         {extent{huge, 1}, extent{1, huge}, extent{huge, huge}, extent{index_t{1} << 32, index_t{1} << 32}}) {
        CHECK_THROWS_AS(image<std::uint8_t>(size), invalid_argument);
        CHECK_THROWS_AS(image<rgba<double>>(size), invalid_argument);
        CHECK_THROWS_AS(planar_image<rgba<double>>(size), invalid_argument);
    }
    CHECK(image<rgba<double>>(huge, 0).empty());
}

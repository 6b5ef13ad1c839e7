// SPDX-License-Identifier: BSL-1.0
#include <quoin/runtime/any_view.hpp>

#include <quoin/image/image.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("any_view: views of known pixels and back", "[runtime]") {
    image<rgb8> const in(5, 3);
    any_view const v = in.view();
    CHECK(v.format() == pixel_format{channel_type::u8, 3});
    CHECK(v.size() == extent{5, 3});
    CHECK(v.as<rgb8>().data() == in.view().data());
    CHECK_THROWS_AS(v.as<std::uint8_t>(), invalid_argument);
    CHECK_THROWS_AS(v.as<rgb<std::uint16_t>>(), invalid_argument);
    CHECK(to_text(v.format()) == "RGB u8");
    CHECK(to_text({channel_type::f32, 1}) == "gray f32");
}

TEST_CASE("any_view: planes must be equally far apart", "[runtime]") {
    std::uint16_t values[60] = {};
    using planes = planar_view<rgb<std::uint16_t> const>;
    any_view const v = planes({values, values + 20, values + 40}, 5, 4, 5);
    CHECK(v.pixels().plane == 20);
    CHECK(v.pixels().step == 1);
    CHECK_THROWS_AS(v.as<rgb<std::uint16_t>>(), invalid_argument);
    CHECK_THROWS_AS(any_view(planes({values, values + 20, values + 35}, 5, 3, 5)), invalid_argument);
}

TEST_CASE("any_view: what is no image is refused", "[runtime]") {
    std::uint8_t v = 0;
    CHECK_THROWS_AS(any_view(&v, {1, 1}, 1, 1, 0, {channel_type::u8, 2}), invalid_argument);
    CHECK_THROWS_AS(any_view(&v, {-1, 1}, 1, 1, 0, {channel_type::u8, 1}), invalid_argument);
    CHECK_THROWS_AS(any_view(nullptr, {1, 1}, 1, 1, 0, {channel_type::u8, 1}), invalid_argument);
}

TEST_CASE("any_image: zeroed pixels, rows from addresses of their own line of the cache", "[runtime]") {
    any_image image({channel_type::u16, 3}, {7, 2});
    auto const v = image.output().as<rgb<std::uint16_t>>();
    CHECK(v.stride() * 2 % 64 == 0);
    CHECK(v(6, 1) == rgb<std::uint16_t>{0, 0, 0});
    CHECK(any_image({channel_type::u8, 1}, {0, 5}).size() == extent{0, 5});
}

TEST_CASE("any_image: a copy has its own pixels, a moved one keeps them", "[runtime]") {
    any_image first({channel_type::u16, 3}, {5, 2});
    CHECK(first.view().as<rgb16>()(4, 1) == rgb16{0, 0, 0});
    first.output().as<rgb16>()(4, 1) = {1, 2, 3};
    any_image copy = first;
    first.output().as<rgb16>()(4, 1) = {7, 7, 7};
    CHECK(copy.view().as<rgb16>()(4, 1) == rgb16{1, 2, 3});
    any_image const moved = std::move(first);
    CHECK(moved.view().as<rgb16>()(4, 1) == rgb16{7, 7, 7});
    copy = moved;
    CHECK(copy.view().as<rgb16>()(4, 1) == rgb16{7, 7, 7});
    CHECK(copy.view().as<rgb16>().data() != moved.view().as<rgb16>().data());
    copy = {};
    CHECK(copy.size() == extent{0, 0});
}

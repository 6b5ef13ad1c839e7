// SPDX-License-Identifier: BSL-1.0
#include <quoin/image/image_view.hpp>
#include <quoin/image/view.hpp>

#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

constexpr bool test_gray() {
    std::uint8_t memory[12] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    image_view<std::uint8_t> const v(memory + 1, 3, 2, 5); // columns 1..3 of rows of 5
    if (v.width() != 3 || v.height() != 2 || v.size() != extent{3, 2} || v.stride() != 5 || v.empty())
        return false;
    if (v(0, 0) != 1 || v(2, 1) != 8 || v.load(1, 1) != 7 || v.row(1) != memory + 6 || v.data() != memory + 1)
        return false;
    v(1, 1) = 70;
    v.store(2, 0, 30);
    v.at(0, 1) = 60;
    image_view<std::uint8_t const> const read_only = v;
    return memory[7] == 70 && memory[3] == 30 && memory[6] == 60 && read_only.at(1, 1) == 70;
}

constexpr bool test_channels() {
    std::uint8_t memory[20] = {};
    image_view<rgb8> const v(memory, 2, 2, 9);
    v.store(1, 1, rgb8{7, 8, 9});
    return memory[12] == 7 && memory[13] == 8 && memory[14] == 9 && v.load(1, 1) == rgb8{7, 8, 9} &&
           image_view<test::yuv<std::uint8_t> const>(memory, 2, 2, 9).load(1, 1).u == 8;
}

constexpr bool test_upside_down() {
    int memory[6] = {1, 2, 3, 4, 5, 6};
    image_view<int const> const v(memory + 4, 2, 3, -2);
    return v(0, 0) == 5 && v(1, 1) == 4 && v(1, 2) == 2;
}

constexpr bool test_empty() {
    image_view<float> const none;
    return none.empty() && none.data() == nullptr && image_view<float>(nullptr, 0, 5, 0).empty() &&
           image_view<float>(nullptr, 5, 0, 5).size() == extent{5, 0};
}

constexpr bool test_concepts() {
    static_assert(concepts::view<image_view<rgb8>> && concepts::view<image_view<rgb8 const>> &&
                  concepts::writable_view<image_view<rgb8>>);
    static_assert(!concepts::writable_view<image_view<rgb8 const>> && !concepts::view<rgb8> &&
                  !concepts::view<std::uint8_t*> && !concepts::view<int>);
    static_assert(std::is_convertible_v<image_view<float>, const_image_view<float>>);
    static_assert(!std::is_convertible_v<const_image_view<float>, image_view<float>>);
    static_assert(std::is_trivially_copyable_v<image_view<rgb8>>);
    return true;
}

} // namespace

TEST_CASE("image_view: gray pixels with a stride", "[view]") {
    static_assert(test_gray());
    CHECK(test_gray());
}

TEST_CASE("image_view: pixels of several channels", "[view]") {
    static_assert(test_channels());
    CHECK(test_channels());
    rgb8 memory[6] = {};
    image_view<rgb8> const v(memory, 2, 3);
    v(1, 2) = {1, 2, 3};
    v.at(0, 1).g = 9;
    CHECK(memory[5] == rgb8{1, 2, 3});
    CHECK(memory[2].g == 9);
}

TEST_CASE("image_view: a negative stride is an image upside down", "[view]") {
    static_assert(test_upside_down());
    CHECK(test_upside_down());
}

TEST_CASE("image_view: without pixels", "[view]") {
    static_assert(test_empty());
    CHECK(test_empty());
}

TEST_CASE("image_view: what it models and what not", "[view]") {
    static_assert(test_concepts());
    CHECK(test_concepts());
}

TEST_CASE("image_view: what cannot be is refused", "[view]") {
    std::uint8_t memory[16] = {};
    using view8 = image_view<std::uint8_t>;
    CHECK_THROWS_AS(view8(memory, -1, 2, 4), invalid_argument);
    CHECK_THROWS_AS(view8(memory, 2, -1, 4), invalid_argument);
    CHECK_THROWS_AS(view8(memory, 4, 2, 3), invalid_argument);
    CHECK_THROWS_AS(view8(memory, 4, 2, -3), invalid_argument);
    CHECK_THROWS_AS(image_view<rgb8>(memory, 2, 2, 5), invalid_argument);
    CHECK_THROWS_AS(view8(nullptr, 1, 1, 1), invalid_argument);
    CHECK_NOTHROW(view8(memory, 4, 1, 0));
    view8 const v(memory, 4, 4);
    for (point p : {point{-1, 0}, point{0, -1}, point{4, 0}, point{0, 4}})
        CHECK_THROWS_AS(v.at(p.x, p.y), invalid_argument);
}

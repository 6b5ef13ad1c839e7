// SPDX-License-Identifier: BSL-1.0
#include <quoin/image/subview.hpp>

#include <catch2/catch_test_macros.hpp>

#include <vector>

using namespace quoin;

namespace {

/// A part and the flipped part of any view that shows value 10 * y + x.
template <class V>
constexpr bool test_parts(V v, auto value) {
    auto const part = subview(v, {1, 1, 2, 2});
    if (part.size() != extent{2, 2}) return false;
    for (index_t y = 0; y < 2; ++y)
        for (index_t x = 0; x < 2; ++x)
            if (part.load(x, y) != value(x + 1, y + 1)) return false;
    auto const flipped = flip_rows(v);
    for (index_t y = 0; y < v.height(); ++y)
        for (index_t x = 0; x < v.width(); ++x)
            if (flipped.load(x, y) != value(x, v.height() - 1 - y) ||
                flip_rows(flipped).load(x, y) != value(x, y))
                return false;
    return subview(flipped, {0, 0, 3, 1}).load(2, 0) == value(2, v.height() - 1) &&
           subview(v, {3, 4, 0, 0}).empty() &&
           subview(subview(v, {1, 1, 2, 3}), {1, 2, 1, 1}).load(0, 0) == value(2, 3) &&
           flip_rows(V{}).empty();
}

constexpr bool test_all_views() {
    std::uint8_t memory[4 * 12] = {};
    for (int y = 0; y < 4; ++y)
        for (int x = 0; x < 12; ++x) memory[y * 12 + x] = static_cast<std::uint8_t>(20 * y + x);
    auto const gray = [](index_t x, index_t y) { return static_cast<std::uint8_t>(20 * y + x); };
    auto const third = [](index_t x, index_t y) { return static_cast<std::uint8_t>(20 * y + 3 * x); };
    auto const color = [](index_t x, index_t y) {
        auto const v = static_cast<std::uint8_t>(20 * y + 3 * x);
        return rgb8{v, static_cast<std::uint8_t>(v + 1), static_cast<std::uint8_t>(v + 2)};
    };
    auto const planar = [](index_t x, index_t y) {
        auto const v = static_cast<std::uint8_t>(20 * y + x);
        return rgb8{v, static_cast<std::uint8_t>(v + 4), static_cast<std::uint8_t>(v + 8)};
    };
    return test_parts(image_view<std::uint8_t const>(memory, 3, 4, 12), gray) &&
           test_parts(image_view<rgb8>(memory, 3, 4, 12), color) &&
           test_parts(channel_view<std::uint8_t const, 3>(memory, 3, 4, 12), third) &&
           test_parts(planar_view<rgb8>({memory, memory + 4, memory + 8}, 3, 4, 12), planar);
}

} // namespace

TEST_CASE("subview, flip_rows: of every kind of view", "[view]") {
    static_assert(test_all_views());
    CHECK(test_all_views());
}

TEST_CASE("subview: a rectangle that reaches outside is refused", "[view]") {
    std::vector<float> memory(12);
    image_view<float> const v(memory.data(), 4, 3);
    for (rect r :
         {rect{-1, 0, 2, 2}, rect{0, -1, 2, 2}, rect{3, 0, 2, 1}, rect{0, 2, 1, 2}, rect{0, 0, -1, 1},
          rect{0, 0, 1, -1}, rect{5, 0, 0, 0}, rect{std::numeric_limits<index_t>::max() - 1, 0, 2, 1}}) {
        CAPTURE(r.x, r.y, r.width, r.height);
        CHECK_THROWS_AS(subview(v, r), invalid_argument);
    }
    CHECK(subview(v, {0, 0, 4, 3}).size() == v.size());
    CHECK(subview(v, {4, 3, 0, 0}).empty());
}

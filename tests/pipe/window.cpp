// SPDX-License-Identifier: BSL-1.0
#include <quoin/pipe/window.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

struct rows_of {
    std::uint8_t const* middle;
    index_t stride;
    constexpr std::uint8_t const* operator()(int dy) const { return middle + dy * stride; }
};

constexpr bool test_window() {
    std::uint8_t memory[25] = {};
    for (int i = 0; i < 25; ++i) memory[i] = static_cast<std::uint8_t>(10 * i);
    window<scalar_lanes, std::uint8_t, rows_of> const w({memory + 10, 5}, 0, 2);
    static_assert(std::same_as<decltype(w(0, 0)), std::uint8_t>);
    static_assert(std::same_as<decltype(w.at<std::int32_t>(0, 0)), std::int32_t>);
    for (int dy = -2; dy <= 2; ++dy)
        for (int dx = -2; dx <= 2; ++dx)
            if (w(dx, dy) != memory[(2 + dy) * 5 + 2 + dx] ||
                w.at<float>(dx, dy) != static_cast<float>(w(dx, dy)))
                return false;
    return w.beside<float, -2>(1) == w.at<float>(-2, 1) && w.beside<std::uint8_t, 1>(-1) == w(1, -1);
}

constexpr bool test_planes() {
    std::uint8_t const memory[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    window<scalar_lanes, rgb8, rows_of> const w({memory, 0}, 3, 1);
    return w(0, 0) == rgb8{2, 5, 8} && w(1, 0) == rgb8{3, 6, 9} && w.at<int>(-1, 0) == rgb<int>{1, 4, 7};
}

struct rows_with_more : rows_of {
    std::int32_t const* above;
    bool knows_above;
    std::uint32_t const* sums;
};

template <class Window>
concept has_more = requires(Window const& w) {
    w.knows_above();
    w.above();
    w.row_sum(0, 0);
};

constexpr bool test_more() {
    std::uint8_t const memory[6] = {1, 2, 3, 4, 5, 6};
    std::int32_t const above[6] = {10, 20, 30, 40, 50, 60};
    std::uint32_t const sums[6] = {0xFFFFFFFFu, 1, 4, 8, 13, 19};
    window<scalar_lanes, std::uint8_t, rows_with_more> const w({{memory, 0}, above, true, sums}, 0, 3);
    static_assert(std::same_as<decltype(w.above()), std::int32_t>);
    return w.knows_above() && w.above() == 40 && w.row_sum(-2, 1) == 2 + 3 + 4 + 5 && w.row_sum(0, 0) == 4;
}

constexpr bool test_footprint() {
    return footprint{1, 2} == footprint{1, 1, 2, 2} && footprint{0, 0, 1, 3}.rows() == 5 &&
           footprint{} == footprint{0, 0};
}

} // namespace

TEST_CASE("window: pixels around a pixel", "[view]") {
    static_assert(test_window());
    CHECK(test_window());
    static_assert(test_planes());
    CHECK(test_planes());
}

TEST_CASE("window: members for what the engine keeps beside the rows", "[view]") {
    static_assert(test_more());
    CHECK(test_more());
    STATIC_CHECK(has_more<window<scalar_lanes, std::uint8_t, rows_with_more>>);
    STATIC_CHECK_FALSE(has_more<window<scalar_lanes, std::uint8_t, rows_of>>);
}

TEST_CASE("footprint: columns and rows", "[view]") {
    static_assert(test_footprint());
    CHECK(test_footprint());
}

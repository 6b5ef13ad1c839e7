// SPDX-License-Identifier: BSL-1.0
#include <quoin/image/channel_view.hpp>
#include <quoin/image/view.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

constexpr bool test_channel_of() {
    std::uint8_t memory[14] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
    auto const green = channel_of<1>(image_view<rgb8>(memory, 2, 2, 7));
    static_assert(std::same_as<decltype(green), channel_view<std::uint8_t, 3> const>);
    if (green.size() != extent{2, 2} || green(0, 0) != 1 || green(1, 0) != 4 || green(0, 1) != 8 ||
        green.load(1, 1) != 11)
        return false;
    green.store(1, 1, 99);
    auto const blue = channel_of<2>(image_view<rgb8 const>(memory, 2, 2, 7));
    return memory[11] == 99 && blue(1, 1) == 12 && channel_of<0>(image_view<rgb8>()).empty();
}

constexpr bool test_plane() {
    std::uint8_t r[2] = {1, 2}, g[2] = {3, 4}, b[2] = {5, 6};
    return channel_of<2>(planar_view<rgb8>({r, g, b}, 2, 1, 2))(1, 0) == 6;
}

template <int I, class V>
concept has_channel = requires(V v) {
    channel_of<I>(v);
};

} // namespace

TEST_CASE("channel_of: one channel of interleaved pixels", "[view]") {
    static_assert(test_channel_of());
    CHECK(test_channel_of());
    STATIC_CHECK(concepts::writable_view<channel_view<float, 3>>);
    STATIC_CHECK(concepts::view<channel_view<float const, 3>>);
    STATIC_CHECK(!concepts::writable_view<channel_view<float const, 3>>);
    STATIC_CHECK(has_channel<2, image_view<rgb8>>);
    STATIC_CHECK(!has_channel<3, image_view<rgb8>>);
    STATIC_CHECK(!has_channel<-1, image_view<rgb8>>);
}

TEST_CASE("channel_of: one plane", "[view]") {
    static_assert(test_plane());
    CHECK(test_plane());
}

TEST_CASE("channel_view: rows that overlap are refused", "[view]") {
    std::uint8_t m[8] = {};
    using every_third = channel_view<std::uint8_t, 3>;
    CHECK_NOTHROW(every_third(m, 2, 2, 4)); // 0 and 3, 4 and 7
    CHECK_THROWS_AS(every_third(m, 2, 2, 3), invalid_argument);
    CHECK_THROWS_AS(every_third(nullptr, 2, 2, 6), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/pixel.hpp>

#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

struct padded {
    std::uint8_t a;
    float b;
};
struct not_trivial {
    std::uint8_t v;
    not_trivial(not_trivial const&) {}
};
template <class T>
struct two {
    T a, b;
};
template <class T>
struct with_more {
    T a, b, c;
    int more;
};

} // namespace

template <class T>
struct quoin::pixel_traits<two<T>> : quoin::pixel_layout<two, T, 2> {};
template <class T>
struct quoin::pixel_traits<with_more<T>> : quoin::pixel_layout<with_more, T, 3> {};

namespace {

constexpr bool test_concepts() {
    static_assert(concepts::pixel<std::uint8_t> && concepts::pixel<std::int16_t> && concepts::pixel<float> &&
                  concepts::pixel<double> && concepts::pixel<std::int64_t>);
    static_assert(concepts::pixel<rgb8> && concepts::pixel<rgba<double>> && concepts::pixel<test::yuv<float>> &&
                  concepts::pixel<two<std::int32_t>>);
    static_assert(!concepts::pixel<bool> && !concepts::pixel<long double> && !concepts::pixel<int*> &&
                  !concepts::pixel<padded> && !concepts::pixel<not_trivial> && !concepts::pixel<void>);
    static_assert(!concepts::pixel<rgb<bool>> && !concepts::pixel<rgb<rgb8>> &&
                  !concepts::pixel<with_more<std::uint8_t>>);
    static_assert(!concepts::pixel<std::uint8_t const> || std::same_as<channel_t<std::uint8_t const>, std::uint8_t>);
    static_assert(concepts::gray_pixel<float> && !concepts::gray_pixel<rgb8> && !concepts::gray_pixel<padded>);
    static_assert(channels_v<float> == 1 && channels_v<rgb8 const> == 3 && channels_v<rgbaf> == 4 &&
                  channels_v<two<int>> == 2);
    static_assert(std::same_as<channel_t<rgb16>, std::uint16_t> &&
                  std::same_as<channel_t<test::yuv<double>>, double>);
    static_assert(std::same_as<rebind_t<rgb8, float>, rgbf> &&
                  std::same_as<rebind_t<std::uint8_t, int>, int> &&
                  std::same_as<rebind_t<test::yuv<float>, std::uint8_t>, test::yuv<std::uint8_t>>);
    return true;
}

constexpr bool test_channels() {
    rgba8 p{1, 2, 3, 4};
    get_channel<2>(p) = 30;
    if (p != rgba8{1, 2, 30, 4} || get_channel<0>(p) != 1 || get_channel<3>(p) != 4) return false;
    float gray = 2;
    get_channel<0>(gray) = 5;
    two<int> q{7, 8};
    get_channel<1>(q) += get_channel<0>(q);
    return gray == 5 && q.a == 7 && q.b == 15;
}

constexpr bool test_making() {
    auto const p = make_pixel<rgb8>([](auto i) { return static_cast<float>(decltype(i)::value) + 0.5f; });
    static_assert(std::same_as<decltype(p), rgbf const>);
    auto const doubled = map_channels(test::yuv<int>{1, 2, 3}, [](int v) { return 2.0 * v; });
    static_assert(std::same_as<decltype(doubled), test::yuv<double> const>);
    int order = 0;
    for_each_channel<rgba8>([&](auto i) { order = order * 10 + decltype(i)::value; });
    return p == rgbf{0.5f, 1.5f, 2.5f} && doubled.y == 2 && doubled.u == 4 && doubled.v == 6 &&
           order == 123 && map_channels(std::uint8_t{3}, [](int v) { return v + 1; }) == 4;
}

} // namespace

TEST_CASE("pixel: what is a pixel and what is not", "[core]") {
    static_assert(test_concepts());
    CHECK(test_concepts());
}

TEST_CASE("pixel: channels are references in memory order", "[core]") {
    static_assert(test_channels());
    CHECK(test_channels());
}

TEST_CASE("pixel: making and mapping", "[core]") {
    static_assert(test_making());
    CHECK(test_making());
}

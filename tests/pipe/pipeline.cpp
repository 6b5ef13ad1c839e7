// SPDX-License-Identifier: BSL-1.0
// operator|: pipelines are flat, cheap values, however they were put together.
#include <quoin/quoin.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

constexpr auto halve = [](std::uint8_t v) { return static_cast<std::uint8_t>(v / 2); };

template <class Pipeline>
using stages_of = std::remove_cvref_t<decltype(std::declval<Pipeline const&>().stages())>;

} // namespace

TEST_CASE("pipeline: a flat value", "[pipe]") {
    rgb8 pixels[6] = {};
    image_view<rgb8 const> const v(pixels, 3, 2);
    auto const p = v | gray | gaussian3 | halve | brightness(1.2f);
    using type = std::remove_const_t<decltype(p)>;
    STATIC_REQUIRE(std::is_trivially_copyable_v<type>);
    STATIC_REQUIRE(stages_of<type>::size == 4);
    STATIC_REQUIRE(std::same_as<type::pixel_type, std::uint8_t>);
    STATIC_REQUIRE(sizeof(type) <= sizeof(v) + sizeof(brightness_fn) + 8);
    CHECK(p.size() == extent{3, 2});
    CHECK(p.source().data() == v.data());
}

TEST_CASE("pipeline: closures are the same pipeline", "[pipe]") {
    rgb8 pixels[6] = {};
    image_view<rgb8 const> const v(pixels, 3, 2);
    auto const smooth_edges = gray | gaussian3 | sobel_magnitude;
    STATIC_REQUIRE(std::same_as<decltype(v | smooth_edges), decltype(v | gray | gaussian3 | sobel_magnitude)>);
    STATIC_REQUIRE(std::same_as<decltype(v | (gray | (gaussian3 | sobel_magnitude))), decltype(v | smooth_edges)>);
    STATIC_REQUIRE(std::same_as<decltype(v | (smooth_edges | halve)), decltype(v | smooth_edges | halve)>);
    STATIC_REQUIRE(std::same_as<decltype(v | (extend(wrap) | gaussian3)), decltype(v | extend(wrap) | gaussian3)>);
    STATIC_REQUIRE(std::same_as<decltype(v | (gray | box(3))), decltype(v | gray | box(3))>);
}

TEST_CASE("pipeline: pixel types follow the stages", "[pipe]") {
    rgb8 pixels[6] = {};
    image_view<rgb8 const> const v(pixels, 3, 2);
    STATIC_REQUIRE(std::same_as<decltype(v | sobel_x)::pixel_type, rgb<std::int16_t>>);
    STATIC_REQUIRE(std::same_as<decltype(v | sobel_x | convert_to<float>)::pixel_type, rgbf>);
    STATIC_REQUIRE(std::same_as<decltype(v | gray | gaussian(2) | box(3))::pixel_type, std::uint8_t>);
    STATIC_REQUIRE(std::same_as<decltype(as_pipeline(v))::pixel_type, rgb8>);
}

TEST_CASE("pipeline: what can be evaluated", "[pipe]") {
    STATIC_REQUIRE(evaluable<image_view<rgb8>>);
    STATIC_REQUIRE(evaluable<pipeline<image_view<rgb8>, gray_fn>>);
    STATIC_REQUIRE_FALSE(evaluable<image<rgb8>>);
    STATIC_REQUIRE_FALSE(evaluable<gray_fn>);
}

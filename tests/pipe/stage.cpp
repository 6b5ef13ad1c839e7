// SPDX-License-Identifier: BSL-1.0
// What counts as a stage, and what it makes of a pixel.
#include <quoin/filter/gaussian3.hpp>
#include <quoin/filter/gray.hpp>
#include <quoin/filter/sobel.hpp>
#include <quoin/pipe/stage.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

struct sum_of_three {
    static constexpr quoin::footprint footprint{1, 0};
    constexpr int operator()(auto const& w) const { return w(-1, 0) + w(0, 0) + w(1, 0); }
};

struct any_reach {
    int reach;
    constexpr quoin::footprint footprint() const { return {reach, 0}; }
    constexpr auto operator()(auto const& w) const { return w(reach, 0); }
};

constexpr auto invert = [](std::uint8_t v) { return static_cast<std::uint8_t>(255 - v); };
constexpr auto is_dark = [](std::uint8_t v) { return v < 10; };
constexpr auto nameless = [](std::uint8_t) { return "dark"; };
constexpr auto difference = [](int a, float b) { return static_cast<float>(a) - b; };

using invert_fn = std::remove_const_t<decltype(invert)>;
using is_dark_fn = std::remove_const_t<decltype(is_dark)>;
using nameless_fn = std::remove_const_t<decltype(nameless)>;
using difference_fn = std::remove_const_t<decltype(difference)>;

} // namespace

TEST_CASE("stage: pointwise functors", "[pipe]") {
    STATIC_REQUIRE(stage_for<invert_fn, std::uint8_t>);
    STATIC_REQUIRE_FALSE(stage_for<invert_fn, rgb8>);
    STATIC_REQUIRE_FALSE(local_functor<invert_fn>);
    STATIC_REQUIRE(std::same_as<stage_result_t<is_dark_fn, std::uint8_t>, std::uint8_t>);
    STATIC_REQUIRE(callable_stage<nameless_fn, std::uint8_t>);
    STATIC_REQUIRE_FALSE(stage_for<nameless_fn, std::uint8_t>);
    STATIC_REQUIRE(std::same_as<stage_result_t<gray_fn, rgba<float>>, float>);
    STATIC_REQUIRE_FALSE(stage_for<gray_fn, std::uint8_t>);
}

TEST_CASE("stage: local functors", "[pipe]") {
    STATIC_REQUIRE(local_functor<sum_of_three>);
    STATIC_REQUIRE(local_functor<any_reach>);
    STATIC_REQUIRE(stage_for<sum_of_three, std::uint8_t>);
    STATIC_REQUIRE(std::same_as<stage_result_t<any_reach, rgb8>, rgb8>);
    STATIC_REQUIRE(footprint_of(sum_of_three{}) == footprint{1, 0});
    STATIC_REQUIRE(footprint_of(any_reach{4}) == footprint{4, 0});
}

TEST_CASE("stage: channel by channel", "[pipe]") {
    STATIC_REQUIRE(channelwise_functor<gaussian3_fn>);
    STATIC_REQUIRE(std::same_as<stage_result_t<gaussian3_fn, rgb8>, rgb8>);
    STATIC_REQUIRE(std::same_as<stage_result_t<sobel_x_fn, rgb8>, rgb<std::int16_t>>);
    STATIC_REQUIRE(std::same_as<stage_result_t<sobel_x_fn, std::uint16_t>, std::int32_t>);
}

TEST_CASE("stage: several inputs", "[pipe]") {
    STATIC_REQUIRE(stage_for<difference_fn, zipped<int, float>>);
    STATIC_REQUIRE_FALSE(stage_for<difference_fn, zipped<int>>);
    STATIC_REQUIRE_FALSE(stage_for<sum_of_three, zipped<int, int>>);
}

TEST_CASE("stage: vectorised() marks a lambda", "[pipe]") {
    constexpr auto twice = vectorised([](auto v) { return v + v; });
    STATIC_REQUIRE(vectorised_functor<decltype(twice)>);
    STATIC_REQUIRE_FALSE(vectorised_functor<invert_fn>);
    STATIC_REQUIRE(twice(3) == 6);
}

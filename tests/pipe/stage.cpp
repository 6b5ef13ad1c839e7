// SPDX-License-Identifier: BSL-1.0
#include <quoin/pipe/stage.hpp>

#include "support/user_pixel.hpp"

#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/point/brightness.hpp>

#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/geometry/rotate.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace quoin;

namespace {

struct halve {
    float operator()(std::uint8_t v) const { return static_cast<float>(v) / 2; }
};
struct is_dark {
    bool operator()(std::uint8_t v) const { return v < 10; }
};
struct right_neighbor {
    static constexpr quoin::footprint footprint{0, 1, 0, 0};
    auto operator()(auto const& w) const { return w(1, 0); }
};
struct column_of {
    int radius;
    constexpr quoin::footprint footprint() const { return {0, radius}; }
    auto operator()(auto const& w) const { return w(0, -radius); }
};
struct without_footprint {
    template <class W>
    requires requires(W const& w) { w(0, 0); }
    auto operator()(W const& w) const { return w(0, 0); }
};
struct to_text {
    std::string operator()(std::uint8_t) const { return {}; }
};
struct move_only {
    move_only() = default;
    move_only(move_only&&) = default;
    std::uint8_t operator()(std::uint8_t v) const { return v; }
};
struct not_const {
    std::uint8_t operator()(std::uint8_t v) { return v; }
};

constexpr bool test_stage_for() {
    static_assert(concepts::stage_for<halve, std::uint8_t> && std::same_as<stage_result_t<halve, std::uint8_t>, float>);
    static_assert(std::same_as<stage_result_t<is_dark, std::uint8_t>, std::uint8_t>);
    static_assert(concepts::stage_for<right_neighbor, rgb8> &&
                  std::same_as<stage_result_t<right_neighbor, rgb8>, rgb8>);
    static_assert(concepts::stage_for<column_of, float> && concepts::stage_for<sobel_x_fn, test::yuv<std::uint8_t>>);
    static_assert(std::same_as<stage_result_t<sobel_x_fn, test::yuv<std::uint8_t>>, test::yuv<std::int16_t>>);
    static_assert(concepts::stage_for<brightness_fn, rgb8> && concepts::stage_for<gray_fn, rgb8>);

    static_assert(!concepts::stage_for<gray_fn, std::uint8_t>);
    static_assert(!concepts::stage_for<without_footprint, std::uint8_t>);
    static_assert(!concepts::stage_for<to_text, std::uint8_t> && concepts::callable_stage<to_text, std::uint8_t>);
    static_assert(!concepts::stage_for<halve, rgb8> && !concepts::stage_for<int, std::uint8_t>);
    static_assert(!concepts::stage_for<move_only, std::uint8_t> && !concepts::stage_for<not_const, std::uint8_t>);
    static_assert(!concepts::stage_for<right_neighbor, zipped<float, float>>);

    auto const sum = [](float a, std::uint8_t b) { return a + static_cast<float>(b); };
    using sum_t = std::remove_const_t<decltype(sum)>;
    static_assert(concepts::stage_for<sum_t, zipped<float, std::uint8_t>> && !concepts::stage_for<sum_t, float>);
    int const offset = 3;
    auto const shifted = [offset](std::uint8_t v) { return static_cast<std::uint8_t>(v + offset); };
    static_assert(concepts::stage_for<std::remove_const_t<decltype(shifted)>, std::uint8_t>);
    return shifted(4) == 7;
}

constexpr bool test_kinds() {
    static_assert(concepts::local_functor<right_neighbor> && concepts::local_functor<column_of> &&
                  !concepts::local_functor<halve>);
    static_assert(concepts::vectorized_functor<gray_fn> && !concepts::vectorized_functor<halve>);
    static_assert(concepts::channelwise_functor<sobel_x_fn> && !concepts::channelwise_functor<gray_fn>);
    return footprint_of(right_neighbor{}) == footprint{0, 1, 0, 0} &&
           footprint_of(column_of{3}) == footprint{0, 3};
}

constexpr bool test_contract() {
    static_assert(kind_of<right_neighbor> == stage_kind::local && kind_of<halve> == stage_kind::pointwise);
    static_assert(kind_of<flip_x_fn> == stage_kind::rearrange && kind_of<crop_fn> == stage_kind::rearrange);
    static_assert(kind_of<decltype(extend(wrap))> == stage_kind::border);
    static_assert(std::same_as<stage_result_t<flip_x_fn, rgb8>, rgb8>);
    extent const in{100, 80};
    rect const all{0, 0, 100, 80};
    bool ok = result_extent(halve{}, in) == in && result_extent(gaussian3, in) == in;
    ok = ok && result_extent(crop(3, 4, 50, 60), in) == extent{50, 60} && result_extent(flip_y, in) == in;
    // Inside, at a corner, where a border folds back, and where it may ask for any place.
    ok = ok && needed_region(halve{}, {7, 8, 9, 10}, in) == rect{7, 8, 9, 10};
    ok = ok && needed_region(gaussian3, {7, 8, 9, 10}, in) == rect{6, 7, 11, 12};
    ok = ok && needed_region(column_of{3}, {0, 79, 1, 1}, in) == rect{0, 76, 1, 4};
    ok = ok && needed_region(gaussian3, {99, 0, 1, 1}, in) == rect{98, 0, 2, 2};
    ok = ok && needed_region(gaussian3, {7, 8, 9, 10}, in, true) == all;
    ok = ok && needed_region(crop(3, 4, 50, 60), {1, 2, 3, 4}, in) == rect{4, 6, 3, 4};
    ok = ok && needed_region(flip_x, {1, 2, 3, 4}, in) == rect{96, 2, 3, 4};
    ok = ok && needed_region(flip_y, {1, 2, 3, 4}, in) == rect{1, 74, 3, 4};
    // The axes change places.
    ok = ok && result_extent(transpose, in) == extent{80, 100} && result_extent(rotate180, in) == in;
    ok = ok && needed_region(transpose, {1, 2, 3, 4}, in) == rect{2, 1, 4, 3};
    ok = ok && needed_region(rotate90, {1, 2, 3, 4}, in) == rect{2, 76, 4, 3};
    ok = ok && needed_region(rotate180, {1, 2, 3, 4}, in) == rect{96, 74, 3, 4};
    ok = ok && needed_region(rotate270, {1, 2, 3, 4}, in) == rect{94, 1, 4, 3};
    return ok;
}

} // namespace

TEST_CASE("stages: extents and the input that a result needs", "[pipe]") {
    static_assert(test_contract());
    CHECK(test_contract());
}

TEST_CASE("stage_for: what can follow which pixels and what cannot", "[pipe]") {
    static_assert(test_stage_for());
    CHECK(test_stage_for());
}

TEST_CASE("stages: their kinds", "[pipe]") {
    static_assert(test_kinds());
    CHECK(test_kinds());
}

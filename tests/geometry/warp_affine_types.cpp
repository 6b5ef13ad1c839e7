// SPDX-License-Identifier: BSL-1.0
// warp_affine of pixels that are not bytes.
#include <quoin/geometry/warp_affine.hpp>

#include "support/sampling.hpp"

#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class P, class Border>
std::string check(Border border) {
    return test::check_affine<P>({37, 20}, border, {1.3, 0.2, -30.3, -0.4, 1.1, 20.7}, {66, 40});
}

} // namespace

TEST_CASE("warp_affine: channels of each type", "[geometry][warp_affine]") {
    CHECK(check<float>(replicate) == "");
    CHECK(check<rgb<float>>(constant(-9)) == "");
    CHECK(check<rgba<float>>(reflect_101) == "");
    CHECK(check<std::int32_t>(constant(-5)) == "");
    CHECK(check<std::uint16_t>(replicate) == "");
    CHECK(check<std::int16_t>(wrap) == "");
}

TEST_CASE("warp_affine: integers of 64 bits", "[geometry][warp_affine]") {
    std::uint64_t const values[] = {std::numeric_limits<std::uint64_t>::max(), 3, 5, 1ull << 40};
    image_view<std::uint64_t const> const view(values, 2, 2);
    for (auto const how : test::interpolations) {
        auto const same = to_image(serial{}, view | warp_affine({}, how));
        CHECK(same(0, 0) == values[0]);
        CHECK(same(1, 1) == values[3]);
    }
    CHECK(to_image(serial{}, view | warp_affine({1, 0, 0.5, 0, 1, 1}))(0, 0) == (1ull << 39) + 3);
    std::int64_t const lowest[] = {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::min()};
    CHECK(to_image(serial{}, image_view<std::int64_t const>(lowest, 2, 1) | warp_affine({1, 0, 0.5, 0, 1, 0}))(0, 0) ==
          lowest[0]);
}

TEST_CASE("warp_affine: half and bfloat16 in float", "[geometry][warp_affine]") {
    rgb<half> const values[] = {{half(1), half(-2), half(65504)}, {half(2), half(3.5f), half(65504)}};
    image_view<rgb<half> const> const view(reinterpret_cast<half const*>(values), 2, 1);
    for (auto const how : {interpolation::linear, interpolation::cubic}) {
        auto const between =
            to_image(serial{}, view | extend(replicate) | warp_affine({1, 0, 0.5, 0, 1, 0}, how))(0, 0);
        CHECK((between.r == 1.5f && between.g == 0.75f && between.b == 65504));
    }
    auto const nearest = to_image(serial{}, view | warp_affine({1, 0, 0.5, 0, 1, 0}, interpolation::nearest));
    CHECK(nearest(0, 0).g == 3.5f);
    bfloat16 const row[] = {bfloat16(256), bfloat16(258)};
    image_view<bfloat16 const> const exact(row, 2, 1);
    // 257 lies between two numbers and goes to the even one.
    CHECK(to_image(serial{}, exact | warp_affine({1, 0, 0.5, 0, 1, 0}))(0, 0) == 256);
}

// SPDX-License-Identifier: BSL-1.0
// warp_affine under each border.
#include <quoin/geometry/warp_affine.hpp>

#include "support/sampling.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class P, class Border>
std::string check(Border border) {
    affine const maps[] = {{1.3, 0.2, -30.3, -0.4, 1.1, 20.7}, {-0.5, 2, 4, 3.1, 0.3, -31.5}};
    std::string wrong;
    for (affine const& m : maps)
        for (extent const in : {extent{1, 1}, extent{2, 3}, extent{37, 20}})
            if (wrong.empty()) wrong = test::check_affine<P>(in, border, m, {66, 40});
    return wrong;
}

} // namespace

TEST_CASE("warp_affine: borders", "[geometry][warp_affine]") {
    CHECK(check<std::uint8_t>(reflect) == "");
    CHECK(check<std::uint8_t>(reflect_101) == "");
    CHECK(check<std::uint8_t>(wrap) == "");
    CHECK(check<std::uint8_t>(constant(300)) == "");
    CHECK(check<rgb8>(constant(rgb8{1, 20, 255})) == "");
}

TEST_CASE("warp_affine: four channels", "[geometry][warp_affine]") {
    CHECK(check<rgba<std::uint8_t>>(wrap) == "");
}

// SPDX-License-Identifier: BSL-1.0
// warp_affine under each border, and of each type.
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
            if (wrong.empty())
                wrong = test::check_sampling<P>(
                    in, border, {66, 40},
                    [&](index_t x, index_t y) {
                        return test::place{test::to_place(m.a) * x + test::to_place(m.b) * y + test::to_place(m.c),
                                           test::to_place(m.d) * x + test::to_place(m.e) * y + test::to_place(m.f)};
                    },
                    [&](interpolation how) { return warp_affine(m, how, {66, 40}); });
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

TEST_CASE("warp_affine: more types", "[geometry][warp_affine]") {
    CHECK(check<float>(replicate) == "");
    CHECK(check<std::int32_t>(constant(-5)) == "");
    CHECK(check<std::uint16_t>(replicate) == "");
    CHECK(check<std::int16_t>(replicate) == "");
    CHECK(check<rgba<std::uint8_t>>(wrap) == "");
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/flip.hpp>

#include "support/oracle.hpp"
#include "support/user_pixel.hpp"

#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/brightness.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class P>
test::plain<P> flipped(test::plain<P> const& in, bool columns, bool rows) {
    test::plain<P> out(in.size);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x)
            out(x, y) = in(columns ? in.size.width - 1 - x : x, rows ? in.size.height - 1 - y : y);
    return out;
}

template <class P>
std::string check(std::vector<extent> const& sizes) {
    std::string wrong = test::sweep<P>(
        sizes, [](auto v) { return v | flip_x; }, [](auto const& in) { return flipped(in, true, false); });
    if (wrong.empty())
        wrong = test::sweep<P>(
            sizes, [](auto v) { return v | flip_y; }, [](auto const& in) { return flipped(in, false, true); });
    return wrong;
}

} // namespace

TEST_CASE("flip: every width, all channels", "[geometry][flip]") {
    CHECK(check<std::uint8_t>(test::many_extents()) == "");
    CHECK(check<rgb8>(test::few_extents()) == "");
    CHECK(check<std::uint16_t>(test::few_extents()) == "");
    CHECK(check<float>(test::few_extents()) == "");
}

TEST_CASE("flip: between stages, and twice is nothing", "[geometry][flip]") {
    for (extent const size : {extent{1, 1}, extent{3, 2}, extent{67, 5}, extent{131, 9}}) {
        test::guarded<rgb8> const in(test::random_pixels<rgb8>(size, 11));
        auto const blurred = test::evaluated(in.view() | gray | gaussian3);
        auto const wrong = [&](auto const& make, test::plain<std::uint8_t> const& expected) {
            return test::check_pipeline(test::random_pixels<rgb8>(size, 11), expected, make);
        };
        CHECK(wrong([](auto v) { return v | gray | gaussian3 | flip_x; }, flipped(blurred, true, false)) == "");
        CHECK(wrong([](auto v) { return v | gray | flip_x | gaussian3 | brightness(1.0f); },
                    flipped(blurred, true, false)) == "");
        CHECK(wrong([](auto v) { return v | flip_y | gray | gaussian3; }, flipped(blurred, false, true)) == "");
        CHECK(wrong([](auto v) { return v | gray | flip_y | flip_x | gaussian3 | flip_y | flip_x; }, blurred) == "");
        // Sums that follow from the row above, asked for from the bottom.
        CHECK(wrong([](auto v) { return v | gray | box(5) | flip_y | gaussian3; },
                    flipped(test::evaluated(in.view() | gray | box(5) | gaussian3), false, true)) == "");
    }
}

TEST_CASE("flip: a user's view and pixel", "[geometry][flip]") {
    CHECK(check<test::yuv<std::uint8_t>>({{67, 3}}) == "");
}

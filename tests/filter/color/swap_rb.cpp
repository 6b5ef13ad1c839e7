// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/swap_rb.hpp>

#include "support/colors.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class P>
std::string wrong() {
    using T = channel_t<P>;
    auto const in = test::random_values<T>({203, 5}, channels_v<P>, 3, std::floating_point<T>);
    return test::wrong_alone<P>(swap_rb, in,
                                test::colors_of(in, [](test::color c) { return test::color{c[2], c[1], c[0]}; }));
}

} // namespace

TEST_CASE("swap_rb: red and blue change places, alpha stays", "[filter][swap_rb]") {
    CHECK(wrong<rgb8>() == "");
    CHECK(wrong<rgb16>() == "");
    CHECK(wrong<rgba<std::int16_t>>() == "");
    CHECK(wrong<rgbaf>() == "");
    STATIC_CHECK(swap_rb(rgba8{1, 2, 3, 4}) == rgba8{3, 2, 1, 4});
    STATIC_CHECK(swap_rb(test::bgr<std::uint8_t>{1, 2, 3}).b == 3);
    STATIC_CHECK(!concepts::stage_for<swap_rb_fn, std::uint8_t>);
}

TEST_CASE("swap_rb: in the engine", "[filter][swap_rb]") {
    CHECK(test::wrong_in_engine<rgb8>(swap_rb, reflect_101) == "");
}

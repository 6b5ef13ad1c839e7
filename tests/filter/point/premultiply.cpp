// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/point/premultiply.hpp>

#include "support/alpha.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace quoin;
using test::values;

namespace {

/// Whole numbers are divided exactly; others are rounded to the type of the channels.
values premultiplied(values in, test::channel_kind kind) {
    for (index_t y = 0; y < in.size.height; ++y)
        for (int c = 0; c < 3; ++c)
            for (index_t x = 0; x < in.size.width; ++x) {
                double const product = in.row(y, c)[x] * in.row(y, 3)[x];
                in.row(y, c)[x] = kind.stored(kind.integral ? std::floor(product / kind.highest + 0.5) : product);
            }
    return in;
}

template <class T>
std::string wrong(bool fractions = false) {
    values const in = test::random_values<T>({203, 25}, 4, 5, fractions);
    return test::wrong_alone<rgba<T>>(premultiply, in, premultiplied(in, test::kind_of_channel<T>()));
}

} // namespace

TEST_CASE("premultiply: every color of u8 with every alpha is the rounded quotient", "[filter][premultiply]") {
    values const all = test::every_color_and_alpha();
    CHECK(test::wrong_alone<rgba8>(premultiply, all, premultiplied(all, test::kind_of_channel<std::uint8_t>())) == "");
}

TEST_CASE("premultiply: every type of channel", "[filter][premultiply]") {
    CHECK(wrong<std::uint16_t>() == "");
    CHECK(wrong<std::int16_t>() == "");
    CHECK(wrong<float>(true) == "");
    STATIC_CHECK(premultiply(rgba<std::uint16_t>{65535, 1, 32768, 65535}) ==
                 rgba<std::uint16_t>{65535, 1, 32768, 65535});
    STATIC_CHECK(premultiply(rgba<std::int32_t>{2147483647, -4, 9, 1 << 30}) ==
                 rgba<std::int32_t>{1 << 30, -2, 5, 1 << 30});
    STATIC_CHECK(!concepts::stage_for<premultiply_fn, rgb8>);
    STATIC_CHECK(!concepts::stage_for<premultiply_fn, std::uint8_t>);
}

TEST_CASE("premultiply: in the engine", "[filter][premultiply]") {
    CHECK(test::wrong_in_engine<rgba8>(premultiply, reflect_101) == "");
}

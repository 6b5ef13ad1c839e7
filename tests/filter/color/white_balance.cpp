// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/white_balance.hpp>

#include "support/colors.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/measure/sum.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;
using test::color;

namespace {

template <class P>
std::string wrong(float r, float g, float b) {
    using T = channel_t<P>;
    auto const kind = test::kind_of_channel<T>();
    auto const in = test::random_values<T>({203, 25}, channels_v<P>, 5, !kind.integral);
    auto const times = [=](double v, float gain) {
        double const product = v * static_cast<double>(gain);
        return kind.stored(kind.integral ? std::round(product) : product);
    };
    auto const expected =
        test::colors_of(in, [=](color const& c) { return color{times(c[0], r), times(c[1], g), times(c[2], b)}; });
    return test::wrong_alone<P>(white_balance(r, g, b), in, expected);
}

} // namespace

TEST_CASE("white_balance: each color times its gain, every type of channel", "[filter][white_balance]") {
    CHECK(wrong<rgb8>(1.2f, 0.9f, 1.75f) == "");
    CHECK(wrong<rgba8>(0, 300, 1) == "");
    CHECK(wrong<rgb16>(1.2f, 0.9f, 1.75f) == "");
    CHECK(wrong<rgb<std::int16_t>>(1.2f, 0.9f, 1.75f) == "");
    CHECK(wrong<rgbaf>(1.2f, 0.9f, 1.75f) == "");
    STATIC_CHECK(white_balance(1, 2, 3)(test::bgr<std::uint8_t>{1, 1, 1}).b == 3);
}

TEST_CASE("white_balance: gains that are no gains", "[filter][white_balance]") {
    CHECK_THROWS_AS(white_balance(1, -1, 1), invalid_argument);
    CHECK_THROWS_AS(white_balance(1, 1, std::numeric_limits<float>::infinity()), invalid_argument);
    CHECK_THROWS_AS(white_balance(std::numeric_limits<float>::quiet_NaN(), 1, 1), invalid_argument);
}

TEST_CASE("gray_world: makes the sums of the colors equal", "[filter][white_balance]") {
    image<rgb8> picture(64, 33);
    for (index_t y = 0; y < 33; ++y)
        for (index_t x = 0; x < 64; ++x) {
            auto const v = static_cast<std::uint8_t>((x * 2 + y) % 100);
            picture(x, y) = {static_cast<std::uint8_t>(v * 2), v, static_cast<std::uint8_t>(v / 2)};
        }
    auto const sums = sum(serial{}, picture.view());
    auto const balanced = to_image(serial{}, picture.view() | gray_world(sums));
    auto const after = sum(serial{}, balanced.view());
    double const mean = static_cast<double>(sums.r + sums.g + sums.b) / 3;
    for (auto const s : {after.r, after.g, after.b}) CHECK(std::abs(static_cast<double>(s) - mean) < 64 * 33 / 2);
    CHECK(gray_world(rgb<double>{2, 4, 6})(rgbf{1, 1, 1}) == rgbf{2, 1, static_cast<float>(2.0 / 3 * 1)});
    CHECK_THROWS_AS(gray_world(rgb<std::int64_t>{1, 0, 1}), invalid_argument);
    CHECK_THROWS_AS(gray_world(rgb<double>{1, std::numeric_limits<double>::quiet_NaN(), 1}), invalid_argument);
}

TEST_CASE("white_balance: in the engine", "[filter][white_balance]") {
    CHECK(test::wrong_in_engine<rgb8>(white_balance(1.2f, 0.9f, 1.75f), reflect_101) == "");
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/gray.hpp>

#include "support/colors.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>

using namespace quoin;
using test::bgr;
using test::values;

namespace {

/// Each step is rounded to the type of the channels; whole numbers are exact.
values luma(values const& in, test::channel_kind kind, int red, int green, int blue) {
    auto const rounded = [&](double v) { return kind.integral ? v : kind.stored(v); };
    values out(in.size, 1);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) {
            double const red_and_green =
                rounded(rounded(9798 * in.row(y, red)[x]) + rounded(19235 * in.row(y, green)[x]));
            double const sum = rounded(red_and_green + rounded(3735 * in.row(y, blue)[x]));
            out.row(y, 0)[x] = kind.integral
                                   ? static_cast<double>(test::floor_div(static_cast<std::int64_t>(sum) + 16384, 32768))
                                   : rounded(sum / 32768);
        }
    return out;
}

template <class P>
std::string wrong(bool fractions = false) {
    using T = channel_t<P>;
    values const in = test::random_values<T>({203, 25}, channels_v<P>, 5, fractions);
    using traits = pixel_traits<P>;
    return test::wrong_alone<P>(gray, in,
                                luma(in, test::kind_of_channel<T>(), traits::red, traits::green, traits::blue));
}

} // namespace

TEST_CASE("gray: colors of every type of channel equal the formula", "[filter][gray]") {
    CHECK(test::channel_types::all([]<class T>() { return wrong<rgb<T>>(); }) == "");
    CHECK(wrong<rgbf>(true) == "");
}

TEST_CASE("gray: alpha is dropped, and a user's pixel says which channels are colors", "[filter][gray]") {
    CHECK(wrong<rgba8>() == "");
    CHECK(wrong<rgba<double>>() == "");
    STATIC_CHECK(gray(bgr<std::uint8_t>{100, 0, 0}) == 11);
    STATIC_CHECK(gray(bgr<float>{0, 0, 32768}) == 9798);
    STATIC_CHECK(!concepts::stage_for<gray_fn, test::yuv<std::uint8_t>>);
    CHECK(wrong<bgr<std::uint8_t>>() == "");
    CHECK(wrong<bgr<float>>() == "");
}

TEST_CASE("gray: in the engine", "[filter][gray]") {
    CHECK(test::wrong_in_engine<rgb8>(gray, reflect_101) == "");
}

TEST_CASE("gray: every red, green and blue by itself, and white stays white", "[filter][gray]") {
    STATIC_CHECK(gray(rgb8{255, 255, 255}) == 255);
    STATIC_CHECK(gray(rgb8{0, 0, 0}) == 0);
    STATIC_CHECK(gray(rgb16{65535, 65535, 65535}) == 65535);
    STATIC_CHECK(gray(rgb8{255, 0, 0}) == 76);
    STATIC_CHECK(gray(rgb8{0, 255, 0}) == 150);
    STATIC_CHECK(gray(rgb8{0, 0, 255}) == 29);
    STATIC_CHECK(!concepts::stage_for<gray_fn, std::uint8_t>);
    STATIC_CHECK(concepts::stage_for<gray_fn, rgba8>);
}

namespace {

/// (wr R + wg G + wb B) / one, rounded half up. Sums are exact in double.
double weighted(test::color const& c, test::color const& w, double one, bool integral) {
    double const sum = w[0] * c[0] + w[1] * c[1] + w[2] * c[2];
    return integral ? std::floor((2 * sum + one) / (2 * one)) : sum / one;
}

template <class P>
std::string wrong_weights(auto const& stage, test::color const& w, double one, double tolerance = 0) {
    using T = channel_t<P>;
    values const in = test::random_values<T>({203, 25}, channels_v<P>, 7, tolerance > 0);
    return test::wrong_alone<P>(
        stage, in, test::gray_of(in, [&](auto const& c) { return weighted(c, w, one, std::integral<T>); }), tolerance);
}

template <class Stage>
int differing(Stage const& stage, int r, int g, int b, int one) {
    int count = 0;
    for (int n = 0; n < 1 << 24; ++n) {
        int const sum = r * (n & 255) + g * ((n >> 8) & 255) + b * (n >> 16);
        count += stage(rgb8{static_cast<std::uint8_t>(n), static_cast<std::uint8_t>(n >> 8),
                            static_cast<std::uint8_t>(n >> 16)}) != (2 * sum + one) / (2 * one);
    }
    return count;
}

} // namespace

TEST_CASE("gray with other weights: all colors of bytes are the real value, rounded half up", "[filter][gray]") {
    CHECK(differing(gray_601, 299, 587, 114, 1000) == 0);
    CHECK(differing(gray_709, 2126, 7152, 722, 10000) == 0);
    CHECK(differing(gray_average, 1, 1, 1, 3) == 0);
    CHECK(differing(gray, 299, 587, 114, 1000) == 20753); // its weights have 15 bits
}

TEST_CASE("gray with other weights: every type of channel", "[filter][gray]") {
    CHECK(wrong_weights<rgb8>(gray_601, {299, 587, 114}, 1000) == "");
    CHECK(wrong_weights<rgba8>(gray_709, {2126, 7152, 722}, 10000) == "");
    CHECK(wrong_weights<rgb16>(gray_601, {299, 587, 114}, 1000) == "");
    CHECK(wrong_weights<rgb16>(gray_709, {2126, 7152, 722}, 10000) == "");
    CHECK(wrong_weights<rgb16>(gray_average, {1, 1, 1}, 3) == "");
    CHECK(wrong_weights<rgb<std::int16_t>>(gray_709, {2126, 7152, 722}, 10000) == "");
    CHECK(wrong_weights<rgbf>(gray_601, {299, 587, 114}, 1000, 0.01) == "");
    CHECK(wrong_weights<rgbf>(gray_average, {1, 1, 1}, 3, 0.01) == "");
}

TEST_CASE("gray_max: the largest channel", "[filter][gray]") {
    values const in = test::random_values<std::uint16_t>({203, 9}, 3, 7, false);
    CHECK(test::wrong_alone<rgb16>(
              gray_max, in, test::gray_of(in, [](auto const& c) { return std::max({c[0], c[1], c[2]}); })) == "");
    STATIC_CHECK(gray_max(bgr<std::uint8_t>{1, 9, 3}) == 9);
    STATIC_CHECK(gray_709(rgbaf{0, 1, 0, 5}) > 0.7151f);
}

TEST_CASE("gray with other weights: in the engine", "[filter][gray]") {
    CHECK(test::wrong_in_engine<rgb8>(gray_709, reflect_101) == "");
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/gray.hpp>

#include "support/functor.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::values;

/// Colors in the order of OpenCV.
template <class T>
struct bgr {
    T b, g, r;
};
template <class T>
struct quoin::pixel_traits<bgr<T>> : quoin::pixel_layout<bgr, T, 3> {
    static constexpr int red = 2, green = 1, blue = 0;
};

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

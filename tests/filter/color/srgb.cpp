// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/srgb.hpp>

#include "support/colors.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;
using test::values;

namespace {

double light(double c) {
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
double stored(double l) {
    return l <= 0.0031308 ? 12.92 * l : 1.055 * std::pow(l, 1 / 2.4) - 0.055;
}

/// The largest distance of stage(i), of type U, to the curve at i / white, for every number of T.
template <class T, class U>
double furthest(auto const& stage, auto const& curve) {
    double most = 0;
    double const from = white<T>, to = white<U>;
    for (int i = 0; i <= white<T>; ++i)
        most = std::max(most, std::abs(static_cast<double>(stage(static_cast<T>(i))) - to * curve(i / from)));
    return most;
}

/// The largest relative distance at floats of every size from 2^-126 to 2^50.
double furthest_of_floats(auto const& stage, auto const& curve) {
    double most = 0;
    for (std::uint32_t bits = 0x00800000; bits < 0x58800000; bits += 4099) {
        float const x = std::bit_cast<float>(bits);
        most = std::max(most, std::abs(static_cast<double>(stage(x)) / curve(static_cast<double>(x)) - 1));
    }
    return most;
}

/// Scalars and lanes against the curve.
template <class P>
std::string wrong(auto const& stage, auto const& curve, double tolerance) {
    using T = channel_t<P>;
    values const in = test::random_values<T>({203, 25}, channels_v<P>, 5, !std::integral<T>);
    values expected = in;
    double const most = std::integral<T> ? static_cast<double>(white<T>) : 1.0;
    for (index_t y = 0; y < in.size.height; ++y)
        for (int c = 0; c < channels_v<P>; ++c)
            for (index_t x = 0; x < in.size.width; ++x)
                if (c < 3) expected.row(y, c)[x] = most * curve(in.row(y, c)[x] / most);
    return test::wrong_alone<P>(stage, in, expected, tolerance);
}

} // namespace

TEST_CASE("srgb_to_linear, linear_to_srgb: all values of bytes and 16 bits", "[filter][srgb]") {
    using u8 = std::uint8_t;
    using u16 = std::uint16_t;
    CHECK(furthest<u8, u8>(srgb_to_linear, light) <= 0.5);
    CHECK(furthest<u8, u16>(srgb_to_linear_as<u16>, light) < 0.52);
    CHECK(furthest<u16, u16>(srgb_to_linear, light) < 0.52);
    CHECK(furthest<u16, u8>(srgb_to_linear_as<u8>, light) < 0.5002);
    CHECK(furthest<u8, u8>(linear_to_srgb, stored) <= 0.5);
    CHECK(furthest<u16, u8>(linear_to_srgb_as<u8>, stored) < 0.5002);
    CHECK(furthest<u16, u16>(linear_to_srgb, stored) < 0.6);
    bool same = true;
    for (int i = 0; i < 256; ++i) {
        auto const v = static_cast<u8>(i);
        same = same && linear_to_srgb_as<u8>(srgb_to_linear_as<u16>(v)) == v;
        same = same && linear_to_srgb_as<u8>(srgb_to_linear_as<float>(v)) == v;
    }
    CHECK(same);
}

TEST_CASE("srgb_to_linear, linear_to_srgb: floats of every size", "[filter][srgb]") {
    CHECK(furthest_of_floats(srgb_to_linear, light) < 1e-6);
    CHECK(furthest_of_floats(linear_to_srgb, stored) < 3e-6);
    float const infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    CHECK(srgb_to_linear(infinity) == infinity);
    CHECK(linear_to_srgb(infinity) == infinity);
    CHECK(srgb_to_linear(2e15f) == infinity);
    CHECK(std::isnan(srgb_to_linear(nan)));
    CHECK(std::isnan(linear_to_srgb(nan)));
    CHECK(srgb_to_linear(-12.92f) == -1.0f);
    CHECK(linear_to_srgb(0.0f) == 0.0f);
    CHECK(std::abs(linear_to_srgb(1.0f) - 1) < 1e-6f);
}

TEST_CASE("srgb_to_linear, linear_to_srgb: lanes, alpha, other types of channels", "[filter][srgb]") {
    CHECK(wrong<rgba8>(srgb_to_linear, light, 0.5002) == "");
    CHECK(wrong<std::uint8_t>(linear_to_srgb, stored, 0.5002) == "");
    CHECK(wrong<std::uint16_t>(srgb_to_linear, light, 0.52) == "");
    CHECK(wrong<std::uint16_t>(linear_to_srgb, stored, 0.6) == "");
    values in = test::random_values<float>({203, 25}, 1, 5, true);
    for (double& v : in.data) v = static_cast<double>(static_cast<float>(std::abs(v) / 500));
    values linear = in, back = in;
    for (double& v : linear.data) v = light(v);
    for (double& v : back.data) v = stored(v);
    CHECK(test::wrong_alone<float>(srgb_to_linear, in, linear, 1e-3) == "");
    CHECK(test::wrong_alone<float>(linear_to_srgb, in, back, 1e-3) == "");
    CHECK(srgb_to_linear_as<std::uint16_t>(rgba8{255, 0, 0, 1}) == rgba<std::uint16_t>{65535, 0, 0, 257});
    CHECK(linear_to_srgb_as<std::uint8_t>(rgbaf{1, -1, 2, 0.5f}) == rgba8{255, 0, 255, 128});
    STATIC_CHECK(!concepts::stage_for<std::remove_const_t<decltype(srgb_to_linear)>, rgb<std::int16_t>>);
}

TEST_CASE("srgb_to_linear, linear_to_srgb: in the engine", "[filter][srgb]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(srgb_to_linear_as<std::uint16_t>, reflect_101) == "");
}

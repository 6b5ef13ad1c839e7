// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/point/convert_to.hpp>

#include "support/oracle.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;

namespace {

/// The documented conversion, in long double.
template <class U, class T>
U converted(T v) {
    if constexpr (std::floating_point<U>) return static_cast<U>(v);
    else if constexpr (std::floating_point<T>)
        return v != v ? std::numeric_limits<U>::min() : test::clamped<U>(std::floor(v + T(0.5)));
    else return test::clamped<U>(static_cast<std::int64_t>(v));
}

template <class U, class P>
std::string check(std::vector<extent> const& sizes) {
    std::string wrong;
    unsigned seed = 0;
    for (extent const size : sizes) {
        auto in = test::random_pixels<P>(size, ++seed, true);
        if constexpr (std::floating_point<P>) {
            P const special[] = {P(0.5),
                                 P(-0.5),
                                 P(1.5),
                                 P(254.5),
                                 P(255.5),
                                 P(-1e30),
                                 P(1e30),
                                 P(32767.5),
                                 P(-32768.5),
                                 std::numeric_limits<P>::infinity(),
                                 -std::numeric_limits<P>::infinity(),
                                 std::numeric_limits<P>::quiet_NaN(),
                                 P(0.49999997),
                                 P(2147483648.0)};
            for (std::size_t i = 0; i < in.data.size() && i < std::size(special); ++i)
                in.data[i] = special[i];
        }
        auto const expected = test::pointwise<U>(in, [](auto v) { return converted<U>(v); });
        wrong += test::check_pipeline(in, expected, [](auto v) { return v | convert_to<U>; });
    }
    return wrong;
}

} // namespace

TEST_CASE("convert_to: between integers, saturated", "[filter][convert_to]") {
    CHECK(check<std::int16_t, std::uint8_t>(test::many_extents()) == "");
    CHECK(check<std::uint8_t, std::int16_t>({{131, 3}}) == "");
    CHECK(check<std::uint8_t, std::uint16_t>({{131, 3}}) == "");
    CHECK(check<std::uint16_t, std::int32_t>({{131, 3}}) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::int16_t, std::uint16_t>({{131, 3}}) == "");
    CHECK(check<std::uint8_t, std::int32_t>({{131, 3}}) == "");
    CHECK(check<std::uint8_t, rgb<std::int16_t>>({{131, 3}}) == "");
#endif
}

TEST_CASE("convert_to: floating point to integers rounds half up, saturates, takes NaN to the smallest",
          "[filter][convert_to]") {
    CHECK(check<std::uint8_t, float>(test::many_extents()) == "");
    CHECK(check<std::int32_t, float>({{131, 3}}) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::int16_t, float>({{131, 3}}) == "");
    CHECK(check<std::uint16_t, double>({{131, 3}}) == "");
    CHECK(check<std::int32_t, double>({{131, 3}}) == "");
#endif
}

TEST_CASE("convert_to: integers to floating point by value", "[filter][convert_to]") {
    CHECK(check<float, std::uint8_t>(test::many_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<float, std::uint16_t>({{131, 3}}) == "");
    CHECK(check<double, std::int32_t>({{131, 3}}) == "");
    CHECK(check<float, test::yuv<std::uint8_t>>({{131, 3}}) == "");
#endif
    STATIC_CHECK(std::same_as<decltype(image_view<rgb8 const>{} | convert_to<float>)::pixel_type, rgbf>);
}

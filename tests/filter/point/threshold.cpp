// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/point/threshold.hpp>

#include "support/oracle.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;

namespace {

template <class P>
std::string check(double level, std::vector<extent> const& sizes) {
    using T = channel_t<P>;
    return test::sweep<P>(
        sizes, [=](auto v) { return v | threshold(level); },
        [=](auto const& in) {
            return test::pointwise<T>(in, [=](auto v) {
                T const high = std::floating_point<T> ? T(1) : std::numeric_limits<T>::max();
                return static_cast<double>(v) > level ? high : T(0);
            });
        });
}

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

} // namespace

TEST_CASE("threshold: every level, inside and outside the range of u8", "[filter][threshold]") {
    std::vector<extent> const sizes{{131, 2}};
    for (double level : {-infinity, -1e300, -1.0, -0.5, -0.0, 0.0, 0.5, 1.0, 127.0, 127.9, 128.0, 254.0,
                         254.5, 255.0, 256.0, 1e300, infinity}) {
        CAPTURE(level);
        CHECK(check<std::uint8_t>(level, sizes) == "");
    }
    CHECK(check<std::uint8_t>(99, test::many_extents()) == "");
}

TEST_CASE("threshold: signed and floating-point pixels", "[filter][threshold]") {
    for (double level :
         {-infinity, -32768.5, -32768.0, -32767.5, -0.5, 0.0, 0.5, 32766.5, 32767.0, 1e9, infinity}) {
        CAPTURE(level);
        CHECK(check<std::int16_t>(level, {{131, 2}}) == "");
    }
    for (double level : {-infinity, -250.5, 0.0, 12.0, 1e300, infinity}) {
        CAPTURE(level);
        CHECK(check<float>(level, {{131, 2}}) == "");
    }
#if !QUOIN_SANITIZED
    CHECK(check<std::uint16_t>(40000, test::few_extents()) == "");
    CHECK(check<std::int32_t>(-1000000, test::few_extents()) == "");
    CHECK(check<double>(12.25, test::few_extents()) == "");
    CHECK(check<test::yuv<std::uint8_t>>(12.25, test::few_extents()) == "");
#endif
    CHECK(check<rgb8>(127, test::few_extents()) == "");
}

TEST_CASE("threshold: NaN is background, be it the pixel or the level", "[filter][threshold]") {
    STATIC_CHECK(threshold(0)(std::numeric_limits<float>::quiet_NaN()) == 0.0f);
    STATIC_CHECK(threshold(-infinity)(std::numeric_limits<float>::quiet_NaN()) == 0.0f);
    STATIC_CHECK(threshold(-infinity)(-1e30f) == 1.0f);
    CHECK(check<std::uint8_t>(not_a_number, {{70, 2}}) == "");
    CHECK(check<float>(not_a_number, {{70, 2}}) == "");
}

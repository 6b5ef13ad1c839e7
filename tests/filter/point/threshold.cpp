// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/point/threshold.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;

namespace {

template <class T>
std::string wrong(double level) {
    return test::wrong_alone<T>(threshold(level),
                                [=](auto const& at, test::channel_kind kind) {
                                    return at(0, 0) > level ? (kind.integral ? kind.highest : 1.0) : 0.0;
                                },
                                0, {131, 4});
}

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

} // namespace

TEST_CASE("threshold: every level, inside and outside the range of u8", "[filter][threshold]") {
    for (double level : {-infinity, -1e300, -1.0, -0.5, -0.0, 0.0, 0.5, 1.0, 99.0, 127.0, 127.9, 128.0, 254.0, 254.5,
                         255.0, 256.0, 1e300, infinity}) {
        CAPTURE(level);
        CHECK(wrong<std::uint8_t>(level) == "");
    }
}

TEST_CASE("threshold: signed and floating-point pixels", "[filter][threshold]") {
    for (double level : {-infinity, -32768.5, -32768.0, -32767.5, -0.5, 0.0, 0.5, 32766.5, 32767.0, 1e9, infinity}) {
        CAPTURE(level);
        CHECK(wrong<std::int16_t>(level) == "");
    }
    for (double level : {-infinity, -250.5, 0.0, 12.0, 1e300, infinity}) {
        CAPTURE(level);
        CHECK(wrong<float>(level) == "");
    }
    CHECK(wrong<std::int8_t>(-3) == "");
    CHECK(wrong<std::uint16_t>(40000) == "");
    CHECK(wrong<std::int32_t>(-1000000) == "");
    CHECK(wrong<double>(12.25) == "");
    CHECK(wrong<rgb8>(127) == "");
}

TEST_CASE("threshold: NaN is background, be it the pixel or the level", "[filter][threshold]") {
    STATIC_CHECK(threshold(0)(std::numeric_limits<float>::quiet_NaN()) == 0.0f);
    STATIC_CHECK(threshold(-infinity)(std::numeric_limits<float>::quiet_NaN()) == 0.0f);
    STATIC_CHECK(threshold(-infinity)(-1e30f) == 1.0f);
    CHECK(wrong<std::uint8_t>(not_a_number) == "");
    CHECK(wrong<float>(not_a_number) == "");
}

TEST_CASE("threshold: in the engine", "[filter][threshold]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(threshold(99), reflect_101) == "");
}

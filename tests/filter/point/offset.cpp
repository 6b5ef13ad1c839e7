// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/point/offset.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <cmath>
#include <limits>

using namespace quoin;
using Catch::Matchers::Message;

namespace {

/// Whether every value of T becomes the rounded sum within T.
template <class T>
bool all_equal(double value) {
    double const least = lowest<T>, most = highest<T>;
    for (int v = lowest<T>; v <= highest<T>; ++v)
        if (offset(value)(static_cast<T>(v)) != std::min(std::max(std::floor(v + value + 0.5), least), most))
            return false;
    return true;
}

} // namespace

TEST_CASE("offset: every value of 8 and 16 bits", "[filter][offset]") {
    for (double const value :
         {0.0,   1.0,    -1.0,   0.5,     -0.5,     0.49,    -0.51,    10.5, -10.5, 254.0, 255.0,
          256.0, -255.0, -256.0, 40000.0, -40000.0, 65535.0, -65535.0, 1e5,  -1e5,  1e300, -1e300}) {
        CHECK(all_equal<std::uint8_t>(value));
        CHECK(all_equal<std::uint16_t>(value));
        CHECK(all_equal<std::int16_t>(value));
    }
}

TEST_CASE("offset: every type of channel", "[filter][offset]") {
    test::channel_types::each([]<class T>() {
        for (double const value : {3.5, -7.0, -3e9, 5e9})
            CHECK(test::wrong_alone<T>(offset(value), [=](auto const& at, test::channel_kind kind) {
                      if constexpr (std::floating_point<T>)
                          return static_cast<double>(static_cast<T>(at(0, 0)) + static_cast<T>(value));
                      else return kind.stored(std::floor(at(0, 0) + value + 0.5));
                  }) == "");
    });
    float const nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    CHECK(std::isnan(offset(1)(nan)));
    CHECK(offset(-1)(infinity) == infinity);
}

TEST_CASE("offset: errors, the engine", "[filter][offset]") {
    CHECK_THROWS_MATCHES(offset(std::numeric_limits<double>::infinity()), invalid_argument,
                         Message("quoin::offset: the value inf is not a finite number"));
    CHECK_THROWS_AS(offset(std::numeric_limits<double>::quiet_NaN()), invalid_argument);
    CHECK(test::wrong_in_engine<rgb8>(offset(-40), reflect_101) == "");
}

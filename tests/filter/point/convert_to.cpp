// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/point/convert_to.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;
using test::values;

namespace {

/// The documented conversion of a value of kind `from`.
double converted(double v, test::channel_kind from, test::channel_kind to) {
    if (!to.integral) return to.stored(v);
    if (from.integral) return to.stored(v);
    if (v != v) return to.lowest;
    return to.stored(static_cast<double>(std::floor(static_cast<long double>(v) + 0.5L)));
}

template <class U, class T>
std::string wrong() {
    test::channel_kind const from = test::kind_of_channel<T>(), to = test::kind_of_channel<U>();
    values in = test::random_values<T>({203, 25}, 1, 1, true);
    if constexpr (std::floating_point<T>) {
        T const special[] = {T(0.5),
                             T(-0.5),
                             T(1.5),
                             T(254.5),
                             T(255.5),
                             T(-1e30),
                             T(1e30),
                             T(32767.5),
                             T(-32768.5),
                             std::numeric_limits<T>::infinity(),
                             -std::numeric_limits<T>::infinity(),
                             std::numeric_limits<T>::quiet_NaN(),
                             T(0.49999997f),
                             std::nextafter(T(0.5), T(0)),
                             T(8388609),
                             T(-8388609),
                             T(16777215),
                             T(2147483648.0)};
        for (std::size_t i = 0; i < std::size(special); ++i) in.data[i] = static_cast<double>(special[i]);
    }
    values expected = in;
    for (double& v : expected.data) v = converted(v, from, to);
    std::string const found = test::wrong_alone<T>(convert_to<U>, in, expected);
    return found.empty() ? "" : std::to_string(sizeof(T)) + " bytes to " + std::to_string(sizeof(U)) + ": " + found;
}

} // namespace

TEST_CASE("convert_to: between integers, saturated", "[filter][convert_to]") {
    CHECK(wrong<std::int16_t, std::uint8_t>() == "");
    CHECK(wrong<std::uint8_t, std::int16_t>() == "");
    CHECK(wrong<std::uint8_t, std::uint16_t>() == "");
    CHECK(wrong<std::uint16_t, std::int32_t>() == "");
    CHECK(wrong<std::int16_t, std::uint16_t>() == "");
    CHECK(wrong<std::uint8_t, std::int32_t>() == "");
    CHECK(wrong<std::int32_t, std::uint16_t>() == "");
}

TEST_CASE("convert_to: floating point to integers rounds half up, saturates, takes NaN to the smallest",
          "[filter][convert_to]") {
    CHECK(wrong<std::uint8_t, float>() == "");
    CHECK(wrong<std::int32_t, float>() == "");
    CHECK(wrong<std::int16_t, float>() == "");
    CHECK(wrong<std::uint16_t, double>() == "");
    CHECK(wrong<std::int32_t, double>() == "");
}

TEST_CASE("convert_to: integers to floating point by value", "[filter][convert_to]") {
    CHECK(wrong<float, std::uint8_t>() == "");
    CHECK(wrong<float, std::uint16_t>() == "");
    CHECK(wrong<double, std::int32_t>() == "");
    STATIC_CHECK(std::same_as<decltype(image_view<rgb8 const>{} | convert_to<float>)::pixel_type, rgbf>);
}

TEST_CASE("convert_to: in the engine", "[filter][convert_to]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(convert_to<float>, reflect_101) == "");
}

// SPDX-License-Identifier: BSL-1.0
// rotate by any angle.
#include <quoin/geometry/rotate.hpp>

#include "support/sampling.hpp"

#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <limits>
#include <numbers>

using namespace quoin;

namespace {

/// The numbers of the map in the order in which they are computed; whole quarters have whole cosines and sines.
test::places turned(double degrees, extent size) {
    double const radians = degrees / 180 * std::numbers::pi;
    bool const quarter = std::fmod(degrees, 90) == 0;
    double const c = quarter ? std::round(std::cos(radians)) : std::cos(radians);
    double const s = quarter ? std::round(std::sin(radians)) : std::sin(radians);
    double const x = static_cast<double>(size.width - 1) / 2, y = static_cast<double>(size.height - 1) / 2;
    return test::places_of({c, s, x - c * x - s * y, -s, c, y + s * x - c * y});
}

template <class P>
std::string check(double degrees, extent size) {
    return test::check_sampling<P>(size, reflect_101, size, turned(degrees, size),
                                   [&](interpolation how) { return rotate(degrees, how); });
}

} // namespace

TEST_CASE("rotate: multiples of 90 degrees of every extent", "[geometry][rotate]") {
    for (double const degrees : {0.0, 90.0, 180.0, 270.0, 360.0, -90.0, -180.0, 450.0, 90 + 360 * 1048576.0})
        for (extent const size : {extent{1, 1}, extent{1, 8}, extent{70, 33}, extent{9, 12}}) {
            CAPTURE(degrees);
            CHECK(check<std::uint8_t>(degrees, size) == "");
        }
}

TEST_CASE("rotate: any angle", "[geometry][rotate]") {
    // Sine and cosine differ from those of the library by less than 2^-32.
    for (double const degrees : {30.0, 45.0, -17.5, 123.4, 300.0}) {
        CAPTURE(degrees);
        CHECK(check<std::uint8_t>(degrees, {40, 21}) == "");
        CHECK(check<rgb8>(degrees, {13, 30}) == "");
    }
}

TEST_CASE("rotate: quarters are rotate90 of a square, rotate180 of any extent, and rotate270", "[geometry][rotate]") {
    for (auto const how : test::interpolations) {
        auto const square = test::random_pixels<std::uint8_t>({71, 71}, 3),
                   other = test::random_pixels<std::uint8_t>({70, 9}, 4);
        test::guarded<std::uint8_t> const source(square), wide(other);
        CHECK(test::check_pipeline(square, test::evaluated(source.view() | rotate90),
                                   [&](auto v) { return v | rotate(90, how); }) == "");
        CHECK(test::check_pipeline(square, test::evaluated(source.view() | rotate270),
                                   [&](auto v) { return v | rotate(-90, how); }) == "");
        CHECK(test::check_pipeline(other, test::evaluated(wide.view() | rotate180),
                                   [&](auto v) { return v | rotate(-540, how); }) == "");
    }
}

TEST_CASE("rotate: the same angle after any number of turns", "[geometry][rotate]") {
    test::guarded<std::uint8_t> const source(test::random_pixels<std::uint8_t>({40, 30}, 5));
    auto const once = to_image(serial{}, source.view() | rotate(33));
    CHECK(test::equal(once, to_image(serial{}, source.view() | rotate(33 - 360))));
    CHECK(test::equal(once, to_image(serial{}, source.view() | rotate(33 + 360 * 1e9))));
    CHECK(test::equal(to_image(serial{}, source.view() | rotate(-1e-300)), to_image(serial{}, source.view())));
    CHECK((source.view() | rotate(1e300)).width() == 40);
}

TEST_CASE("rotate: errors", "[geometry][rotate]") {
    using Catch::Matchers::Message;
    CHECK_THROWS_MATCHES(rotate(std::numeric_limits<double>::infinity()), invalid_argument,
                         Message("quoin::rotate: an angle of inf degrees; give a finite number"));
    CHECK_THROWS_AS(rotate(std::numeric_limits<double>::quiet_NaN()), invalid_argument);
    CHECK_THROWS_MATCHES((image_view<std::uint8_t const>{} | rotate(5)), invalid_argument,
                         Message("quoin::rotate: the input has 0 x 0 pixels; give an image that is not empty"));
}

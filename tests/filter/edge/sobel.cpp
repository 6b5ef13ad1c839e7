// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/edge/sobel.hpp>

#include "support/functor.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace quoin;

namespace {

double gradient_x(auto const& at) {
    return at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1);
}
double gradient_y(auto const& at) {
    return at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1);
}

/// floor(sqrt(n) + 1/2) in integers: the least m with (m + 1/2)^2 = m^2 + m + 1/4 > n.
std::int64_t rounded_root(std::int64_t n) {
    auto m = static_cast<std::int64_t>(std::sqrt(static_cast<double>(n)));
    while (m * m + m >= n && m > 0) --m;
    while (m * m + m < n) ++m;
    return m;
}

auto const magnitude = [](auto const& at, test::channel_kind kind) {
    double const x = gradient_x(at), y = gradient_y(at);
    if (!kind.integral) return kind.stored(std::sqrt(x * x + y * y));
    if (kind.bytes == 4) return kind.stored(std::floor(std::sqrt(x * x + y * y) + 0.5));
    return kind.stored(static_cast<double>(rounded_root(static_cast<std::int64_t>(x * x + y * y))));
};

} // namespace

TEST_CASE("sobel: the result types", "[filter][sobel]") {
    using view8 = image_view<std::uint8_t const>;
    STATIC_CHECK(std::same_as<decltype(view8{} | sobel_x)::pixel_type, std::int16_t>);
    STATIC_CHECK(std::same_as<decltype(view8{} | sobel_magnitude)::pixel_type, std::uint8_t>);
    STATIC_CHECK(std::same_as<decltype(image_view<rgb16 const>{} | sobel_y)::pixel_type, rgb<std::int32_t>>);
    STATIC_CHECK(std::same_as<decltype(image_view<float const>{} | sobel_y)::pixel_type, float>);
    STATIC_CHECK(std::same_as<decltype(image_view<test::yuv<std::int16_t> const>{} | sobel_x)::pixel_type,
                              test::yuv<std::int32_t>>);
}

TEST_CASE("sobel_magnitude: every type of channel", "[filter][sobel]") {
    test::channel_types::each([]<class T>() {
        CAPTURE(sizeof(T));
        CHECK(test::wrong_alone<T>(sobel_magnitude, magnitude) == "");
    });
    CHECK(test::wrong_alone<float>(sobel_magnitude, magnitude, 1e-5) == "");
}

TEST_CASE("sobel_x, sobel_y: exact differences", "[filter][sobel]") {
    test::channel_types::each([]<class T>() {
        CAPTURE(sizeof(T));
        auto const kind = test::kind_of_channel<gradient_t<T>>();
        CHECK(test::wrong_alone<T>(sobel_x, [=](auto const& at, auto) { return kind.stored(gradient_x(at)); }) == "");
        CHECK(test::wrong_alone<T>(sobel_y, [=](auto const& at, auto) { return kind.stored(gradient_y(at)); }) == "");
    });
}

TEST_CASE("sobel: in the engine", "[filter][sobel]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(sobel_magnitude, reflect_101) == "");
    CHECK(test::wrong_in_engine<std::uint8_t>(sobel_x, reflect_101) == "");
    CHECK(test::wrong_in_engine<std::uint8_t>(sobel_y, reflect_101) == "");
}

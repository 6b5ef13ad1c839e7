// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/edge/sobel.hpp>

#include "support/oracle.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace quoin;

namespace {

struct gradient {
    double x, y;
};

gradient gradient_at(auto const& at) {
    auto const v = [&](int dx, int dy) { return static_cast<double>(at(dx, dy)); };
    return {v(1, -1) + 2 * v(1, 0) + v(1, 1) - v(-1, -1) - 2 * v(-1, 0) - v(-1, 1),
            v(-1, 1) + 2 * v(0, 1) + v(1, 1) - v(-1, -1) - 2 * v(0, -1) - v(1, -1)};
}

/// floor(sqrt(n) + 1/2) in integers: the least m with (m + 1/2)^2 = m^2 + m + 1/4 > n.
std::int64_t rounded_root(std::int64_t n) {
    auto m = static_cast<std::int64_t>(std::sqrt(static_cast<double>(n)));
    while (m * m + m >= n && m > 0) --m;
    while (m * m + m < n) ++m;
    return m;
}

template <class T>
auto magnitude = [](auto const& at) -> T {
    gradient const g = gradient_at(at);
    if constexpr (std::floating_point<T>) return static_cast<T>(std::sqrt(g.x * g.x + g.y * g.y));
    else if constexpr (sizeof(T) == 4)
        return test::clamped<T>(std::floor(std::sqrt(g.x * g.x + g.y * g.y) + 0.5));
    else return test::clamped<T>(rounded_root(static_cast<std::int64_t>(g.x * g.x + g.y * g.y)));
};

template <class P>
std::string check_magnitude(auto border, std::vector<extent> const& sizes, double tolerance = 0) {
    return test::sweep<P>(
        sizes, [&](auto v) { return v | extend(border) | sobel_magnitude; },
        [&](auto const& in) { return test::local<channel_t<P>>(in, border, magnitude<channel_t<P>>); },
        tolerance);
}

template <class P>
std::string check_x(std::vector<extent> const& sizes) {
    using R = gradient_t<channel_t<P>>;
    return test::sweep<P>(
        sizes, [](auto v) { return v | sobel_x; },
        [](auto const& in) {
            return test::local<R>(in, reflect_101,
                                  [](auto const& at) { return static_cast<R>(gradient_at(at).x); });
        });
}

template <class P>
std::string check_y(std::vector<extent> const& sizes) {
    using R = gradient_t<channel_t<P>>;
    return test::sweep<P>(
        sizes, [](auto v) { return v | sobel_y; },
        [](auto const& in) {
            return test::local<R>(in, reflect_101,
                                  [](auto const& at) { return static_cast<R>(gradient_at(at).y); });
        });
}

} // namespace

TEST_CASE("sobel: the result types", "[filter][sobel]") {
    using view8 = image_view<std::uint8_t const>;
    STATIC_CHECK(std::same_as<decltype(view8{} | sobel_x)::pixel_type, std::int16_t>);
    STATIC_CHECK(std::same_as<decltype(view8{} | sobel_magnitude)::pixel_type, std::uint8_t>);
    STATIC_CHECK(std::same_as<decltype(image_view<rgb16 const>{} | sobel_y)::pixel_type, rgb<std::int32_t>>);
    STATIC_CHECK(std::same_as<decltype(image_view<float const>{} | sobel_y)::pixel_type, float>);
}

TEST_CASE("sobel_magnitude: u8 is exact with every border, at every width", "[filter][sobel]") {
    CHECK(check_magnitude<std::uint8_t>(reflect_101, test::many_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check_magnitude<std::uint8_t>(replicate, test::few_extents()) == "");
    CHECK(check_magnitude<std::uint8_t>(wrap, test::few_extents()) == "");
    CHECK(check_magnitude<std::uint8_t>(constant(200), test::few_extents()) == "");
#endif
}

TEST_CASE("sobel_magnitude: the other pixel types", "[filter][sobel]") {
    CHECK(check_magnitude<float>(reflect_101, test::few_extents(), 1e-5) == "");
    CHECK(check_magnitude<rgb8>(reflect_101, test::few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check_magnitude<std::uint16_t>(reflect_101, test::few_extents()) == "");
    CHECK(check_magnitude<std::int16_t>(reflect_101, test::few_extents()) == "");
    CHECK(check_magnitude<std::int32_t>(reflect_101, test::few_extents()) == "");
#endif
}

TEST_CASE("sobel_x, sobel_y: exact differences", "[filter][sobel]") {
    CHECK(check_x<std::uint8_t>(test::many_extents()) == "");
    CHECK(check_y<std::uint8_t>(test::many_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check_x<float>(test::few_extents()) == "");
    CHECK(check_y<std::uint16_t>(test::few_extents()) == "");
    CHECK(check_x<test::yuv<std::int16_t>>(test::few_extents()) == "");
    CHECK(check_y<std::int32_t>(test::few_extents()) == "");
#endif
}

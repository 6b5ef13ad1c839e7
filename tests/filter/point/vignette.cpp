// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/point/vignette.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;
using test::values;

namespace {

constexpr float k1 = 0.9f, k2 = -0.4f, k3 = 0.25f;

/// The formula, each step in the type that the contract names.
double lit(double v, index_t x, index_t y, extent size, test::channel_kind kind) {
    double const cx = static_cast<double>(size.width - 1) / 2, cy = static_cast<double>(size.height - 1) / 2;
    float const scale = size.area() > 1 ? static_cast<float>(1 / std::sqrt(cx * cx + cy * cy)) : 0;
    float const dx = (static_cast<float>(x) - static_cast<float>(cx)) * scale;
    float const dy = (static_cast<float>(y) - static_cast<float>(cy)) * scale;
    float const t = dx * dx + dy * dy;
    float const gain = ((k3 * t + k2) * t + k1) * t + 1;
    bool const in_float = kind.integral ? kind.bytes < 4 : kind.bytes == 4;
    double const product = in_float ? static_cast<double>(static_cast<float>(v) * gain) : v * static_cast<double>(gain);
    return kind.integral ? kind.stored(std::floor(product + 0.5)) : product;
}
values lit(values in, test::channel_kind kind) {
    for (int c = 0; c < in.channels; ++c)
        for (index_t y = 0; y < in.size.height; ++y)
            for (index_t x = 0; x < in.size.width; ++x) in.row(y, c)[x] = lit(in.row(y, c)[x], x, y, in.size, kind);
    return in;
}

} // namespace

TEST_CASE("vignette: every type of channel equals the formula", "[filter][vignette]") {
    test::channel_types::each([]<class T>() {
        values const in = test::random_values<T>({203, 25}, 1, 5, std::floating_point<T>);
        detail::radial_gain const gain(in.size, k1, k2, k3);
        CHECK(test::wrong_alone<T>(gain, in, lit(in, test::kind_of_channel<T>())) == "");
    });
}

TEST_CASE("vignette: in the engine, also of colors", "[filter][vignette]") {
    auto const check = [](auto const& in) {
        using P = std::remove_cvref_t<decltype(in(0, 0))>;
        auto const expected = test::pixels_of<P>(lit(test::values_of(in), test::kind_of_channel<channel_t<P>>()));
        return test::check_pipeline(in, expected, [](auto v) { return v | vignette(k1, k2, k3); });
    };
    for (extent const size : {extent{1, 1}, extent{1, 2}, extent{67, 5}, extent{197, 9}})
        CHECK(check(test::random_pixels<std::uint8_t>(size, 3)) == "");
    CHECK(check(test::random_pixels<rgb8>({131, 7}, 4)) == "");
}

TEST_CASE("vignette: the center stays, corners get the sum of the factors, and it is near the real value",
          "[filter][vignette]") {
    extent const size{201, 101};
    detail::radial_gain const gain(size, k1, k2, k3);
    auto const at = [](std::int32_t x, std::int32_t y) { return position<std::int32_t>{x, y}; };
    CHECK(gain(std::uint16_t{10000}, at(100, 50)) == 10000);
    for (std::int32_t x : {0, 200})
        for (std::int32_t y : {0, 100}) CHECK(gain(std::uint16_t{10000}, at(x, y)) == 17500);
    double worst8 = 0, worst16 = 0;
    for (std::int32_t y = 0; y < 101; ++y)
        for (std::int32_t x = 0; x < 201; ++x) {
            double const t = (std::pow(x - 100, 2) + std::pow(y - 50, 2)) / 12500;
            double const real =
                1 + static_cast<double>(k1) * t + static_cast<double>(k2) * t * t + static_cast<double>(k3) * t * t * t;
            worst8 = std::max(worst8, std::abs(gain(std::uint8_t{139}, at(x, y)) - 139 * real));
            worst16 = std::max(worst16, std::abs(gain(std::uint16_t{37003}, at(x, y)) - 37003 * real));
        }
    CHECK(worst8 <= 0.51);
    CHECK(worst16 <= 0.6);
}

TEST_CASE("vignette: factors that are not finite are refused", "[filter][vignette]") {
    CHECK_THROWS_AS(vignette(std::numeric_limits<float>::infinity()), invalid_argument);
    CHECK_THROWS_AS(vignette(0, std::numeric_limits<float>::quiet_NaN()), invalid_argument);
    CHECK_NOTHROW(vignette(-1, 2));
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/corner/harris.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;

namespace {

/// What the contract says, in double: derivatives with the image's border, and sums with that of the products.
template <class P, class Border>
test::plain<float> real_scores(test::plain<P> const& in, Border border, int side, auto const& score) {
    auto const [width, height] = in.size;
    std::vector<std::array<double, 3>> products;
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x) {
            auto const at = [&](index_t dx, index_t dy) -> double {
                index_t const u = test::outside(border, x + dx, width), v = test::outside(border, y + dy, height);
                return u < 0 || v < 0 ? test::constant_value<0>(border) : static_cast<double>(in(u, v));
            };
            double gx = 0, gy = 0;
            for (int i = -1; i <= 1; ++i) {
                gx += (2 - std::abs(i)) * (at(1, i) - at(-1, i));
                gy += (2 - std::abs(i)) * (at(i, 1) - at(i, -1));
            }
            products.push_back({gx * gx, gx * gy, gy * gy});
        }
    double const largest = std::is_integral_v<P> ? static_cast<double>(std::numeric_limits<P>::max()) : 1;
    double const unit = 1 / (4.0 * side * largest);
    test::plain<float> out(in.size);
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x) {
            std::array<double, 3> sum{};
            for (int j = -(side / 2); j < side - side / 2; ++j)
                for (int i = -(side / 2); i < side - side / 2; ++i) {
                    index_t const u = test::outside(border, x + i, width), v = test::outside(border, y + j, height);
                    if (u < 0 || v < 0) continue;
                    for (std::size_t k = 0; k < 3; ++k) sum[k] += products[static_cast<std::size_t>(v * width + u)][k];
                }
            for (double& s : sum) s *= unit * unit;
            out(x, y) = static_cast<float>(score(sum[0], sum[1], sum[2]));
        }
    return out;
}

auto const harris_score = [](double k) {
    return [k](double a, double b, double c) { return a * c - b * b - k * (a + c) * (a + c); };
};
auto const smaller_eigenvalue = [](double a, double b, double c) {
    return (a + c) / 2 - std::sqrt((a - c) * (a - c) / 4 + b * b);
};

template <class P, class Border>
std::string wrong(Border border, int side, double tolerance) {
    unsigned seed = static_cast<unsigned>(side);
    for (extent const size : {extent{1, 1}, extent{2, 3}, extent{7, 1}, extent{67, 12}, extent{130, 5}}) {
        auto in = test::random_pixels<P>(size, ++seed);
        if constexpr (std::is_floating_point_v<P>)
            for (P& v : in.data) v /= 300;
        auto const check = [&](auto const& stage, auto const& score) {
            return test::check_pipeline(
                in, real_scores(in, border, side, score), [&](auto v) { return v | extend(border) | stage; },
                tolerance);
        };
        std::string const text =
            check(harris(side, 0.05), harris_score(0.05)) + check(shi_tomasi(side), smaller_eigenvalue);
        if (!text.empty()) return "seed " + std::to_string(seed) + ", " + text;
    }
    return {};
}

} // namespace

// Values of the scores are below 4, so that the tolerance is some units of float.
TEST_CASE("harris, shi_tomasi: sides and borders of bytes", "[filter][harris]") {
    for (int side : {1, 2, 3, 5, 8}) {
        CAPTURE(side);
        CHECK(wrong<std::uint8_t>(reflect_101, side, 2e-6) == "");
    }
    CHECK(wrong<std::uint8_t>(replicate, 4, 2e-6) == "");
}

TEST_CASE("harris, shi_tomasi: words and floats, and a constant border", "[filter][harris]") {
    CHECK(wrong<std::uint16_t>(reflect, 3, 2e-6) == "");
    CHECK(wrong<float>(constant(0.25f), 3, 4e-6) == "");
}

TEST_CASE("harris: corners are positive, edges negative, flat parts 0", "[filter][harris]") {
    image<std::uint8_t> in(40, 40);
    for (index_t y = 0; y < 40; ++y)
        for (index_t x = 0; x < 40; ++x) in(x, y) = x >= 20 && y >= 20 ? 200 : 30;
    auto const h = to_image(serial{}, in.view() | harris());
    auto const s = to_image(serial{}, in.view() | shi_tomasi());
    CHECK(h(20, 20) > 0.01f);
    CHECK(h(20, 32) < -0.001f);
    CHECK(h(5, 5) == 0);
    CHECK(s(20, 20) > 0.05f);
    CHECK(std::abs(s(20, 32)) < 1e-6f);
}

TEST_CASE("harris: the sums of the largest square of extreme bytes do not overflow", "[filter][harris]") {
    image<std::uint8_t> in(80, 80);
    for (index_t y = 0; y < 80; ++y)
        for (index_t x = 0; x < 80; ++x) in(x, y) = x / 2 % 2 == 0 ? 255 : 0;
    // Every derivative is 1020 or -1020: a = 1 in the units of the score.
    CHECK(std::abs(to_image(serial{}, in.view() | harris(31, 1))(40, 40) + 1) < 1e-5f);
}

TEST_CASE("harris, shi_tomasi: what is refused", "[filter][harris]") {
    for (int side : {-1, 0, 32}) {
        CHECK_THROWS_AS(harris(side), invalid_argument);
        CHECK_THROWS_AS(shi_tomasi(side), invalid_argument);
    }
    for (double k : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(harris(3, k), invalid_argument);
}

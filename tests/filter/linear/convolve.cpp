// SPDX-License-Identifier: BSL-1.0
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/convolve.hpp>

#include "filter/linear/kernel_formula.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;
using namespace test;

namespace {

/// The sum as mathematics has it: the pixel at (x - i, y - j) times the kernel at (i, j), counted from its middle.
template <class K, std::size_t Width, std::size_t Height>
auto convolution(K const (&kernel)[Height][Width], K divisor) {
    return [as_written = formula(kernel, divisor)](auto const& at, channel_kind kind) {
        return as_written([&](index_t i, index_t j) { return at(-i, -j); }, kind);
    };
}

template <class T, class K, std::size_t Width, std::size_t Height>
std::string wrong(K const (&kernel)[Height][Width], K divisor) {
    return wrong_alone<T>(convolve(kernel, divisor), convolution(kernel, divisor));
}

constexpr int lopsided[3][5] = {{1, -2, 3, -4, 5}, {6, 7, -8, 9, 10}, {-11, 12, 13, -14, 15}};
constexpr float quarters[3][3] = {{0.25f, 0.5f, 0.25f}, {-0.5f, 1.0f, 0.75f}, {0.0f, -0.25f, 2.0f}};
constexpr int ramp[3][3] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
constexpr int symmetric[3][3] = {{1, 2, 3}, {4, 5, 4}, {3, 2, 1}};

/// What becomes of a single 1 in the middle of 5 x 5 pixels.
constexpr auto of_a_dot(auto const& stage) {
    image<std::int16_t> dot(5, 5);
    dot(2, 2) = 1;
    return to_image(serial{}, dot.view() | stage);
}

constexpr bool shows_the_kernel() {
    auto const shown = of_a_dot(convolve(ramp)), turned = of_a_dot(correlate(ramp));
    for (int j = 0; j < 3; ++j)
        for (int i = 0; i < 3; ++i)
            if (shown(1 + i, 1 + j) != ramp[j][i] || turned(1 + i, 1 + j) != ramp[2 - j][2 - i]) return false;
    return true;
}

} // namespace

TEST_CASE("convolve: equals the mathematical loop", "[filter][convolve]") {
    CHECK(wrong<std::uint8_t>(lopsided, 42) == "");
    CHECK(wrong<std::uint8_t>(ramp, 45) == "");
    CHECK(wrong<std::uint16_t>(lopsided, 7) == "");
    CHECK(wrong<std::int32_t>(ramp, 9) == "");
    CHECK(wrong<float>(quarters, 1.0f) == "");
    // Correlate's stage with the kernel turned, so what correlate does in the engine it does.
    STATIC_CHECK(std::same_as<decltype(convolve(ramp)), decltype(correlate(ramp))>);
}

TEST_CASE("convolve: a single pixel becomes the kernel as written; correlate shows it turned", "[filter][convolve]") {
    static_assert(shows_the_kernel());
    CHECK(shows_the_kernel());
}

TEST_CASE("convolve: is correlate where the kernel looks the same when it is turned, and not elsewhere",
          "[filter][convolve]") {
    guarded<std::uint8_t> const in(random_pixels<std::uint8_t>({40, 9}, 3));
    auto const made = [&](auto const& stage) { return to_image(serial{}, in.view() | stage); };
    auto const equal = [](auto const& a, auto const& b) {
        for (index_t y = 0; y < a.height(); ++y)
            for (index_t x = 0; x < a.width(); ++x)
                if (a(x, y) != b(x, y)) return false;
        return true;
    };
    CHECK(equal(made(convolve(symmetric, 25)), made(correlate(symmetric, 25))));
    CHECK_FALSE(equal(made(convolve(ramp, 45)), made(correlate(ramp, 45))));
    CHECK(equal(made(convolve(ramp, 45).flipped()), made(correlate(ramp, 45))));
    CHECK(equal(made(convolve({{0.25, 0.5, 0.75}}, 1.5)), made(correlate({{0.75f, 0.5f, 0.25f}}, 1.5f))));
}

TEST_CASE("convolve: refuses what correlate refuses", "[filter][convolve]") {
    constexpr int heavy[1][1] = {{4210753}};
    CHECK_THROWS_AS(convolve(heavy), invalid_argument);
    CHECK_THROWS_AS(convolve(ramp, 0), invalid_argument);
    CHECK_THROWS_AS(convolve({{1.0}}, 1e39), invalid_argument);
    CHECK_THROWS_AS(convolve({{1.0f}}, std::numeric_limits<float>::quiet_NaN()), invalid_argument);
}

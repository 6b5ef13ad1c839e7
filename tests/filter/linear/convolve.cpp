// SPDX-License-Identifier: BSL-1.0
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/convolve.hpp>

#include "filter/linear/correlate_formula.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;
using namespace test;

namespace {

/// The sum as mathematics has it: the pixel at (x - i, y - j) times the kernel at (i, j), counted from its middle.
template <class T, class K, std::size_t Width, std::size_t Height>
auto convolution(K const (&kernel)[Height][Width], K divisor) {
    std::vector<K> k(&kernel[0][0], &kernel[0][0] + Width * Height);
    return [k, divisor](auto const& at) -> T {
        int const rx = Width / 2, ry = Height / 2;
        auto const term = [&](int i, int j) { return k[static_cast<std::size_t>((j + ry) * int(Width) + i + rx)]; };
        if constexpr (std::integral<K> && std::integral<T>) {
            std::int64_t sum = 0;
            for (int j = -ry; j <= ry; ++j)
                for (int i = -rx; i <= rx; ++i) sum += std::int64_t{term(i, j)} * at(-i, -j);
            return clamped<T>(floor_div(2 * sum + divisor, 2 * std::int64_t{divisor}));
        } else {
            double sum = 0;
            for (int j = -ry; j <= ry; ++j)
                for (int i = -rx; i <= rx; ++i) sum += double(term(i, j)) * double(at(-i, -j));
            return static_cast<T>(sum / double(divisor));
        }
    };
}

template <class P, class K, std::size_t Width, std::size_t Height>
std::string check_convolve(K const (&kernel)[Height][Width], K divisor, auto border) {
    using T = channel_t<P>;
    return sweep<P>(
        few_extents(), [&](auto v) { return v | extend(border) | convolve(kernel, divisor); },
        [&](auto const& in) { return local<T>(in, border, convolution<T>(kernel, divisor)); });
}

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
    CHECK(check_convolve<std::uint8_t>(lopsided, 42, reflect_101) == "");
    CHECK(check_convolve<std::uint8_t>(ramp, 45, constant(200)) == "");
    CHECK(check_convolve<std::uint16_t>(lopsided, 7, replicate) == "");
}

#if !QUOIN_SANITIZED
TEST_CASE("convolve: the other pixel types", "[filter][convolve]") {
    CHECK(check_convolve<rgb8>(ramp, 45, reflect_101) == "");
    CHECK(check_convolve<std::int32_t>(ramp, 9, reflect) == "");
    CHECK(check_convolve<float>(quarters, 1.0f, wrap) == "");
}
#endif

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

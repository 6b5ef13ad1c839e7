// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/smooth/guided.hpp>

#include "support/functor.hpp"

#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>

using namespace quoin;

namespace {

/// The formula in double, with all sums written out. It is not rounded.
auto real_guided(int r, double eps) {
    return [=](auto const& at, test::channel_kind kind) {
        double const n = (2 * r + 1) * (2 * r + 1);
        double slopes = 0, offsets = 0;
        for (int j = -r; j <= r; ++j)
            for (int i = -r; i <= r; ++i) {
                double sum = 0, squares = 0;
                for (int l = -r; l <= r; ++l)
                    for (int k = -r; k <= r; ++k) {
                        double const v = at(i + k, j + l);
                        sum += v;
                        squares += v * v;
                    }
                double const mean = sum / n, variance = squares / n - mean * mean;
                double const a = variance / (variance + eps);
                slopes += a;
                offsets += (1 - a) * mean;
            }
        double const q = slopes / n * at(0, 0) + offsets / n;
        return kind.integral ? std::clamp(q, kind.stored(-1e9), kind.stored(1e9)) : q;
    };
}

template <class T>
std::string wrong(int r, double eps, double tolerance) {
    return test::wrong_alone<T>(guided(r, eps), real_guided(r, eps), tolerance, {67 + 4 * r, 5 + 4 * r});
}

/// The bytes of an image of one value.
std::string wrong_flat(int r, double eps, std::uint8_t value) {
    image<std::uint8_t> in(71, 40);
    for (index_t y = 0; y < 40; ++y)
        for (index_t x = 0; x < 71; ++x) in(x, y) = value;
    auto const out = to_image(simd{}, in.view() | guided(r, eps));
    for (index_t y = 0; y < 40; ++y)
        for (index_t x = 0; x < 71; ++x)
            if (out(x, y) != value) return std::to_string(value) + " became " + std::to_string(out(x, y));
    return {};
}
/// The same of 16 bits, without an engine.
std::string wrong_wide_flat(int r, double eps, int value) {
    test::values in({40 + 4 * r, 1 + 4 * r}, 1), expected({40, 1}, 1);
    for (double& v : in.data) v = value;
    for (double& v : expected.data) v = value;
    return test::wrong_alone<std::uint16_t>(guided(r, eps), in, expected);
}

} // namespace

TEST_CASE("guided: integers are rounded once, from nearly the real value", "[filter][guided]") {
    for (double eps : {1e-3, 1.0, 400.0, 1e6}) {
        CAPTURE(eps);
        CHECK(wrong<std::uint8_t>(1, eps, 0.501) == "");
        CHECK(wrong<std::uint8_t>(3, eps, 0.501) == "");
        CHECK(wrong<std::uint16_t>(2, eps, 0.55) == "");
    }
    CHECK(wrong<std::uint16_t>(2, 1e8, 0.55) == "");
}

TEST_CASE("guided: float", "[filter][guided]") {
    for (double eps : {1e-9, 1.0, 400.0}) {
        CAPTURE(eps);
        CHECK(wrong<float>(1, eps, 5e-4) == ""); // of values up to 2^8
        CHECK(wrong<float>(3, eps, 5e-4) == "");
    }
}

TEST_CASE("guided: equal pixels stay as they are", "[filter][guided]") {
    for (int r : {1, 4, 9, 10, 31, 63})
        for (double eps : {1e-12, 1e-3, 1e4}) {
            CAPTURE(r, eps);
            for (int value : {0, 1, 127, 200, 255}) {
                CHECK(wrong_flat(r, eps, static_cast<std::uint8_t>(value)) == "");
                if (r < 10) CHECK(wrong_wide_flat(r, eps, value * 257) == "");
            }
        }
}

TEST_CASE("guided: a large eps makes the mean of the mean, a small one leaves the image", "[filter][guided]") {
    auto const in = test::random_pixels<std::uint8_t>({90, 70}, 3);
    image<std::uint8_t> pixels(90, 70);
    for (index_t y = 0; y < 70; ++y)
        for (index_t x = 0; x < 90; ++x) pixels(x, y) = in(x, y);
    for (int r : {2, 5, 9, 11, 20}) {
        CAPTURE(r);
        auto const same = to_image(simd{}, pixels.view() | guided(r, 1e-12));
        auto const even = to_image(simd{}, pixels.view() | guided(r, 1e12));
        auto const inside = [](index_t i, index_t n) { return reflect_101(i, n); };
        int wrong = 0;
        for (index_t y = 0; y < 70; y += 3)
            for (index_t x = 0; x < 90; x += 7) {
                double sum = 0; // each pixel as often as squares around the squares have it
                for (int j = -2 * r; j <= 2 * r; ++j)
                    for (int i = -2 * r; i <= 2 * r; ++i)
                        sum += (2 * r + 1 - std::abs(i)) * (2 * r + 1 - std::abs(j)) *
                               static_cast<double>(pixels(inside(x + i, 90), inside(y + j, 70)));
                double const mean = sum / std::pow(2 * r + 1, 4);
                wrong += std::abs(even(x, y) - mean) > 0.501;
                wrong += same(x, y) != pixels(x, y);
            }
        CHECK(wrong == 0);
    }
}

TEST_CASE("guided: what is no number or infinite reaches two radii", "[filter][guided]") {
    for (float const odd : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
        image<float> in(90, 60);
        in(40, 30) = odd;
        auto const out = to_image(simd{}, in.view() | guided(3, 0.1));
        int wrong = 0;
        for (index_t y = 0; y < 60; ++y)
            for (index_t x = 0; x < 90; ++x) {
                bool const near = std::abs(x - 40) <= 6 && std::abs(y - 30) <= 6;
                wrong += near == std::isfinite(out(x, y));
            }
        CHECK(wrong == 0);
    }
}

TEST_CASE("guided: in the engine", "[filter][guided]") {
    std::vector<extent> const sizes{{1, 1}, {7, 3}, {37, 9}, {139, 47}};
    CHECK(test::wrong_in_engine<std::uint8_t>(guided(1, 100), constant(200), sizes) == "");
    CHECK(test::wrong_in_engine<std::uint8_t>(guided(4, 100), reflect_101, sizes) == "");
    CHECK(test::wrong_in_engine<std::uint8_t>(guided(10, 100), replicate, {{45, 30}}) == "");
    CHECK(test::wrong_in_engine<float>(guided(3, 10), constant(0.3f), {{37, 9}, {139, 21}}) == "");
}

TEST_CASE("guided: what is out of range is refused", "[filter][guided]") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    for (int bad : {-1, 0, 64}) CHECK_THROWS_AS(guided(bad, 1), invalid_argument);
    for (double bad : {0.0, -1.0, 2e12, nan}) CHECK_THROWS_AS(guided(3, bad), invalid_argument);
}

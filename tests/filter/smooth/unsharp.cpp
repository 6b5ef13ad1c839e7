// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/smooth/unsharp.hpp>

#include "support/functor.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <vector>

using namespace quoin;
using test::values;

namespace {

/// The real value: one sum over the square in double.
auto real_mask(double sigma, double amount, double threshold) {
    int const r = static_cast<int>(std::ceil(3 * sigma));
    std::vector<double> w;
    double total = 0;
    for (int i = -r; i <= r; ++i) w.push_back(std::exp(-i * i / (2 * sigma * sigma)));
    for (double const x : w) total += x;
    return [=](auto const& at, test::channel_kind kind) {
        double blur = 0;
        for (int j = -r; j <= r; ++j)
            for (int i = -r; i <= r; ++i)
                blur += w[static_cast<std::size_t>(i + r)] * w[static_cast<std::size_t>(j + r)] * at(i, j);
        double const v = at(0, 0), distance = v - blur / (total * total);
        return kind.stored(std::abs(distance) > threshold ? v + amount * distance : v);
    };
}

template <class T>
std::string wrong(double sigma, double amount, double threshold, double tolerance, extent size = {130, 9}) {
    index_t const around = 2 * static_cast<index_t>(std::ceil(3 * sigma));
    return test::wrong_alone<T>(unsharp(sigma, amount, threshold), real_mask(sigma, amount, threshold), tolerance,
                                {size.width + around, size.height + around});
}

} // namespace

TEST_CASE("unsharp: integers are rounded once, from nearly the real value", "[filter][unsharp]") {
    for (double sigma : {0.05, 0.8, 2.0, 5.0})
        for (double amount : {0.0, 0.5, 1.5, 12.0}) {
            CAPTURE(sigma, amount);
            CHECK(wrong<std::uint8_t>(sigma, amount, 0, 0.5 + 0.01 * amount) == "");
            CHECK(wrong<std::uint16_t>(sigma, amount, 0, 0.5 + 1e-4 * amount) == "");
        }
    CHECK(wrong<std::uint8_t>(1.5, 2, 30, 0.52) == "");
    CHECK(wrong<std::int8_t>(1.5, 2, 0, 0.52) == "");
    CHECK(wrong<std::uint16_t>(1.5, 2, 3000, 0.501) == "");
    CHECK(wrong<std::int16_t>(1.5, 2, 3000, 0.501) == "");
}

TEST_CASE("unsharp: the weights of bytes leave room for both roundings of a blur", "[filter][unsharp]") {
    for (double sigma = 0.02; sigma <= 42; sigma += 0.37) {
        CAPTURE(sigma);
        int const r = static_cast<int>(std::ceil(3 * sigma));
        auto const used = detail::make_gaussian_weights(sigma, r, 1 << detail::unsharp_low_bits);
        double total = 0, off = 0;
        std::int64_t sum = 0;
        for (int i = -r; i <= r; ++i) total += std::exp(-i * i / (2 * sigma * sigma));
        for (int i = -r; i <= r; ++i) {
            int const whole = (used.high()[i] >> 16) * (1 << detail::unsharp_low_bits) + (used.low()[i] >> 16);
            sum += whole;
            off += std::abs(whole / 8388608.0 - std::exp(-i * i / (2 * sigma * sigma)) / total);
        }
        CHECK(sum == 8388608);
        // Weights are too large by as much as others are too small, in two passes. The passes round 8 and 7 bits.
        CHECK(2 * 255 * off / 2 + 1.0 / 512 + 1.0 / 256 + 1e-4 <= 0.01);
    }
}

TEST_CASE("unsharp: float", "[filter][unsharp]") {
    // Random pixels are below 2^8 or so: 21 bits of a sum over a column, 24 of the result.
    for (double amount : {0.5, 12.0}) CHECK(wrong<float>(1.4, amount, 0, 2e-3 * (1 + amount)) == "");
}

TEST_CASE("unsharp: equal pixels stay as they are", "[filter][unsharp]") {
    for (double sigma : {0.6, 3.0, 42.0})
        for (int value : {0, 1, 127, 254, 255}) {
            index_t const around = 2 * static_cast<index_t>(std::ceil(3 * sigma));
            values in({67 + around, 2 + around}, 1), expected({67, 2}, 1);
            for (double& v : in.data) v = value;
            for (double& v : expected.data) v = value;
            CAPTURE(sigma, value);
            CHECK(test::wrong_alone<std::uint8_t>(unsharp(sigma, 100), in, expected) == "");
            for (double& v : in.data) v *= 257;
            for (double& v : expected.data) v *= 257;
            CHECK(test::wrong_alone<std::uint16_t>(unsharp(sigma, 100), in, expected) == "");
        }
}

TEST_CASE("unsharp: floats stay where the blur is no number", "[filter][unsharp]") {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    for (float const odd : {infinity, -infinity, std::numeric_limits<float>::quiet_NaN()}) {
        image<float> in(21, 21);
        for (index_t y = 0; y < 21; ++y)
            for (index_t x = 0; x < 21; ++x) in(x, y) = static_cast<float>(x);
        in(10, 10) = odd;
        auto const out = to_image(serial{}, in.view() | unsharp(1, 1));
        for (index_t y = 7; y <= 13; ++y)
            for (index_t x = 7; x <= 13; ++x)
                if (x != 10 || y != 10) CHECK(out(x, y) == static_cast<float>(x));
        CHECK((odd == odd ? out(10, 10) == odd : out(10, 10) != out(10, 10)));
        CHECK(std::abs(out(5, 10) - 5.0f) < 1e-4f);
    }
}

TEST_CASE("unsharp: in the engine, around which a constant stands, or itself", "[filter][unsharp]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(unsharp(1, 1.5, 2), reflect_101) == "");
    CHECK(test::wrong_in_engine<std::uint8_t>(unsharp(1, 1.5, 2), constant(200)) == "");
    CHECK(test::wrong_in_engine<float>(unsharp(0.6, 1.5), constant(0.3f), {{37, 9}}) == "");
}

TEST_CASE("unsharp: what is out of range is refused", "[filter][unsharp]") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    for (double bad : {0.0, -1.0, 42.1, nan}) CHECK_THROWS_AS(unsharp(bad, 1), invalid_argument);
    for (double bad : {-0.1, 100.5, nan}) CHECK_THROWS_AS(unsharp(1, bad), invalid_argument);
    for (double bad : {-0.1, 65536.0, nan}) CHECK_THROWS_AS(unsharp(1, 1, bad), invalid_argument);
}

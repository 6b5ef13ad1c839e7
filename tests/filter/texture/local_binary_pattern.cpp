// SPDX-License-Identifier: BSL-1.0
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/texture/local_binary_pattern.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace quoin;

namespace {

/// The bits of a circle by whole numbers, for integers; of other pixels by doubles.
std::vector<int> plain_bits(int points, double radius, auto const& at) {
    std::vector<int> bits;
    auto const part = [](double v) { return static_cast<std::int64_t>(std::llround(v * 1e5)); };
    auto const whole = [](std::int64_t v) { return (v >= 0 ? v : v - 99999) / 100000; };
    for (int p = 0; p < points; ++p) {
        double const angle = 2 * std::acos(-1.0) * p / points;
        std::int64_t const x = part(radius * std::cos(angle)), y = part(-radius * std::sin(angle));
        std::int64_t const px = whole(x), py = whole(y), fx = x - 100000 * px, fy = y - 100000 * py;
        std::int64_t sum = 0;
        for (int j = 0; j <= 1; ++j)
            for (int i = 0; i <= 1; ++i) {
                std::int64_t const weight = (i == 1 ? fx : 100000 - fx) * (j == 1 ? fy : 100000 - fy);
                if (weight == 0) continue;
                double const difference = at(px + i, py + j) - at(0, 0);
                sum += weight * static_cast<std::int64_t>(difference);
            }
        bits.push_back(sum >= 0);
    }
    return bits;
}

/// As text that is turned and counted.
int plain_code(pattern_code code, std::vector<int> bits) {
    auto const number = [](std::vector<int> const& b) {
        int n = 0;
        for (std::size_t i = 0; i < b.size(); ++i) n += b[i] << i;
        return n;
    };
    if (code == pattern_code::plain) return number(bits);
    if (code == pattern_code::rotated) {
        int least = number(bits);
        for (std::size_t i = 0; i < bits.size(); ++i) {
            std::rotate(bits.begin(), bits.begin() + 1, bits.end());
            least = std::min(least, number(bits));
        }
        return least;
    }
    int changes = 0;
    for (std::size_t i = 1; i < bits.size(); ++i) changes += bits[i] != bits[i - 1];
    return changes > 2 ? static_cast<int>(bits.size()) + 1 : static_cast<int>(std::count(bits.begin(), bits.end(), 1));
}

template <class T, int Points, pattern_code Code>
std::string wrong(double radius) {
    auto const formula = [=](auto const& at, auto) {
        return static_cast<double>(plain_code(Code, plain_bits(Points, radius, at)));
    };
    return test::wrong_alone<T>(local_binary_pattern<Points, Code>(radius), formula, 0, {121, 40});
}

} // namespace

TEST_CASE("local_binary_pattern: bits of 8 points", "[filter][local_binary_pattern]") {
    for (double const radius : {1.0, 1.5, 3.0}) {
        CAPTURE(radius);
        CHECK(wrong<std::uint8_t, 8, pattern_code::plain>(radius) == "");
        CHECK(wrong<std::uint16_t, 8, pattern_code::plain>(radius) == "");
        CHECK(wrong<float, 8, pattern_code::plain>(radius) == "");
    }
}

TEST_CASE("local_binary_pattern: codes", "[filter][local_binary_pattern]") {
    CHECK(wrong<std::uint8_t, 8, pattern_code::rotated>(1) == "");
    CHECK(wrong<std::uint8_t, 8, pattern_code::uniform>(1) == "");
    CHECK(wrong<std::uint8_t, 16, pattern_code::rotated>(2) == "");
    CHECK(wrong<std::uint8_t, 24, pattern_code::uniform>(3) == "");
}

TEST_CASE("local_binary_pattern: bytes of all differences along a diagonal", "[filter][local_binary_pattern]") {
    // The middle, what is beside it, and the corner, for all that the sum of the two beside it can be.
    image<std::uint8_t> in(3 * 511, 3);
    for (int const middle : {0, 1, 100, 254, 255})
        for (int corner = std::max(0, middle - 220); corner <= std::min(255, middle + 220); corner += 3) {
            for (index_t s = 0; s < 511; ++s) {
                for (index_t y = 0; y < 3; ++y)
                    for (index_t x = 0; x < 3; ++x) in(3 * s + x, y) = static_cast<std::uint8_t>(middle);
                in(3 * s + 2, 0) = static_cast<std::uint8_t>(corner);
                in(3 * s + 1, 0) = static_cast<std::uint8_t>(s / 2);
                in(3 * s + 2, 1) = static_cast<std::uint8_t>(s - s / 2);
            }
            auto const out = to_image(serial{}, in.view() | local_binary_pattern());
            index_t differing = 0;
            for (index_t s = 0; s < 511; ++s) {
                index_t const sum = 70711 * (corner - middle) + 29289 * (s - 2 * middle);
                differing += (out(3 * s + 1, 1) >> 1 & 1) != (sum >= 0);
            }
            if (differing != 0) FAIL("middle " << middle << ", corner " << corner << ": " << differing << " differ");
        }
}

TEST_CASE("local_binary_pattern: numbers of scikit-image", "[filter][local_binary_pattern]") {
    image<std::uint8_t> in(7, 7);
    for (index_t y = 0; y < 7; ++y)
        for (index_t x = 0; x < 7; ++x) in(x, y) = static_cast<std::uint8_t>((37 * x + 53 * y + 11 * x * y) % 97);
    auto const row = [&](auto const& stage) {
        auto const out = to_image(serial{}, in.view() | extend(constant(0)) | stage);
        std::vector<int> values;
        for (index_t x = 0; x < 7; ++x) values.push_back(static_cast<int>(out(x, 3)));
        return values;
    };
    // scikit-image 0.26
    using v = std::vector<int>;
    CHECK(row(local_binary_pattern()) == v{0, 148, 255, 4, 124, 251, 0});
    CHECK(row(local_binary_pattern<8, pattern_code::rotated>()) == v{0, 37, 255, 1, 31, 127, 0});
    CHECK(row(local_binary_pattern<8, pattern_code::uniform>()) == v{0, 9, 8, 1, 5, 7, 0});
    CHECK(row(local_binary_pattern<16>(2)) == v{4096, 63535, 65535, 0, 7699, 16364, 0});
    CHECK(row(local_binary_pattern<16, pattern_code::rotated>(2)) == v{1, 1535, 65535, 0, 2447, 4091, 0});
    CHECK(row(local_binary_pattern<24, pattern_code::uniform>(3)) == v{4, 25, 21, 1, 25, 25, 0});
    CHECK(row(local_binary_pattern(1.5)) == v{2, 133, 223, 0, 109, 123, 0});
}

TEST_CASE("local_binary_pattern: in the engine", "[filter][local_binary_pattern]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(local_binary_pattern<8, pattern_code::uniform>(), constant(0)) == "");
}

TEST_CASE("local_binary_pattern: a radius out of range is refused", "[filter][local_binary_pattern]") {
    for (double const radius : {0.0, 0.9, 15.1, std::numeric_limits<double>::quiet_NaN()}) {
        CAPTURE(radius);
        CHECK_THROWS_AS(local_binary_pattern(radius), invalid_argument);
    }
    CHECK_NOTHROW(local_binary_pattern(15));
}

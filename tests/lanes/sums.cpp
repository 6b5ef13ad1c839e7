// SPDX-License-Identifier: BSL-1.0
#include <quoin/lanes/sums.hpp>

#include "lanes/values.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace quoin;

namespace {

constexpr bool test_dot_sum() {
    auto s = dot_start(100, 300, -50, 7);
    s.add(1, 2, 3, 4);
    dot_sum of_sums{7};
    of_sums.add(sums_of_two(std::uint8_t{255}, std::uint8_t{254}, std::uint8_t{3}, std::uint8_t{4}),
                dot_factors(-3, 100));
    return s.value() == 29664 && of_sums.value() == -820 && s.scaled<4>() == 1854 &&
           dot_start(32767, 32767, 32767, 32767).scaled<1>() == 32767 &&
           dot_start(-32768, 32767, -32768, 32767).scaled<4>() == -32768;
}

constexpr bool test_byte_sum() {
    auto s = byte_sum_start(std::uint8_t{255}, 64, std::uint8_t{255}, -64);
    s.add(std::uint8_t{100}, 3, std::uint8_t{7}, -2);
    byte_sum high = s;
    high.add_high_byte(byte_sum_start(std::uint8_t{200}, -128, std::uint8_t{0}, 0));
    return s.value() == 286 && s.shifted<1>() == 143 && s.shifted<0>() == 255 && high.value() == 286 - 100 &&
           byte_sum_start(std::uint8_t{9}, -1, std::uint8_t{0}, 0).shifted<2>() == 0 &&
           byte_sum{static_cast<std::int16_t>(65000)}.unsigned_shifted<8>() == 253;
}

using bytes = simd_lanes::type<std::uint8_t>;
using i16_lanes = simd_lanes::type<std::int16_t>;
constexpr int n = simd_lanes::count;

/// n + 2 values, so that a step can start at each of the first three.
template <class T>
std::vector<T> noise(unsigned seed) {
    std::mt19937 random(seed);
    std::vector<T> v(n + 2);
    for (T& x : v) x = random() % 4 == 0 ? std::numeric_limits<T>::max() : static_cast<T>(random());
    return v;
}

template <class T>
std::vector<T> stored(simd_lanes::type<T> const& v) {
    std::vector<T> result(n);
    v.store(result.data());
    return result;
}

} // namespace

TEST_CASE("sums: on scalars, at compile time and at run time", "[lanes]") {
    static_assert(test_dot_sum());
    CHECK(test_dot_sum());
    static_assert(test_byte_sum());
    CHECK(test_byte_sum());
}

TEST_CASE("dot_sum: lanes equal scalars, saturated, and value() keeps the order", "[lanes]") {
    std::mt19937 random(11);
    auto const number = [&] { return static_cast<std::int16_t>(random()); };
    for (int round = 0; round < 50; ++round) {
        std::vector<std::int16_t> a(simd_lanes::count * 4), b(a.size());
        for (auto& v : a) v = number();
        for (auto& v : b) v = number();
        std::int16_t const k[4] = {
            static_cast<std::int16_t>(number() / 4), static_cast<std::int16_t>(number() / 4),
            static_cast<std::int16_t>(number() / 4), static_cast<std::int16_t>(number() / 4)};
        auto const sum = [&](auto x, auto y) {
            auto s = dot_start(x, k[0], y, k[1]);
            s.add(y, k[2], x, k[3]);
            return s;
        };
        CHECK(test::check_binary<std::int16_t>(
                  a, b, [&](auto x, auto y) { return sum(x, y).template scaled<15>(); }) == "");
        CHECK(test::check_binary<std::int16_t>(
                  a, b, [&](auto x, auto y) { return sum(x, y).template scaled<7>(); }) == "");
        CHECK(test::check_binary<std::int32_t>(a, b, [&](auto x, auto y) { return sum(x, y).value(); }) ==
              "");
    }
}

TEST_CASE("dot_sum: of bytes, lanes equal scalars in every form", "[lanes]") {
    for (unsigned seed = 1; seed <= 50; ++seed) {
        CAPTURE(seed);
        auto const a = noise<std::uint8_t>(seed), b = noise<std::uint8_t>(seed + 1000);
        std::mt19937 random(seed);
        auto const factor = [&] { return static_cast<std::int16_t>(random()); };
        std::int16_t const k[4] = {factor(), factor(), factor(), factor()};
        auto const sum = [&](auto const& x, auto const& y) {
            auto s = dot_start(x, k[0], y, k[1]);
            s.add(y, k[2], x, k[3]);
            s.template add_shifted<7>(dot_start(y, k[3], x, k[0]));
            s.add(sums_of_two(x, y, y, y), dot_factors(k[1], k[2]));
            return s;
        };
        auto const lanes_sum = sum(bytes::load(a.data()), bytes::load(b.data()));
        auto const value = stored<std::int32_t>(lanes_sum.value());
        auto const narrow = stored<std::int16_t>(lanes_sum.scaled<10>());
        auto const byte = stored<std::uint8_t>(lanes_sum.scaled<15, std::uint8_t>());
        for (int i = 0; i < n; ++i) {
            auto const expected = sum(a[i], b[i]);
            CHECK(value[i] == expected.value());
            CHECK(narrow[i] == expected.scaled<10>());
            CHECK(byte[i] == expected.scaled<15, std::uint8_t>());
        }
    }
}

TEST_CASE("byte_sum: lanes equal scalars in every form", "[lanes]") {
    for (unsigned seed = 1; seed <= 50; ++seed) {
        CAPTURE(seed);
        auto const a = noise<std::uint8_t>(seed), b = noise<std::uint8_t>(seed + 1000);
        std::mt19937 random(seed);
        auto const factor = [&] { return static_cast<int>(random() % 65) - 32; };
        int const k[4] = {factor(), factor(), factor(), factor()};
        auto const sum = [&](auto const& x, auto const& y) {
            auto s = byte_sum_start(x, k[0], y, k[1]);
            s.add(y, k[2], x, k[3]);
            s.add_high_byte(byte_sum_start(x, k[1], y, k[2]));
            return s;
        };
        auto const lanes_sum = sum(bytes::load(a.data()), bytes::load(b.data()));
        auto const value = stored<std::int16_t>(lanes_sum.value());
        auto const shifted = stored<std::uint8_t>(lanes_sum.shifted<4>());
        auto const without_sign = stored<std::uint8_t>(lanes_sum.unsigned_shifted<8>());
        for (int i = 0; i < n; ++i) {
            auto const expected = sum(a[i], b[i]);
            CHECK(value[i] == expected.value());
            CHECK(shifted[i] == expected.shifted<4>());
            CHECK(without_sign[i] == expected.unsigned_shifted<8>());
        }
    }
}

TEST_CASE("rounded_hypot: of byte sums, equal to double arithmetic for all gradients", "[lanes]") {
    // 4 a - 4 b over all bytes is every sum that a 3x3 gradient can be, up to its last two bits, which c brings.
    int wrong = 0;
    for (int x = 0; x < 1021; x += QUOIN_SANITIZED ? 31 : 1)
        for (int first = 0; first < 1021; first += n) {
            std::uint8_t xs[4][n], ys[4][n];
            auto const split = [](int v, std::uint8_t (&parts)[4][n], int i) {
                for (auto& part : parts) {
                    part[i] = static_cast<std::uint8_t>(std::min(v, 255));
                    v -= part[i];
                }
            };
            for (int i = 0; i < n; ++i) {
                split(x, xs, i);
                split(std::min(first + i, 1020), ys, i);
            }
            auto const sum = [](std::uint8_t (&parts)[4][n], int sign) {
                auto s = byte_sum_start(bytes::load(parts[0]), sign, bytes::load(parts[1]), sign);
                s.add(bytes::load(parts[2]), sign, bytes::load(parts[3]), sign);
                return s;
            };
            auto const got = stored<std::uint8_t>(rounded_hypot(sum(xs, 1), sum(ys, -1)));
            for (int i = 0; i < n; ++i) {
                double const y = std::min(first + i, 1020);
                auto const expected = std::min(255.0, std::floor(std::sqrt(x * x + y * y) + 0.5));
                wrong += got[i] != expected;
                wrong += rounded_hypot(byte_sum{static_cast<std::int16_t>(x)},
                                       byte_sum{static_cast<std::int16_t>(-y)}) != expected;
            }
        }
    CHECK(wrong == 0);
}

TEST_CASE("sums_of_eight: equal to a plain loop", "[lanes]") {
    for (unsigned seed = 1; seed <= 50; ++seed) {
        CAPTURE(seed);
        auto const v = noise<std::uint8_t>(seed);
        auto const found = sums_of_eight(bytes::load(v.data()));
        std::uint64_t sums[n / 8];
        found.store(sums);
        for (int i = 0; i < n; ++i) sums[i / 8] -= v[i];
        for (std::uint64_t const left : sums) CHECK(left == 0);
    }
}

TEST_CASE("neighbor sums: equal to plain loops, for bytes and for 16 bits", "[lanes]") {
    for (unsigned seed = 1; seed <= 50; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        {
            auto const v = noise<std::uint8_t>(seed);
            auto const factor = [&] { return static_cast<int>(random() % 81) - 40; };
            int const k[3] = {factor(), factor(), factor()}, start = static_cast<int>(random() % 100);
            auto sum = neighbor_sum_start(bytes{}, start);
            sum.add(bytes::load(v.data()), byte_factors(k[0], k[1]), byte_factors(0, k[0]));
            sum.add(bytes::load(v.data() + 2), byte_factors(k[2], 0), byte_factors(k[1], k[2]));
            auto const value = stored<std::int16_t>(sum.value());
            auto const shifted = stored<std::uint8_t>(sum.shifted<5>());
            auto const without_sign = stored<std::uint8_t>(sum.unsigned_shifted<8>());
            for (int i = 0; i < n; ++i) {
                byte_sum const expected{
                    static_cast<std::int16_t>(start + k[0] * v[i] + k[1] * v[i + 1] + k[2] * v[i + 2])};
                CHECK(value[i] == expected.value());
                CHECK(shifted[i] == expected.shifted<5>());
                CHECK(without_sign[i] == expected.unsigned_shifted<8>());
            }
        }
        {
            auto const v = noise<std::int16_t>(seed);
            auto const factor = [&] { return static_cast<std::int16_t>(random() % 20001 - 10000); };
            std::int16_t const k[3] = {factor(), factor(), factor()};
            int const start = static_cast<int>(random() % 100000);
            auto sum = neighbor_sum_start(i16_lanes{}, start);
            sum.add(i16_lanes::load(v.data()), k[0], k[1], 0, k[0]);
            sum.add(i16_lanes::load(v.data() + 2), k[2], 0, k[1], k[2]);
            sum.add_shifted<3>(neighbor_sum_start(i16_lanes{}, -start));
            auto const value = stored<std::int32_t>(sum.value());
            auto const narrow = stored<std::int16_t>(sum.shifted<14, std::int16_t>());
            auto const positive = stored<std::uint16_t>(sum.shifted<14, std::uint16_t>());
            auto const byte = stored<std::uint8_t>(sum.shifted<21, std::uint8_t>());
            for (int i = 0; i < n; ++i) {
                dot_sum const expected{start + ((-start) >> 3) + k[0] * v[i] + k[1] * v[i + 1] + k[2] * v[i + 2]};
                CHECK(value[i] == expected.value());
                CHECK(narrow[i] == expected.shifted<14, std::int16_t>());
                CHECK(positive[i] == expected.shifted<14, std::uint16_t>());
                CHECK(byte[i] == expected.shifted<21, std::uint8_t>());
            }
        }
    }
}

TEST_CASE("byte_sum: packed factors and shifted sums, lanes equal scalars", "[lanes]") {
    std::mt19937 random(21);
    CAPTURE(21);
    for (unsigned seed = 0; seed < 20; ++seed) {
        auto const a = noise<std::uint8_t>(seed), b = noise<std::uint8_t>(seed + 100);
        auto const factor = [&] { return static_cast<int>(random() % 81) - 40; };
        int const k[4] = {factor(), factor(), factor(), factor()};
        auto const sum = [&](auto const& x, auto const& y) {
            auto low = byte_sum_empty(x), high = byte_sum_empty(x);
            low.add_pair(x, y, byte_factors(k[0], k[1]));
            high.add_pair(y, x, byte_factors(k[2], k[3]));
            high.template add_shifted<6>(low);
            return high.value();
        };
        auto const value = stored<std::int16_t>(sum(bytes::load(a.data()), bytes::load(b.data())));
        for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
            int const low = k[0] * a[i] + k[1] * b[i], high = k[2] * b[i] + k[3] * a[i];
            CHECK(value[i] == high + (low >> 6));
            CHECK(sum(a[i], b[i]) == high + (low >> 6));
        }
    }
}

TEST_CASE("byte_sum: products with fractions and constants, lanes equal scalars", "[lanes]") {
    std::mt19937 random(22);
    CAPTURE(22);
    for (unsigned seed = 0; seed < 40; ++seed) {
        auto const a = noise<std::uint8_t>(seed), b = noise<std::uint8_t>(seed + 100);
        int const k[2] = {static_cast<int>(random() % 129) - 64, static_cast<int>(random() % 129) - 64};
        auto const factor = static_cast<std::int16_t>(seed == 0 ? -32768 : seed == 1 ? 32767 : random() % 65536);
        auto const constant = static_cast<std::int16_t>(random() % 2001 - 1000);
        auto const sum = [&](auto const& x, auto const& y) {
            auto s = byte_sum_start(x, k[0], y, k[1]), product = s;
            product.multiply(factor);
            s.multiply(static_cast<std::int16_t>(12345));
            s.add(product);
            s.add_value(constant);
            return s;
        };
        auto const value = stored<std::int16_t>(sum(bytes::load(a.data()), bytes::load(b.data())).value());
        for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
            std::int64_t const whole = k[0] * a[i] + k[1] * b[i];
            auto const rounded = [&](std::int64_t f) { return (whole * f + 16384) >> 15; };
            std::int64_t const expected = rounded(factor) + rounded(12345) + constant;
            CHECK(value[i] == expected);
            CHECK(sum(a[i], b[i]).value() == expected);
        }
    }
}

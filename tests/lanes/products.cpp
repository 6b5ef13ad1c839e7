// SPDX-License-Identifier: BSL-1.0
#include <quoin/lanes/products.hpp>
#include <quoin/lanes/simd_lanes.hpp>

#include <catch2/catch_test_macros.hpp>

#include <random>
#include <string>

using namespace quoin;

namespace {

constexpr int count = simd_lanes::count;
using words = lanes<std::uint16_t, count>;
using shorts = lanes<std::int16_t, count>;

template <class V>
std::string text(V const& values) {
    std::string all;
    for (auto const v : values) all += std::to_string(v) + " ";
    return all;
}

} // namespace

TEST_CASE("products: lanes are the integers", "[lanes][products]") {
    unsigned const seed = 7;
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int turn = 0; turn < 200; ++turn) {
        std::uint16_t a[count], b[count], k[count];
        std::int16_t s[4][count];
        for (int i = 0; i < count; ++i) {
            a[i] = static_cast<std::uint16_t>(turn == 0 ? 65535 : random());
            b[i] = static_cast<std::uint16_t>(turn == 0 ? 65535 : random() >> (16 + random() % 16));
            k[i] = static_cast<std::uint16_t>((i + turn) % 16);
            for (auto& of : s) of[i] = static_cast<std::int16_t>(turn == 0 ? -32767 : random());
        }
        words const x = words::load(a), y = words::load(b);
        std::uint16_t high[count], quotient[count], sum[count];
        high_product(x, y).store(high);
        power_quotient(x, words::load(k)).store(quotient);
        saturating_sum(x, y).store(sum);
        auto products = products_like(shorts::load(s[0]));
        products.add(shorts::load(s[0]), shorts::load(s[1]), shorts::load(s[2]), shorts::load(s[3]));
        std::int32_t total[count], expected[count];
        products.value().store(total);
        for (int i = 0; i < count; ++i) {
            CHECK(high[i] == (std::uint32_t{a[i]} * b[i]) / 65536);
            CHECK(high[i] == high_product(a[i], b[i]));
            CHECK(quotient[i] == a[i] / (2 << k[i]));
            CHECK(quotient[i] == power_quotient(a[i], k[i]));
            CHECK(sum[i] == std::min(a[i] + b[i], 65535));
            CHECK(sum[i] == saturating_sum(a[i], b[i]));
            expected[i] = s[0][i] * s[1][i] + s[2][i] * s[3][i];
            product_sum one;
            one.add(s[0][i], s[1][i], s[2][i], s[3][i]);
            CHECK(one.value() == expected[i]);
        }
        CHECK(text(total) == text(expected));

        std::uint8_t bytes[2][count];
        for (auto& of : bytes)
            for (auto& v : of) v = static_cast<std::uint8_t>(turn == 0 ? 255 : random());
        products.add(bytes[0], shorts::load(s[1]), bytes[1], shorts::load(s[3]));
        products.value().store(total);
        for (int i = 0; i < count; ++i) {
            product_sum one{expected[i]};
            one.add(bytes[0] + i, s[1][i], bytes[1] + i, s[3][i]);
            expected[i] += bytes[0][i] * s[1][i] + bytes[1][i] * s[3][i];
            CHECK(one.value() == expected[i]);
        }
        CHECK(text(total) == text(expected));
    }
}

TEST_CASE("word_table: every byte at every place of a step", "[lanes][products]") {
    auto const wrong = []<class Lanes, int Size>(std::type_identity<Lanes>, std::integral_constant<int, Size>) {
        int different = 0;
        if constexpr (Lanes::has_fast_byte_table) {
            std::mt19937 random(5);
            std::uint8_t low[256], high[256];
            for (auto* of : {low, high})
                for (int i = 0; i < 256; ++i) of[i] = static_cast<std::uint8_t>(random());
            typename Lanes::template word_table<Size> const table(low, high);
            for (int first = 0; first < Size; ++first) {
                std::uint8_t step[count];
                for (int i = 0; i < count; ++i) step[i] = static_cast<std::uint8_t>((first + i * 37) % Size);
                std::uint16_t found[count];
                table[lanes<std::uint8_t, count>::load(step)].store(found);
                for (int i = 0; i < count; ++i) different += found[i] != low[step[i]] + 256 * high[step[i]];
            }
        }
        return different;
    };
    CHECK(wrong(std::type_identity<simd_lanes>{}, std::integral_constant<int, 128>{}) == 0);
    CHECK(wrong(std::type_identity<simd_lanes>{}, std::integral_constant<int, 256>{}) == 0);
}

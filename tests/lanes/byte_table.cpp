// SPDX-License-Identifier: BSL-1.0
// Look-ups of steps of bytes in tables of 256 bytes.
#include <quoin/lanes/simd_lanes.hpp>

#include <catch2/catch_test_macros.hpp>

#include <random>

using namespace quoin;

TEST_CASE("byte_table: every byte at every place of a step", "[lanes]") {
    constexpr int count = simd_lanes::count;
    std::mt19937 random(3);
    std::uint8_t values[256];
    for (int k = 0; k < 4; ++k) {
        for (int v = 0; v < 256; ++v)
            values[v] = static_cast<std::uint8_t>(k == 0 ? v : k == 1 ? 255 - v : static_cast<int>(random() & 255));
        simd_lanes::byte_table const table(values);
        int wrong = 0;
        for (int first = 0; first < 256; ++first) {
            std::uint8_t step[count];
            for (int i = 0; i < count; ++i) step[i] = static_cast<std::uint8_t>(first + i * 37);
            std::uint8_t found[count];
            table[simd_lanes::type<std::uint8_t>::load(step)].store(found);
            for (int i = 0; i < count; ++i) wrong += found[i] != values[step[i]];
        }
        CHECK(wrong == 0);
    }
}

TEST_CASE("bits_as: the bits of floats and integers, and back", "[lanes]") {
    constexpr int count = simd_lanes::count;
    float const numbers[] = {0.0f, -0.0f, 1.0f, -2.5f, 1e-40f, 3e38f};
    for (float const x : numbers) {
        auto const bits = bits_as<std::int32_t>(simd_lanes::type<float>(x));
        std::int32_t found[count];
        bits.store(found);
        CHECK((found[0] == bits_as<std::int32_t>(x) && found[count - 1] == bits_as<std::int32_t>(x)));
        float back[count];
        bits_as<float>(bits).store(back);
        CHECK((back[0] == x && bits_as<float>(bits_as<std::int32_t>(x)) == x));
    }
    STATIC_CHECK(bits_as<std::int32_t>(1.0f) == 0x3f800000);
}

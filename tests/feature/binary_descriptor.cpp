// SPDX-License-Identifier: BSL-1.0
#include <quoin/feature/binary_descriptor.hpp>

#include <catch2/catch_test_macros.hpp>

#include <random>

TEST_CASE("binary_descriptor: its distance counts bits", "[feature][binary_descriptor]") {
    constexpr quoin::binary_descriptor none{}, all{~0ull, ~0ull, ~0ull, ~0ull};
    STATIC_CHECK(quoin::hamming_distance(none, all) == 256);
    STATIC_CHECK(quoin::hamming_distance(all, all) == 0);
    unsigned const seed = 4;
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    for (int n = 0; n < 100; ++n) {
        quoin::binary_descriptor a{}, b{};
        int expected = 0;
        for (std::size_t i = 0; i < 256; ++i) {
            std::uint64_t const u = random() % 2, v = random() % 2;
            a[i / 64] |= u << i % 64;
            b[i / 64] |= v << i % 64;
            expected += u != v;
        }
        CHECK(quoin::hamming_distance(a, b) == expected);
    }
}

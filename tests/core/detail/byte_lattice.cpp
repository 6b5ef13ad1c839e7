// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/detail/byte_lattice.hpp>

#include <catch2/catch_test_macros.hpp>

#include <random>
#include <set>

using namespace quoin;
using detail::byte_lattice;

TEST_CASE("byte_lattice: common bytes against sets of bytes", "[core]") {
    unsigned const seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    auto const number = [&](index_t least, index_t most) {
        return std::uniform_int_distribution<index_t>(least, most)(random);
    };
    static char memory[4000];
    int met = 0, apart = 0;
    for (int i = 0; i < 200'000; ++i) {
        std::set<index_t> bytes[2];
        byte_lattice made[2];
        index_t const shared_step = number(1, 4), shared_pitch = number(8, 40);
        for (int k = 0; k < 2; ++k) {
            index_t const step = number(0, 2) > 0 ? shared_step : number(1, 5), size = number(1, step);
            index_t const items = number(1, 6), rows = number(1, 6), row = (items - 1) * step + size;
            index_t const pitch = std::max(row, number(0, 2) > 0 ? shared_pitch : number(1, 40));
            index_t const first = number(0, 3) == 0 ? number(1000, 1200) : number(1000, 1040);
            index_t const down = number(0, 1) * 2 - 1, right = number(0, 3) > 0 ? 1 : -1;
            made[k] = byte_lattice::of(memory + first, rows, down * pitch, items, right * step, size);
            for (index_t y = 0; y < rows; ++y)
                for (index_t x = 0; x < items; ++x)
                    for (index_t b = 0; b < size; ++b) bytes[k].insert(first + y * down * pitch + x * right * step + b);
        }
        bool common = false;
        for (index_t const b : bytes[0]) common = common || bytes[1].contains(b);
        ++(common ? met : apart);
        REQUIRE(have_common_bytes(made[0], made[1]) == common);
        REQUIRE(have_common_bytes(made[1], made[0]) == common);
    }
    CHECK(met > 20'000);
    CHECK(apart > 20'000);
}

TEST_CASE("byte_lattice: nothing, and rows that overlap", "[core]") {
    static char memory[100];
    CHECK_FALSE(have_common_bytes({}, byte_lattice::of(memory, 1, 1, 1, 1, 1)));
    CHECK_FALSE(have_common_bytes(byte_lattice::of(memory, 0, 9, 5, 1, 1), byte_lattice::of(memory, 9, 9, 5, 1, 1)));
    // All rows are one; what lies between its bytes counts.
    CHECK(have_common_bytes(byte_lattice::of(memory, 9, 0, 5, 2, 1), byte_lattice::of(memory + 1, 1, 1, 1, 1, 1)));
}

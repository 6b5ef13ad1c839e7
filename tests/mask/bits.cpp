// SPDX-License-Identifier: BSL-1.0
#include <quoin/mask/bits.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

constexpr bool test_access() {
    for (index_t width : {1, 63, 64, 65, 127, 128, 129}) {
        bit_image m(width, 3);
        if (m.popcount() != 0 || m.words_per_row() != (width + 63) / 64 || m.size() != extent{width, 3}) return false;
        for (index_t x = 0; x < width; ++x) {
            m.set(x, 1);
            if (!m.get(x, 1) || m.get(x, 0) || m.get(x, 2) || m.popcount() != x + 1) return false;
            if (m.row(1)[x / 64] >> (x % 64) != 1) return false;
        }
        if (m.row(1)[m.words_per_row() - 1] != m.last_word_mask()) return false;
        m.set(0, 1, false);
        if (m.get(0, 1) || m.popcount() != width - 1) return false;
    }
    return true;
}

constexpr bool test_value() {
    bit_image a(70, 2);
    bit_image b = a;
    b.set(69, 1);
    if (a == b || a.popcount() != 0) return false;
    a = b;
    a.set(0, 0);
    if (b.get(0, 0) || !a.get(69, 1)) return false;
    bit_image const moved = std::move(a);
    return moved.popcount() == 2 && bit_image(70, 2) == bit_image(extent{70, 2}) && !(bit_image(2, 70) == b);
}

} // namespace

TEST_CASE("bit_image: single pixels and words agree, at every width around a word", "[segment][bits]") {
    static_assert(test_access());
    CHECK(test_access());
}

TEST_CASE("bit_image: copies are deep, equality is by size and pixels", "[segment][bits]") {
    static_assert(test_value());
    CHECK(test_value());
}

TEST_CASE("bit_image: empty extents", "[segment][bits]") {
    for (extent size : {extent{0, 0}, extent{0, 5}, extent{5, 0}}) {
        bit_image const m(size);
        CHECK(m.empty());
        CHECK(m.size() == size);
        CHECK(m.popcount() == 0);
    }
    CHECK(bit_image() == bit_image(0, 0));
}

TEST_CASE("bit_image: an extent that cannot be is refused", "[segment][bits]") {
    CHECK_THROWS_AS(bit_image(-1, 1), invalid_argument);
    CHECK_THROWS_AS(bit_image(1, -1), invalid_argument);
    CHECK_THROWS_AS(bit_image(std::numeric_limits<index_t>::max(), 1000), invalid_argument);
}

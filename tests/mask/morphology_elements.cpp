// SPDX-License-Identifier: BSL-1.0
// Morphology of masks by structuring elements: plain loops, and the laws.
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/mask/morphology.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// The offsets, asked for one by one.
std::vector<point> offsets(structuring_element const& e) {
    std::vector<point> result;
    for (int dy = -e.height(); dy <= e.height(); ++dy)
        for (int dx = -e.width(); dx <= e.width(); ++dx)
            if (e.contains(dx, dy)) result.push_back({dx, dy});
    return result;
}

/// Each pixel with this value gives it to all pixels at the offsets times `sign` from it.
bit_image spread_value(bit_image const& m, structuring_element const& e, bool value, index_t sign) {
    bit_image result = m;
    std::vector<point> const all = offsets(e);
    for (index_t y = 0; y < m.height(); ++y)
        for (index_t x = 0; x < m.width(); ++x) result.set(x, y, !value);
    for (index_t y = 0; y < m.height(); ++y)
        for (index_t x = 0; x < m.width(); ++x) {
            if (m.get(x, y) != value) continue;
            for (point const& o : all) {
                index_t const u = x + sign * o.x, v = y + sign * o.y;
                if (u >= 0 && v >= 0 && u < m.width() && v < m.height()) result.set(u, v, value);
            }
        }
    return result;
}
bit_image slow_dilation(bit_image const& m, structuring_element const& e) {
    return spread_value(m, e, true, 1);
}
bit_image slow_erosion(bit_image const& m, structuring_element const& e) {
    return spread_value(m, e, false, -1);
}

/// A box of at most this side with any pixels and any anchor.
structuring_element random_element(std::mt19937_64& engine, std::uint64_t most) {
    std::uint64_t const width = 1 + engine() % most, height = 1 + engine() % most;
    std::uint64_t const sparse = 1 + engine() % 4;
    std::string rows;
    for (std::uint64_t y = 0; y < height; ++y) {
        if (y > 0) rows += '/';
        for (std::uint64_t x = 0; x < width; ++x) rows += engine() % sparse == 0 ? '1' : '0';
    }
    if (rows.find('1') == rows.npos) rows[0] = '1';
    auto const e = structuring_element::from_rows(rows);
    return e.anchored(static_cast<int>(engine() % width), static_cast<int>(engine() % height));
}

bool within(bit_image const& a, bit_image const& b) {
    for (index_t y = 0; y < a.height(); ++y)
        for (index_t i = 0; i < a.words_per_row(); ++i)
            if ((a.row(y)[i] & ~b.row(y)[i]) != 0) return false;
    return true;
}

bit_image complement(bit_image m) {
    for (index_t y = 0; y < m.height(); ++y) {
        for (index_t i = 0; i < m.words_per_row(); ++i) m.row(y)[i] = ~m.row(y)[i];
        m.row(y)[m.words_per_row() - 1] &= m.last_word_mask();
    }
    return m;
}

/// Words of random bits, many of them set, or few.
bit_image random_words(index_t width, index_t height, std::mt19937_64& engine) {
    bit_image m(width, height);
    std::uint64_t const kind = engine() % 3;
    for (index_t y = 0; y < height; ++y) {
        for (index_t i = 0; i < m.words_per_row(); ++i) {
            std::uint64_t const a = engine(), b = engine(), c = engine();
            m.row(y)[i] = kind == 0 ? a : kind == 1 ? a | b | c : a & b & c;
        }
        m.row(y)[m.words_per_row() - 1] &= m.last_word_mask();
    }
    return m;
}

} // namespace

TEST_CASE("morphology: random elements, equal to plain loops under every policy", "[mask][morphology]") {
    std::uint64_t seed = 0;
    for (index_t width : {1, 2, 63, 64, 65, 130, 520})
        for (index_t height : {1, 3, 40})
            for (std::uint64_t most : {3, 9, 25}) {
                CAPTURE(width, height, most, ++seed);
                std::mt19937_64 engine(seed);
                structuring_element const e = random_element(engine, most);
                double const rare = 0.7 / e.size();
                bit_image const few = masks::random(width, height, rare, seed);
                bit_image const many = masks::random(width, height, 1 - rare, seed);
                bit_image const dilated = slow_dilation(few, e), eroded = slow_erosion(many, e);
                CAPTURE(e.to_rows(), e.anchor().x, e.anchor().y);
                REQUIRE(dilation(serial{}, few, e) == dilated);
                REQUIRE(erosion(serial{}, many, e) == eroded);
                REQUIRE(dilation(test::thread_policy{3}, few, e) == dilated);
                REQUIRE(erosion(test::backwards_policy{}, many, e) == eroded);
                REQUIRE(opening(serial{}, many, e) == slow_dilation(eroded, e));
                REQUIRE(closing(serial{}, few, e) == slow_erosion(dilated, e));
            }
}

TEST_CASE("morphology: discs, lines and boxes of all sizes", "[mask][morphology]") {
    bit_image m = masks::random(710, 60, 0.001, 7);
    for (index_t x = 0; x < 710; ++x) m.set(x, 45); // a row that is set as a whole
    bit_image const rest = complement(m);
    std::vector<structuring_element> all;
    for (int radius : {0, 1, 2, 7, 15, 33, 64, 127}) all.push_back(structuring_element::disc(radius));
    for (int length : {2, 63, 64, 65, 128, 129, 255, structuring_element::most_side})
        for (int angle : {0, 30, 90}) all.push_back(structuring_element::line(length, angle));
    all.push_back(structuring_element::ellipse(31, 15));
    all.push_back(structuring_element::cross(20));
    all.push_back(structuring_element::rectangle(4, 4));
    all.push_back(structuring_element::rectangle(255, 3).anchored(0, 0));
    all.push_back(structuring_element::rectangle(255, 3).anchored(254, 2));
    constexpr int most = structuring_element::most_side;
    all.push_back(structuring_element::rectangle(most, 3).anchored(0, 0));
    all.push_back(structuring_element::rectangle(most, 3).anchored(most - 1, 2));
    all.push_back(structuring_element::rectangle(3, most).anchored(1, most - 1));
    all.push_back(structuring_element::rectangle(9, 9).anchored(2, 3));
    for (structuring_element const& e : all) {
        CAPTURE(e.width(), e.height(), e.to_rows().substr(0, 60));
        REQUIRE(dilation(serial{}, m, e) == slow_dilation(m, e));
        REQUIRE(erosion(serial{}, rest, e) == slow_erosion(rest, e));
    }
}

TEST_CASE("morphology: the algebra of random elements on 100,000 random masks", "[mask][morphology]") {
    std::uint64_t const seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937_64 engine(seed);
    serial const p;
    for (int k = 0; k < 100000; ++k) {
        std::uint64_t const widest = k % 8 == 0 ? 140 : 20;
        bit_image const a =
            random_words(static_cast<index_t>(1 + engine() % widest), static_cast<index_t>(1 + engine() % 9), engine);
        bit_image const b = random_words(a.width(), a.height(), engine);
        structuring_element const e = random_element(engine, 5);
        bit_image const dilated = dilation(p, a, e), eroded = erosion(p, a, e);
        bit_image const opened = opening(p, a, e), closed = closing(p, a, e);
        bool right = within(opened, a) && within(a, closed);
        right = right && opening(p, opened, e) == opened && closing(p, closed, e) == closed;
        // A dilation lies within a mask iff what is dilated lies within its erosion.
        right = right && within(dilated, b) == within(a, erosion(p, b, e));
        right = right && complement(dilated) == erosion(p, complement(a), e.reflected());
        // What is larger has the larger dilation and erosion.
        bit_image both = a;
        for (index_t y = 0; y < a.height(); ++y)
            for (index_t i = 0; i < a.words_per_row(); ++i) both.row(y)[i] &= b.row(y)[i];
        right = right && within(dilation(p, both, e), dilated) && within(erosion(p, both, e), eroded);
        if (!right) {
            CAPTURE(k, a.width(), a.height(), e.to_rows(), e.anchor().x, e.anchor().y);
            FAIL("a law of morphology does not hold");
        }
    }
    SUCCEED();
}

TEST_CASE("morphology: elements and masks without pixels or larger than the mask", "[mask][morphology]") {
    auto const far = structuring_element::from_rows("000/001").anchored(0, 0); // (2, 1) alone
    bit_image const m = masks::picture({"#.", ".#"});
    CHECK(dilation(serial{}, m, far) == bit_image(2, 2));
    CHECK(erosion(serial{}, m, far) == masks::picture({"##", "##"})); // what is outside does not count
    CHECK(dilation(serial{}, bit_image(0, 3), far) == bit_image(0, 3));
    CHECK(erosion(serial{}, bit_image(3, 0), structuring_element::disc(2)) == bit_image(3, 0));
    CHECK(dilation(serial{}, m, structuring_element::disc(127)) == masks::picture({"##", "##"}));
}

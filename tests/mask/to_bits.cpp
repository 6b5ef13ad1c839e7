// SPDX-License-Identifier: BSL-1.0
// to_bits: bit by bit against the pixels, at every width around a word and a step, in strips and tiles.
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/to_bits.hpp>

#include <catch2/catch_test_macros.hpp>

#include <random>

using namespace quoin;

namespace {

/// Whether the mask is that of `pixels`, with zeros behind the last column.
template <class T>
bool is_mask_of(bit_image const& mask, image<T> const& pixels) {
    if (mask.size() != pixels.size()) return false;
    for (index_t y = 0; y < mask.height(); ++y) {
        for (index_t x = 0; x < mask.width(); ++x)
            if (mask.get(x, y) != (pixels(x, y) != T(0))) return false;
        if (mask.words_per_row() > 0 && (mask.row(y)[mask.words_per_row() - 1] & ~mask.last_word_mask()) != 0)
            return false;
    }
    return true;
}

} // namespace

TEST_CASE("to_bits: every width, every cut", "[segment]") {
    unsigned const seed = 31;
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (index_t width : {0, 1, 15, 16, 17, 31, 33, 63, 64, 65, 127, 128, 129, 200})
        for (index_t height : {1, 5}) {
            CAPTURE(width, height);
            image<std::uint8_t> source(width, height);
            for (index_t y = 0; y < height; ++y)
                for (index_t x = 0; x < width; ++x) source(x, y) = static_cast<std::uint8_t>(random());
            auto const chain = std::as_const(source).view() | gaussian3 | threshold(127);
            image<std::uint8_t> expected(source.size());
            run(serial{}, chain, expected.view());
            for (tiling const t : {tiling{}, tiling{1, 64}, tiling{2, 128}}) {
                CHECK(is_mask_of(to_bits(serial{}, chain, t), expected));
                CHECK(is_mask_of(to_bits(simd{}, chain, t), expected));
                CHECK(is_mask_of(to_bits(test::thread_policy{3}, chain, t), expected));
                bit_image there(source.size()); // with all bits set
                for (index_t y = 0; y < height; ++y)
                    std::fill_n(there.row(y), there.words_per_row(), ~std::uint64_t{0});
                to_bits(simd{}, chain, there, t);
                CHECK(is_mask_of(there, expected));
            }
        }
}

TEST_CASE("to_bits: what is not zero is set, of any type", "[segment]") {
    image<float> source(70, 1);
    source(0, 0) = -1.5f;
    source(69, 0) = 1e-30f;
    source(5, 0) = -0.0f;
    CHECK(is_mask_of(to_bits(simd{}, std::as_const(source).view()), source));
    CHECK(to_bits(serial{}, std::as_const(source).view()).popcount() == 2);
}

TEST_CASE("to_bits: a mask of another extent is refused", "[segment]") {
    image<std::uint8_t> const source(70, 2);
    bit_image narrow(69, 2), low(70, 1);
    CHECK_THROWS_AS(to_bits(serial{}, source.view(), narrow), invalid_argument);
    CHECK_THROWS_AS(to_bits(serial{}, source.view(), low), invalid_argument);
}

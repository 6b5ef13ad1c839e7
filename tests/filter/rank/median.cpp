// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/rank/percentile.hpp>

#include "support/rank_image.hpp"

#include <catch2/catch_test_macros.hpp>

#include <bit>
#include <limits>

using namespace quoin;
using test::noisy, test::rank_image;

namespace {

struct bits { // 64 values of 0 or 1 in one word
    std::uint64_t word = 0;
    friend bits min(bits a, bits b) { return {a.word & b.word}; }
    friend bits max(bits a, bits b) { return {a.word | b.word}; }
};

/// Whether the results of the network are the values of rank `first`, first + 1, ... of all zeros and ones whose parts,
/// of these sizes, are in order. Then they are so for any values.
template <auto const& Network, int... Parts>
bool is_right(int first, int results) {
    constexpr int sizes[] = {Parts...}, n = (Parts + ...);
    int const cases = ((Parts + 1) * ...);
    for (int c = 0; c < cases; ++c) {
        bits v[n];
        int i = 0, ones = 0, rest = c;
        for (int const size : sizes) {
            int const zeros = rest % (size + 1);
            rest /= size + 1;
            for (int k = 0; k < size; ++k) v[i++].word = k >= zeros;
            ones += size - zeros;
        }
        detail::apply_network<Network>(v);
        for (int k = 0; k < results; ++k) {
            int const rank = first + k;
            auto const got = v[Network.results[static_cast<std::size_t>(k)]].word;
            if (got != static_cast<std::uint64_t>(rank >= n - ones)) return false;
        }
    }
    return true;
}

} // namespace

TEST_CASE("median: the networks put all zeros and ones in order", "[filter][median]") {
    using five = detail::median_networks<5>;
    using seven = detail::median_networks<7>;
    CHECK(is_right<five::row, 1, 1, 1, 1, 1>(0, 5));
    CHECK(is_right<five::pair, 5, 5>(0, 10));
    CHECK(is_right<five::shared, 10, 10>(7, 6)); // 7 of 20 are the first that can be 12 of 25
    CHECK(is_right<five::last, 6, 5>(5, 1));
    CHECK(is_right<seven::row, 1, 1, 1, 1, 1, 1, 1>(0, 7));
    CHECK(is_right<seven::pair, 7, 7>(0, 14));
    CHECK(is_right<seven::shared, 14, 14, 14>(17, 8));
    CHECK(is_right<seven::last, 8, 7>(7, 1));
    for (int pattern = 0; pattern < 512; ++pattern) {
        rank_image<std::uint8_t> nine(3, {1, 1}, [] { return std::uint8_t{0}; });
        for (int i = 0; i < 9; ++i)
            nine.rows[static_cast<std::size_t>(i / 3)][static_cast<std::size_t>(i % 3)] =
                static_cast<std::uint8_t>(pattern >> i & 1);
        REQUIRE(nine.wrong_windows<scalar_lanes>(4) == "");
    }
}

TEST_CASE("median: bytes of every side up to 51, and the largest, equal nth_element", "[filter][median]") {
    for (int side = 5; side <= 51; side += 2)
        for (bool few : {false, true}) {
            CHECK(noisy<std::uint8_t>(side, {side % 4 == 1 ? 140 : 37, 5}, few).wrong_sweep(side * side / 2) == "");
            CHECK(noisy<std::uint8_t>(side, {19, 3}, few).wrong_sweep(side * side / 5) == "");
        }
    for (int rank : {0, 1, 255 * 255 / 2, 255 * 255 - 1})
        CHECK(noisy<std::uint8_t>(255, {35, 4}).wrong_sweep(rank) == "");
    for (int value : {0, 255}) // the largest counts
        CHECK(rank_image<std::uint8_t>(255, {3, 4}, [=] { return static_cast<std::uint8_t>(value); }).wrong_sweep(0) ==
              "");
}

TEST_CASE("median: shared networks of other types equal nth_element", "[filter][median]") {
    test::types<std::uint16_t, float>::each([]<class T>() {
        for (int side : {5, 7})
            for (index_t width : {1, 31, 130, 300, 777})
                for (bool few : {false, true})
                    CHECK(noisy<T>(side, {width, 4}, few).wrong_sweep(side * side / 2) == "");
    });
    // All values of 16 bits.
    rank_image<std::uint16_t> const all(5, {256, 251},
                                        [n = 0u]() mutable { return static_cast<std::uint16_t>(n++ * 40503u); });
    CHECK(all.wrong_sweep<simd_lanes>(12) == "");
}

TEST_CASE("median: NaN is larger than all numbers, and -0 less than 0", "[filter][median]") {
    for (int side : {3, 5, 7, 9}) {
        auto const some = [generator = std::mt19937(7)]() mutable {
            float const values[] = {std::numeric_limits<float>::quiet_NaN(),
                                    -std::numeric_limits<float>::quiet_NaN(),
                                    std::numeric_limits<float>::infinity(),
                                    -std::numeric_limits<float>::infinity(),
                                    std::bit_cast<float>(0xff812345u),
                                    -1,
                                    0,
                                    std::numeric_limits<float>::denorm_min(),
                                    std::numeric_limits<float>::max(),
                                    1};
            return values[generator() % 10];
        };
        rank_image<float> const image(side, {70, 5}, some);
        int const middle = side * side / 2;
        CHECK(image.wrong_windows(middle) == "");
        CHECK(image.wrong_windows(0) == "");
        if (side == 5 || side == 7) CHECK(image.wrong_sweep(middle) == "");
    }
    rank_image<float> zeros(3, {1, 1}, [] { return 0.0f; });
    zeros.rows[1][1] = -0.0f;
    float const* const lines[] = {zeros.rows[0].data(), zeros.rows[1].data(), zeros.rows[2].data()};
    window<scalar_lanes, float, detail::counted_lines<float>> const w({lines + 1}, 0, 1);
    CHECK(std::signbit(detail::rank_of_square<float>(3, 0)(w)));
    CHECK_FALSE(std::signbit(detail::rank_of_square<float>(3, 1)(w)));
}

TEST_CASE("median: in the engine", "[filter][median]") {
    std::vector<extent> sizes = test::few_extents();
    sizes.insert(sizes.end(), {{17, 90}, {139, 47}, {1100, 4}});
    for (auto const& stage : {median(3), median(5), median(7), median(21), percentile(3, 100), percentile(9, 12.5)})
        CHECK(test::wrong_in_engine<std::uint8_t>(stage, reflect_101, sizes) == "");
    CHECK(test::wrong_in_engine<std::uint8_t>(median(101), reflect_101, {{3, 2}, {139, 7}}) == "");
}

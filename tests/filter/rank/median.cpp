// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/rank/percentile.hpp>

#include "support/rank_image.hpp"

#include <catch2/catch_test_macros.hpp>

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
    using wide = detail::median_networks<9>;
    CHECK(is_right<wide::row, 1, 1, 1, 1, 1, 1, 1, 1, 1>(0, 9));
    CHECK(is_right<wide::pair, 9, 9>(0, 18));
    CHECK(is_right<wide::quad, 18, 18>(0, 36));
    CHECK(is_right<wide::shared, 36, 36>(31, 10)); // 31 of 72 are the first that can be 40 of 81
    CHECK(is_right<wide::last, 10, 9>(9, 1));
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

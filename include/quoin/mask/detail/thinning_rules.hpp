// SPDX-License-Identifier: BSL-1.0
// The rules of thin, for 64 pixels at a time: bit x of p2 .. p9 is the neighbor of pixel x.
#pragma once

#include <quoin/config.hpp>
#include <quoin/mask/detail/u64_rows.hpp>

#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The bits that exactly one of the values has.
template <class... W>
QUOIN_INLINE std::uint64_t exactly_one(W... values) {
    std::uint64_t one = 0, more = 0;
    ((more |= one & values, one |= values), ...);
    return one & ~more;
}

/// The bits that at least two of the values have.
QUOIN_INLINE std::uint64_t at_least_two(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d) {
    return (a & b) | (c & d) | ((a | b) & (c | d));
}

struct zhang_suen_rule {
    template <bool Second>
    QUOIN_INLINE static std::uint64_t removes(std::uint64_t p2, std::uint64_t p3, std::uint64_t p4, std::uint64_t p5,
                                              std::uint64_t p6, std::uint64_t p7, std::uint64_t p8, std::uint64_t p9) {
        std::uint64_t const one_run =
            exactly_one(~p2 & p3, ~p3 & p4, ~p4 & p5, ~p5 & p6, ~p6 & p7, ~p7 & p8, ~p8 & p9, ~p9 & p2);
        // The set neighbors are one run, and so are the unset ones. A run has two pixels iff two in turn are alike.
        std::uint64_t const two_set =
            (p2 & p3) | (p3 & p4) | (p4 & p5) | (p5 & p6) | (p6 & p7) | (p7 & p8) | (p8 & p9) | (p9 & p2);
        std::uint64_t const two_unset =
            ~((p2 | p3) & (p3 | p4) & (p4 | p5) & (p5 | p6) & (p6 | p7) & (p7 | p8) & (p8 | p9) & (p9 | p2));
        std::uint64_t const kept = Second ? p2 & p8 & (p4 | p6) : p4 & p6 & (p2 | p8);
        return one_run & two_set & two_unset & ~kept;
    }
};

template <bool Exchanged>
struct guo_hall_rule {
    template <bool Second>
    QUOIN_INLINE static std::uint64_t removes(std::uint64_t p2, std::uint64_t p3, std::uint64_t p4, std::uint64_t p5,
                                              std::uint64_t p6, std::uint64_t p7, std::uint64_t p8, std::uint64_t p9) {
        std::uint64_t const one_side = exactly_one(~p2 & (p3 | p4), ~p4 & (p5 | p6), ~p6 & (p7 | p8), ~p8 & (p9 | p2));
        std::uint64_t const a = p9 | p2, b = p3 | p4, c = p5 | p6, d = p7 | p8;
        std::uint64_t const e = p2 | p3, f = p4 | p5, g = p6 | p7, h = p8 | p9;
        std::uint64_t const at_most_three = ~(a & b & c & d & e & f & g & h);
        std::uint64_t const kept = Second != Exchanged ? (p6 | p7 | ~p9) & p8 : (p2 | p3 | ~p5) & p4;
        return one_side & at_least_two(a, b, c, d) & at_least_two(e, f, g, h) & at_most_three & ~kept;
    }
};

/// A rule by its table. Bit n says whether a pixel is removed whose neighbors p9 p2 p3 p4 p5 p6 p7 p8 are the bits of n
/// from the lowest one on.
struct skeletonize_rule {
    template <bool Second>
    static constexpr bool entry(int n) {
        constexpr std::uint64_t table[2][4] = {
            {0x10000100d000dcc8, 0x1101000000000000, 0x00000003800080cc, 0x000b008a000080ce},
            {0xd1000100d5008480, 0x5101110100000000, 0x0001000100000084, 0x0130300030000008b}};
        return (table[Second ? 1 : 0][n / 64] >> (n % 64) & 1) != 0;
    }

    template <bool Second>
    QUOIN_INLINE static std::uint64_t removes(std::uint64_t p2, std::uint64_t p3, std::uint64_t p4, std::uint64_t p5,
                                              std::uint64_t p6, std::uint64_t p7, std::uint64_t p8, std::uint64_t p9) {
        std::uint64_t const neighbor[8] = {p9, p2, p3, p4, p5, p6, p7, p8};
        return choose<Second, 8, 0>(neighbor);
    }

private:
    template <bool Second>
    static constexpr bool all(int first, int count, bool value) {
        for (int n = first; n < first + count; ++n)
            if (entry<Second>(n) != value) return false;
        return true;
    }
    template <bool Second>
    static constexpr bool same(int a, int b, int count) {
        for (int n = 0; n < count; ++n)
            if (entry<Second>(a + n) != entry<Second>(b + n)) return false;
        return true;
    }

    /// The part of the table of 2^Bits entries from First on.
    template <bool Second, int Bits, int First>
    QUOIN_INLINE static std::uint64_t choose(std::uint64_t const (&neighbor)[8]) {
        constexpr int half = (1 << Bits) / 2, upper = First + half;
        if constexpr (all<Second>(First, 1 << Bits, false)) return 0;
        else if constexpr (all<Second>(First, 1 << Bits, true)) return ~std::uint64_t{0};
        else if constexpr (same<Second>(First, upper, half)) return choose<Second, Bits - 1, First>(neighbor);
        else {
            std::uint64_t const low = choose<Second, Bits - 1, First>(neighbor);
            std::uint64_t const high = choose<Second, Bits - 1, upper>(neighbor);
            return (low & ~neighbor[Bits - 1]) | (high & neighbor[Bits - 1]);
        }
    }
};

} // namespace detail
QUOIN_NAMESPACE_END

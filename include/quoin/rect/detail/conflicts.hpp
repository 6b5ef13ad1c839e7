// SPDX-License-Identifier: BSL-1.0
// The conflicts between horizontal and vertical chords.
#pragma once

#include <quoin/rect/detail/chords.hpp>

#include <span>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The number of a chord among those of its direction.
using chord_id = std::int32_t;

/// The indices of the chords in the order of key(chord), which is below `keys`.
template <class Key>
std::vector<chord_id> order_by(std::vector<chord> const& chords, index_t keys, Key const& key) {
    std::vector<chord_id> first(static_cast<std::size_t>(keys));
    for (chord const& c : chords) ++first[key(c)];
    exclusive_scan(first);
    std::vector<chord_id> result(chords.size());
    for (std::size_t i = 0; i < chords.size(); ++i) result[first[key(chords[i])]++] = static_cast<chord_id>(i);
    return result;
}

/// The indices of the chords in the order of their numbers. The chords are sorted by grid line and begin. Overlapping
/// chords on successive grid lines form chains, and numbers follow the chains. So a chord that crosses a smooth shape
/// crosses consecutive numbers, even if other shapes lie on the same lines. Chains are ordered by the band of `band`
/// positions in which they begin, so chords in conflict are also close in memory.
inline std::vector<chord_id> order_along_chains(std::vector<chord> const& chords, index_t length, index_t band) {
    constexpr chord_id none = -1;
    constexpr int step = 16; // one in this many positions is examined
    std::vector<chord_id> latest(static_cast<std::size_t>(length / step + 1), none);
    std::vector<chord_id> next(chords.size(), none);
    std::vector<bool> continues(chords.size());
    for (std::size_t i = 0; i < chords.size(); ++i) {
        chord const& c = chords[i];
        chord_id const before = latest[(c.begin + c.end) / 2 / step];
        if (before != none && next[before] == none && chords[before].begin <= c.end && c.begin <= chords[before].end) {
            next[before] = static_cast<chord_id>(i);
            continues[i] = true;
        }
        for (int k = c.begin / step; k <= c.end / step; ++k) latest[k] = static_cast<chord_id>(i);
    }
    std::vector<chord_id> order;
    order.reserve(chords.size());
    for (chord_id head : order_by(chords, length / band + 1, [&](chord const& c) { return c.begin / band; }))
        if (!continues[head])
            for (chord_id i = head; i != none; i = next[i]) order.push_back(i);
    return order;
}

/// The inverse of a permutation.
inline std::vector<chord_id> inverse(std::vector<chord_id> const& order) {
    std::vector<chord_id> result(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) result[order[i]] = static_cast<chord_id>(i);
    return result;
}

/// The chords begin <= id < end.
struct id_range {
    chord_id begin;
    chord_id end;
};

/// For each chord of one direction, by number, the numbers of the chords in conflict with it. They are stored as
/// ranges: a smooth blob has quadratically many conflicts, but those of one chord are neighbors.
struct conflict_ranges {
    std::vector<index_t> first; ///< the begin of each chord's ranges, and the number of all ranges
    std::vector<id_range> ranges;

    chord_id size() const { return static_cast<chord_id>(first.size()) - 1; }
    std::span<id_range const> operator[](chord_id id) const {
        return {ranges.data() + first[id], static_cast<std::size_t>(first[id + 1] - first[id])};
    }
    /// Calls f(other) for each conflict of a chord.
    template <class F>
    void for_each(chord_id id, F const& f) const {
        for (auto const [begin, end] : (*this)[id])
            for (chord_id other = begin; other < end; ++other) f(other);
    }
};

/// The chords of one direction that cross a grid line, as bits, and their numbers.
class alive_chords {
public:
    alive_chords(index_t width) : alive_(width, 1), follows_(width, 1), id_on_(static_cast<std::size_t>(width)) {}

    void insert(index_t x, chord_id id) {
        alive_.set(x, 0);
        id_on_[x] = id;
        link(x);
        link(after(x));
    }
    void erase(index_t x) {
        alive_.set(x, 0, false);
        link(after(x));
    }

    /// Appends the numbers of the chords with begin <= x <= end.
    void append(index_t begin, index_t end, std::vector<id_range>& out) const {
        bool first = true;
        for (index_t i = begin / 64; i <= end / 64; ++i) {
            std::uint64_t const word = alive_.row(0)[i] & bits_in(i, begin, end + 1);
            if (word == 0) continue;
            std::uint64_t starts = word & ~follows_.row(0)[i];
            if (first) starts |= word & -word;
            first = false;
            std::uint64_t low = starts & -starts;
            if (auto const more = std::popcount(word & (low - 1)); more > 0) out.back().end += more;
            while (low != 0) {
                starts &= starts - 1;
                std::uint64_t const next = starts & -starts;
                chord_id const id = id_on_[i * 64 + std::countr_zero(low)];
                out.push_back({id, id + std::popcount(word & (next - low))});
                low = next;
            }
        }
    }

private:
    static constexpr index_t reach = 8; // the number of words that are searched for a neighbor

    /// The nearest chord behind x, or -1.
    index_t after(index_t x) const {
        index_t i = x / 64;
        std::uint64_t word = alive_.row(0)[i] & ~std::uint64_t{1} << (x % 64);
        index_t const last = std::min(i + reach, alive_.words_per_row() - 1);
        while (word == 0 && i < last) word = alive_.row(0)[++i];
        return word == 0 ? -1 : i * 64 + std::countr_zero(word);
    }
    index_t before(index_t x) const {
        index_t i = x / 64;
        std::uint64_t word = alive_.row(0)[i] & ((std::uint64_t{1} << (x % 64)) - 1);
        index_t const last = std::max<index_t>(i - reach, 0);
        while (word == 0 && i > last) word = alive_.row(0)[--i];
        return word == 0 ? -1 : i * 64 + 63 - std::countl_zero(word);
    }
    void link(index_t x) {
        if (x < 0) return;
        index_t const other = before(x);
        follows_.set(x, 0, other >= 0 && id_on_[x] == id_on_[other] + 1);
    }

    bit_image alive_;
    bit_image follows_; // set where the number is that of the chord before plus 1; other bits may be set or not
    std::vector<chord_id> id_on_;
};

/// The conflicts of the chords `across` with the chords `down`, both sorted by grid line and begin. The chords `across`
/// run along the sides 0 <= x < width on the grid lines 0 <= y < height, and the chords `down` run in the other
/// direction. The algorithm sweeps over the grid lines, with a bit for each x that a chord of `down` crosses. Cost:
/// time proportional to the chords, the resulting ranges, and the words that the chords `across` cover.
inline conflict_ranges find_conflicts(std::vector<chord> const& across, std::vector<chord> const& down, extent size,
                                      std::vector<chord_id> const& across_order,
                                      std::vector<chord_id> const& down_id) {
    std::vector<chord_id> const by_begin = order_by(down, size.height, [](chord const& c) { return c.begin; });
    std::vector<chord_id> const by_end = order_by(down, size.height, [](chord const& c) { return c.end; });
    auto born = by_begin.begin();
    auto dead = by_end.begin();
    alive_chords alive(size.width);
    std::vector<index_t> first(across.size() + 1);
    std::vector<id_range> found;
    for (std::size_t h = 0; h < across.size(); ++h) {
        chord const at = across[h];
        // Chords on one x are disjoint, so a chord that has ended is removed before the next one begins.
        for (; dead != by_end.end() && down[*dead].end < at.line; ++dead) alive.erase(down[*dead].line);
        for (; born != by_begin.end() && down[*born].begin <= at.line; ++born)
            if (down[*born].end >= at.line) alive.insert(down[*born].line, down_id[*born]);
        alive.append(at.begin, at.end, found);
        first[h + 1] = static_cast<index_t>(found.size());
    }
    // The result is ordered by number, because neighbors by grid line are far from each other.
    conflict_ranges result{std::vector<index_t>(1), {}};
    result.first.reserve(across.size() + 1);
    result.ranges.reserve(found.size());
    for (chord_id h : across_order) {
        for (index_t i = first[h]; i < first[h + 1]; ++i) result.ranges.push_back(found[i]);
        result.first.push_back(static_cast<index_t>(result.ranges.size()));
    }
    return result;
}

} // namespace detail
QUOIN_NAMESPACE_END

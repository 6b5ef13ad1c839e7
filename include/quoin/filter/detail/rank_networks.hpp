// SPDX-License-Identifier: BSL-1.0
// Medians of square windows by sorting networks, of which neighboring windows share what they can.
#pragma once

#include <quoin/core/tuning.hpp>
#include <quoin/filter/detail/one_register.hpp>
#include <quoin/filter/detail/rank_keys.hpp>
#include <quoin/pipe/sweep.hpp>

#include <array>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The value at a becomes the smaller one, that at b the larger one. One that nobody reads is left out.
struct rank_step {
    short a = 0, b = 0;
    bool smaller = true, larger = true;
};

inline constexpr int most_values = 112, most_results = 48; // of a network

/// Exchanges in their order, and the places of their results.
template <int Size>
struct rank_network {
    static constexpr int size = Size;
    std::array<rank_step, Size> steps{};
    std::array<short, most_results> results{};
    int count = 0;
};

/// Places of values in rising order.
struct sorted_places {
    std::array<short, most_values> at{};
    int size = 0;
    constexpr void push(short place) { at[static_cast<std::size_t>(size++)] = place; }
    constexpr short operator[](int i) const { return at[static_cast<std::size_t>(i)]; }
    constexpr sorted_places part(int first, int last, int step = 1) const {
        sorted_places p;
        for (int i = first; i < last; i += step) p.push((*this)[i]);
        return p;
    }
    static constexpr sorted_places range(int first, int n) {
        sorted_places p;
        for (int i = 0; i < n; ++i) p.push(static_cast<short>(first + i));
        return p;
    }
};

class network_builder {
public:
    /// Sorts the values at these places.
    constexpr sorted_places sort(sorted_places const& p) {
        if (p.size < 2) return p;
        int const half = p.size / 2;
        return merge(sort(p.part(0, half)), sort(p.part(half, p.size)));
    }
    /// Batcher's merge of odd and even places.
    constexpr sorted_places merge(sorted_places const& a, sorted_places const& b) {
        if (a.size == 0) return b;
        if (b.size == 0) return a;
        if (a.size == 1 && b.size == 1) {
            step(a[0], b[0]);
            return pair(a[0], b[0]);
        }
        sorted_places const even = merge(a.part(0, a.size, 2), b.part(0, b.size, 2));
        sorted_places const odd = merge(a.part(1, a.size, 2), b.part(1, b.size, 2));
        sorted_places all;
        all.push(even[0]);
        for (int i = 0; i < odd.size; ++i) {
            if (i + 1 < even.size) step(odd[i], even[i + 1]);
            all.push(odd[i]);
            if (i + 1 < even.size) all.push(even[i + 1]);
        }
        if (even.size > odd.size + 1) all.push(even[even.size - 1]);
        return all;
    }
    /// Those of some values that can be the one of this rank among all `count`. The others are dropped, which lessens
    /// both numbers.
    static constexpr sorted_places possible(sorted_places const& p, int& count, int& rank) {
        int const first = max(0, p.size - count + rank), last = min(rank, p.size - 1);
        count -= p.size - 1 - last + first;
        rank -= first;
        return p.part(first, last + 1);
    }
    /// The exchanges that these results need.
    template <int Size>
    constexpr rank_network<Size> needed_by(sorted_places const& results) const {
        rank_network<Size> all;
        std::array<bool, most_values> wanted{};
        for (int i = 0; i < results.size; ++i) {
            wanted[static_cast<std::size_t>(results[i])] = true;
            all.results[static_cast<std::size_t>(i)] = results[i];
        }
        std::array<rank_step, most> backwards{};
        for (int i = count_ - 1; i >= 0; --i) {
            rank_step e = steps_[static_cast<std::size_t>(i)];
            bool& a = wanted[static_cast<std::size_t>(e.a)];
            bool& b = wanted[static_cast<std::size_t>(e.b)];
            e.smaller = a;
            e.larger = b;
            if (!a && !b) continue;
            a = b = true;
            backwards[static_cast<std::size_t>(all.count++)] = e;
        }
        for (int i = 0; i < all.count && i < Size; ++i)
            all.steps[static_cast<std::size_t>(i)] = backwards[static_cast<std::size_t>(all.count - 1 - i)];
        return all;
    }

private:
    static constexpr int most = 500;
    static constexpr sorted_places pair(short a, short b) {
        sorted_places p;
        p.push(a);
        p.push(b);
        return p;
    }
    constexpr void step(short a, short b) { steps_[static_cast<std::size_t>(count_++)] = {a, b}; }

    std::array<rank_step, most> steps_{};
    int count_ = 0;
};

/// The parts of the median of Side x Side values: the Side values of a row are sorted; two rows are merged; from Side /
/// 2 such pairs come the values that can be the median, whatever the remaining row has; and with it, the median. From
/// side 9 on two pairs are merged to a quad, which stays for later rows, too.
template <int Side>
struct median_networks {
    static constexpr bool has_quads = Side >= 9;
    static constexpr int pairs = Side / 2, quads = has_quads ? pairs / 2 : 0;
    template <int Size>
    static constexpr rank_network<Size> make_row() {
        network_builder b;
        return b.needed_by<Size>(b.sort(sorted_places::range(0, Side)));
    }
    template <int Size>
    static constexpr rank_network<Size> make_pair() {
        network_builder b;
        return b.needed_by<Size>(b.merge(sorted_places::range(0, Side), sorted_places::range(Side, Side)));
    }
    template <int Size>
    static constexpr rank_network<Size> make_quad() {
        network_builder b;
        return b.needed_by<Size>(b.merge(sorted_places::range(0, 2 * Side), sorted_places::range(2 * Side, 2 * Side)));
    }
    /// The quads come first, and behind them the pairs that are left.
    template <int Size>
    static constexpr rank_network<Size> make_shared() {
        network_builder b;
        int count = Side * Side, rank = count / 2;
        sorted_places all;
        for (int first = 0; first < Side * (Side - 1);) {
            int const size = first < quads * 4 * Side ? 4 * Side : 2 * Side;
            all = network_builder::possible(b.merge(all, sorted_places::range(first, size)), count, rank);
            first += size;
        }
        return b.needed_by<Size>(all);
    }
    static constexpr int shared_results = Side + 1; // of the rank of the median to that less the remaining row
    template <int Size>
    static constexpr rank_network<Size> make_last() {
        network_builder b;
        auto const all = b.merge(sorted_places::range(0, shared_results), sorted_places::range(shared_results, Side));
        return b.needed_by<Size>(all.part(Side, Side + 1));
    }

    static constexpr auto row = make_row<make_row<1>().count>();
    static constexpr auto pair = make_pair<make_pair<1>().count>();
    static constexpr auto quad = make_quad < has_quads ? make_quad<1>().count : 1 > ();
    static constexpr auto shared = make_shared<make_shared<1>().count>();
    static constexpr auto last = make_last<make_last<1>().count>();
};

/// Of many scalars a loop, which takes much less time to compile.
template <auto const& Network, class V, std::size_t N>
QUOIN_ALWAYS_INLINE void apply_network(V (&v)[N]) {
    if constexpr (std::is_arithmetic_v<V> && N > 42) {
        for (rank_step const& e : Network.steps) {
            V const a = v[e.a], b = v[e.b];
            v[e.a] = min(a, b);
            v[e.b] = max(a, b);
        }
    } else
        unrolled<Network.size>([&](auto i) QUOIN_LAMBDA_INLINE {
            constexpr rank_step e = Network.steps[decltype(i)::value];
            V const a = v[e.a];
            if constexpr (e.smaller) v[e.a] = min(a, v[e.b]);
            if constexpr (e.larger) v[e.b] = max(a, v[e.b]);
        });
}

/// A row of medians of 3 x 3. Each column is sorted once, for the three windows that have it.
template <class Lanes, class T>
QUOIN_NOINLINE void median_row_of_nine(row_sweep<T> const& row, T* to) {
    using K = rank_key_t<T>;
    using one = one_register<Lanes, T>;
    using keys = one_register<Lanes, K>;
    constexpr index_t part = 2 * tuning::median_part_bytes / static_cast<index_t>(sizeof(T));
    alignas(64) K sorted[3][part + 2 * one::count + 2];
    T const* const lines[] = {row.line(-1) - 1, row.line(0) - 1, row.line(1) - 1};
    for (index_t first = 0; first < row.columns; first += part) {
        index_t const n = min(part, row.columns - first);
        for (index_t x = 0; x < n + 2; x += one::count) {
            auto const key = [&](int j) QUOIN_LAMBDA_INLINE { return to_rank_key(one::load(lines[j] + first + x)); };
            std::remove_const_t<decltype(key(0))> v[3] = {key(0), key(1), key(2)};
            sort_three(v[0], v[1], v[2]);
            for (int j = 0; j < 3; ++j) keys::store(sorted[j] + x, v[j]);
        }
        for (index_t x = 0; x < n; x += one::count) {
            using V = std::remove_cvref_t<decltype(keys::load(sorted[0]))>;
            V const a[3] = {keys::load(sorted[0] + x), keys::load(sorted[1] + x), keys::load(sorted[2] + x)};
            V const b[3] = {keys::load(sorted[0] + x + 1), keys::load(sorted[1] + x + 1),
                            keys::load(sorted[2] + x + 1)};
            V const c[3] = {keys::load(sorted[0] + x + 2), keys::load(sorted[1] + x + 2),
                            keys::load(sorted[2] + x + 2)};
            one::store(to + first + x, from_rank_key<T>(middle_of_sorted(a, b, c)));
        }
    }
}

/// What medians of Side x Side keep from row to row, in parts of columns, and the work on it that does not depend on
/// the type of the channels.
template <class Lanes, class K, int Side>
struct median_part {
    using one = one_register<Lanes, K>;
    using V = typename one::type;
    using networks = median_networks<Side>;
    // The distance of lines is a constant, so that addresses need no registers, and it is no part of a page.
    static constexpr int radius = Side / 2, columns = tuning::median_part_bytes / static_cast<int>(sizeof(K)),
                         apart = columns + 64 / static_cast<int>(sizeof(K));
    // Where quads are merged, pairs are needed twice, but for one that is left.
    static constexpr int kept_pairs = networks::has_quads && radius % 2 == 0 ? 2 : radius,
                         kept_quads = networks::has_quads ? 3 : 0;

    alignas(64) K ends[radius + 1][Side][apart]; // sorted rows that end a pair
    K begin[Side][apart];                        // the last sorted row that begins a pair
    K pairs[kept_pairs][2 * Side][apart];
    K quads[kept_quads > 0 ? kept_quads : 1][networks::has_quads ? 4 * Side : 1][apart];
    K shared[networks::shared_results][apart];

    template <int First, std::size_t N, std::size_t Lines>
    static QUOIN_ALWAYS_INLINE void load(V (&v)[N], K const (&from)[Lines][apart], index_t x) {
        unrolled<static_cast<int>(Lines)>(
            [&](auto i) QUOIN_LAMBDA_INLINE { v[First + decltype(i)::value] = one::load(from[i] + x); });
    }
    template <auto const& Network, int Results, std::size_t N>
    static QUOIN_ALWAYS_INLINE void store(V const (&v)[N], K (&to)[Results][apart], index_t x) {
        unrolled<Results>([&](auto i)
                              QUOIN_LAMBDA_INLINE { one::store(to[i] + x, v[Network.results[decltype(i)::value]]); });
    }
    static QUOIN_NOINLINE void merge_pair(K const (&a)[Side][apart], K const (&b)[Side][apart],
                                          K (&to)[2 * Side][apart], index_t n) {
        for (index_t x = 0; x < n; x += one::count) {
            V v[2 * Side];
            load<0>(v, a, x);
            load<Side>(v, b, x);
            apply_network<networks::pair>(v);
            store<networks::pair>(v, to, x);
        }
    }
    static QUOIN_NOINLINE void merge_quad(K const (&a)[2 * Side][apart], K const (&b)[2 * Side][apart],
                                          K (&to)[4 * Side][apart], index_t n) {
        for (index_t x = 0; x < n; x += one::count) {
            V v[4 * Side];
            load<0>(v, a, x);
            load<2 * Side>(v, b, x);
            apply_network<networks::quad>(v);
            store<networks::quad>(v, to, x);
        }
    }
    /// With the quads at places a and b, and the pair at place `left`, as far as there are such.
    QUOIN_NOINLINE void share(index_t n, [[maybe_unused]] int a, [[maybe_unused]] int b, [[maybe_unused]] int left) {
        for (index_t x = 0; x < n; x += one::count) {
            V v[radius * 2 * Side];
            if constexpr (networks::has_quads) {
                load<0>(v, quads[a], x);
                load<4 * Side>(v, quads[b], x);
                if constexpr (radius % 2 != 0) load<8 * Side>(v, pairs[left], x);
            } else {
                unrolled<radius>([&](auto i)
                                     QUOIN_LAMBDA_INLINE { load<decltype(i)::value * 2 * Side>(v, pairs[i], x); });
            }
            apply_network<networks::shared>(v);
            store<networks::shared>(v, shared, x);
        }
    }
};

/// Rows of medians. The windows of two rows have Side - 1 rows in common, which are merged once for both.
template <class Lanes, class T, int Side>
class median_rows {
    using K = rank_key_t<T>;
    using part = median_part<Lanes, K, Side>;
    using one = typename part::one;
    using V = typename part::V;
    using networks = typename part::networks;
    static constexpr int radius = Side / 2, columns = part::columns, apart = part::apart;

public:
    static constexpr std::size_t bytes(index_t n) {
        return 64 + static_cast<std::size_t>((n + columns - 1) / columns) * sizeof(part);
    }

    /// The next row. If it follows the one above, the memory is as that has left it.
    static void compute(row_sweep<T> const& row, T* to) {
        auto& step = *reinterpret_cast<int*>(row.memory);
        if (!row.follows) step = 0;
        median_rows const rows{step};
        auto* const parts = reinterpret_cast<part*>(row.memory + 64);
        for (index_t x = 0; x < row.columns; x += columns) {
            part& p = parts[x / columns];
            index_t const n = min<index_t>(columns, row.columns - x);
            if (!row.follows) rows.start(row, x, n, p);
            rows.next(row.line(radius) + x, n, p, to + x);
        }
        step = (step + 1) % (2 * radius * (radius + 1) * 3);
    }

private:
    constexpr explicit median_rows(int step) : step_(step) {}

    /// All pairs but the last one, and the row that begins that.
    void start(row_sweep<T> const& row, index_t x, index_t n, part& p) const {
        sort_row(row.line(-radius) + x, p.ends[end_of(-radius)], n);
        for (int j = 1 - radius; j < radius; j += 2) {
            sort_row(row.line(j) + x, p.begin, n);
            if (j + 1 == radius) break;
            sort_row(row.line(j + 1) + x, p.ends[end_of(j + 1)], n);
            part::merge_pair(p.begin, p.ends[end_of(j + 1)], p.pairs[pair_of(j + 1)], n);
            if constexpr (networks::has_quads)
                if (j + 1 > radius - 6) merge_quad(p, j + 1, n);
        }
    }
    /// Of the pair that ends in row `dy` and the one before it.
    void merge_quad(part& p, int dy, index_t n) const {
        part::merge_quad(p.pairs[pair_of(dy - 2)], p.pairs[pair_of(dy)], p.quads[quad_of(dy)], n);
    }
    void next(T const* line, index_t n, part& p, T* to) const {
        if (step_ % 2 == 0) { // the first of two rows that share
            sort_row(line, p.ends[end_of(radius)], n);
            part::merge_pair(p.begin, p.ends[end_of(radius)], p.pairs[pair_of(radius)], n);
            if constexpr (networks::has_quads) merge_quad(p, radius, n);
            p.share(n, quad_of(radius - 4), quad_of(radius), pair_of(2 - radius));
            find(p.shared, p.ends[end_of(-radius)], n, to);
        } else {
            sort_row(line, p.begin, n);
            find(p.shared, p.begin, n, to);
        }
    }

    /// The places of the row `dy` rows down, which ends a pair, and of that pair.
    constexpr int end_of(int dy) const { return (step_ / 2 + (dy + radius) / 2) % (radius + 1); }
    constexpr int pair_of(int dy) const { return (step_ / 2 + (dy + radius) / 2) % part::kept_pairs; }
    /// The quad whose last pair ends there.
    constexpr int quad_of(int dy) const { return (step_ / 2 + (dy + radius) / 2) % 3; }

    static QUOIN_NOINLINE void sort_row(T const* from, K (&to)[Side][apart], index_t n) {
        for (index_t x = 0; x < n; x += one::count) {
            V v[Side];
            unrolled<Side>([&](auto i) QUOIN_LAMBDA_INLINE {
                v[i] = to_rank_key(one_register<Lanes, T>::load(from + x + (decltype(i)::value - radius)));
            });
            apply_network<networks::row>(v);
            part::template store<networks::row>(v, to, x);
        }
    }
    /// The medians of what is shared and a sorted row.
    static QUOIN_NOINLINE void find(K const (&shared)[networks::shared_results][apart], K const (&row)[Side][apart],
                                    index_t n, T* to) {
        constexpr int size = networks::shared_results;
        for (index_t x = 0; x < n; x += one::count) {
            V v[size + Side];
            part::template load<0>(v, shared, x);
            part::template load<size>(v, row, x);
            apply_network<networks::last>(v);
            one_register<Lanes, T>::store(to + x, from_rank_key<T>(v[networks::last.results[0]]));
        }
    }

    int step_;
};

} // namespace detail

QUOIN_NAMESPACE_END

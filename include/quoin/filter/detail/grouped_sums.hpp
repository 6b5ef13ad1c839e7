// SPDX-License-Identifier: BSL-1.0
// Sums over many rows of floating point, at a cost that does not grow with their number, in an order that depends on
// the row alone.
#pragma once

#include <quoin/filter/detail/tree_sums.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// More rows than these are summed in groups of as many, which begin with the rows whose number is a multiple of it. It
/// decides the order of additions, so it is part of the definition of what uses it. Up to as many rows, tree_columns is
/// as fast; from 18 on it is slower. quoin-bench --benchmark_filter='^box-'
inline constexpr int sum_group = 16;

/// The sum of at(0), ..., at(n - 1), rows number `first` to first + n - 1 of which the groups begin with multiples of
/// sum_group; n > sum_group. The rows of the first group are summed as by tree_sum(), from its last one up; those of
/// the last group from its first one down. To these two is added the sum of the groups between them, which are summed
/// as their rows are. grouped_columns makes the same sums.
template <class At>
QUOIN_INLINE auto grouped_sum(int n, index_t first, At const& at) {
    int const head = sum_group - static_cast<int>(first % sum_group);
    int const groups = (n - head - 1) / sum_group, tail = head + groups * sum_group;
    auto const above = tree_sum(head, [&](int k) QUOIN_LAMBDA_INLINE { return at(head - 1 - k); });
    using V = std::remove_const_t<decltype(above)>;
    V const ends = V(above + tree_sum(n - tail, [&](int k) QUOIN_LAMBDA_INLINE { return at(tail + k); }));
    if (groups == 0) return ends;
    return V(ends + tree_sum(groups, [&](int g) QUOIN_LAMBDA_INLINE {
                 return tree_sum(sum_group, [&](int k) QUOIN_LAMBDA_INLINE { return at(head + g * sum_group + k); });
             }));
}

/// The sums of n rows, row by row, n > sum_group. It keeps the sums of the last rows of the first group of a window, of
/// the first rows of the last one, and of whole groups: about n / 16 + 21 rows.
template <class S>
class grouped_columns {
public:
    static constexpr std::size_t bytes(index_t columns, int n) {
        return extreme_lines<S>::bytes(columns, groups_at + rows_of_groups(n));
    }

    /// `memory` is that of bytes(columns, n), which keeps sums from row to row.
    grouped_columns(std::byte* memory, index_t columns, int n)
        : lines_(reinterpret_cast<S*>(memory)), columns_(columns), pitch_(extreme_lines<S>::pitch(columns)), n_(n) {}

    /// `to` gets the sums of rows y to y + n - 1. row(k) is the line of row y + k. `follows` says whether the call
    /// before was for row y - 1, with this memory.
    template <class Lanes, class Row>
    void sums(index_t y, bool follows, Row const& row, S* to) const {
        index_t const newest = y + n_ - 1;
        int const begun = static_cast<int>(y % sum_group);
        if (!follows)
            for (int k = (sum_group - begun) % sum_group; k < n_ - 1; ++k)
                add<Lanes, false>(row(k), static_cast<int>((y + k) % sum_group), group(y + k), nullptr, nullptr, to);
        // The sums of the last rows of a group are made when it loses its first one.
        if (begun == 1 || (!follows && begun > 1)) sum_last_rows<Lanes>(row, sum_group - begun);
        index_t const first = y / sum_group + 1;
        int const groups = static_cast<int>(newest / sum_group - first);
        int const at = static_cast<int>(newest % sum_group);
        if (groups > 0 && (begun == 0 || at == 0 || !follows)) sum_groups<Lanes>(first, groups);
        add<Lanes, true>(row(n_ - 1), at, group(newest), begun == 0 ? group(y) : line(sum_group - begun),
                         groups > 0 ? line(0) : nullptr, to);
    }

private:
    static constexpr int levels = 4; // sum_group is 2^levels
    static constexpr int newest_at = sum_group, groups_at = newest_at + levels;
    static constexpr int rows_of_groups(int n) { return n / sum_group + 2; }

    /// Line 0: the groups between the first and the last one. Line k: the last k rows of the first group. From
    /// newest_at on: sums of 1, 2, 4, 8 rows of the last group.
    S* line(index_t i) const { return lines_ + i * pitch_; }
    S* group(index_t row) const { return line(groups_at + row / sum_group % rows_of_groups(n_)); }

    /// Adds a row, before which there are as many of its group as `at` says. The group's last row completes the sum of
    /// the group. If IsLast, `to` gets the sums of this group, of those of `above`, and of those between, if there are.
    template <class Lanes, bool IsLast, class From>
    QUOIN_NOINLINE void add(From const* from, int at, S* whole, S const* above, S const* between, S* to) const {
        int joined = 0; // sums of 1, 2, ... rows, which this row completes to a larger one
        while (((at >> joined) & 1) != 0) ++joined;
        S const* parts[levels]{}; // the other sums of this group
        int count = 0;
        for (int j = joined + 1; j < levels; ++j)
            if (((at >> j) & 1) != 0) parts[count++] = line(newest_at + j);
        S* const made = joined == levels ? whole : line(newest_at + joined);
        S const* const smallest = line(newest_at);
        auto const load = [](S const* p) QUOIN_LAMBDA_INLINE { return Lanes::template load_as<S>(p); };
        for (index_t x = 0; x < columns_; x += Lanes::count) {
            auto sum = Lanes::template load_as<S>(from + x);
            using V = decltype(sum);
            for (int j = 0; j < joined; ++j) sum = V(load(smallest + j * pitch_ + x) + sum);
            Lanes::store(made + x, sum);
            if constexpr (IsLast) {
                for (int i = 0; i < count; ++i) sum = V(load(parts[i] + x) + sum);
                sum = V(load(above + x) + sum);
                if (between) sum = V(sum + load(between + x));
                Lanes::store(to + x, sum);
            }
        }
    }
    /// The sums of the last `count` rows of the first group, the last `count` - 1, and so on.
    template <class Lanes, class Row>
    QUOIN_NOINLINE void sum_last_rows(Row const& row, int count) const {
        std::remove_cvref_t<decltype(row(0))> from[sum_group];
        for (int k = 0; k < count; ++k) from[k] = row(count - 1 - k);
        for (index_t x = 0; x < columns_; x += Lanes::count) {
            using V = decltype(Lanes::template load_as<S>(from[0]));
            tree_counter<V, levels> sums;
            for (int k = 0; k < count; ++k) {
                sums.add(k, Lanes::template load_as<S>(from[k] + x));
                Lanes::store(line(k + 1) + x, sums.total(k + 1));
            }
        }
    }
    template <class Lanes>
    QUOIN_NOINLINE void sum_groups(index_t first, int count) const {
        S const* from[most_tree_terms / sum_group + 1];
        for (int g = 0; g < count; ++g) from[g] = group((first + g) * sum_group);
        for (index_t x = 0; x < columns_; x += Lanes::count)
            Lanes::store(line(0) + x, tree_sum(count, [&](int g) QUOIN_LAMBDA_INLINE {
                             return Lanes::template load_as<S>(from[g] + x);
                         }));
    }

    S* lines_;
    index_t columns_, pitch_;
    int n_;
};

} // namespace detail

QUOIN_NAMESPACE_END

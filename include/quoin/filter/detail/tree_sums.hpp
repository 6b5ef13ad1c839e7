// SPDX-License-Identifier: BSL-1.0
// Sums of many neighbors of floating point, at a cost that hardly grows with their number, in an order that does not
// depend on where they lie.
#pragma once

#include <quoin/filter/detail/extrema.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

inline constexpr int most_tree_terms = 255;

/// Sums of the first of many terms, which come one by one. From the first one on there are blocks of powers of two, the
/// largest first, as many as the number of terms has digits 1. In each, neighbors are added, then neighboring sums of
/// two, and so on. The blocks are added from the last one on.
template <class V, int Levels>
class tree_counter {
public:
    QUOIN_INLINE void add(int before, V sum) { ///< `before` terms came before
        int j = 0;
        for (; ((before >> j) & 1) != 0; ++j) sum = V(of_[j] + sum);
        of_[j] = sum;
    }
    QUOIN_INLINE V total(int n) const { ///< of all n terms so far
        int j = 0;
        while (((n >> j) & 1) == 0) ++j;
        V sum = of_[j];
        for (++j; (n >> j) != 0; ++j)
            if (((n >> j) & 1) != 0) sum = V(of_[j] + sum);
        return sum;
    }

private:
    V of_[Levels]{}; // of 2^j terms
};

/// The sum of at(0), ..., at(n - 1), 1 <= n <= most_tree_terms, by a tree_counter. The functions below make the same.
template <class At>
QUOIN_INLINE auto tree_sum(int n, At const& at) {
    tree_counter<std::remove_cvref_t<decltype(at(0))>, 8> sums;
    for (int k = 0; k < n; ++k) sums.add(k, at(k));
    return sums.total(n);
}

/// The values of a line themselves.
struct tree_value {
    template <class Lanes, class S, class From>
    static QUOIN_INLINE auto load(From const* p) {
        return Lanes::template load_as<S>(p);
    }
};

/// The sums of n rows, row by row. It keeps rows of sums of 4, 16 and 64 of them, about n in all. The sums of 2, 8, 32
/// and 128 are made where they are needed.
template <class S>
class tree_columns {
public:
    static constexpr std::size_t bytes(index_t columns, int n) {
        index_t rows = 0;
        for (int level = 0; level < levels; ++level) rows += rows_of(n, level);
        return extreme_lines<S>::bytes(columns, rows);
    }

    /// `memory` is that of bytes(columns, n), which keeps sums from row to row.
    tree_columns(std::byte* memory, index_t columns, int n)
        : columns_(columns), pitch_(extreme_lines<S>::pitch(columns)), n_(n) {
        for (int level = 0; level < levels; ++level) {
            lines_[level] = reinterpret_cast<S*>(memory);
            memory += extreme_lines<S>::bytes(columns, rows_of(n, level));
        }
    }

    /// Adds row `number`, counted from 0. lines[0] has the row, lines[i] that of i rows before, if there is one; Of
    /// makes the values from theirs. If n rows were added, `to` gets the sums of the last n.
    template <class Lanes, class Of = tree_value, class From>
    QUOIN_NOINLINE void add(index_t number, From const* const (&lines)[4], S* to) const {
        S *now[levels], *before[levels][3], *block[levels][3];
        bool makes[levels];
        for (int level = 0; level < levels; ++level) {
            int const span = span_of(level);
            makes[level] = rows_of(n_, level) > 0 && number >= span - 1;
            now[level] = line(level, number, 0);
            for (int i = 0; i < 3; ++i) before[level][i] = line(level - 1, number, (i + 1) * (span / 4));
            block[level][0] = line(level, number, n_ % span);
            block[level][1] = line(level, number, n_ % (2 * span));
            block[level][2] = line(level, number, n_ % (2 * span) + span);
        }
        From const* const rows[] = {lines[0], lines[1], lines[2], lines[3]};
        bool const whole = number >= n_ - 1;
        auto const load = [](S const* p) QUOIN_LAMBDA_INLINE { return Lanes::template load_as<S>(p); };
        auto const at = [&](index_t x, int back)
                            QUOIN_LAMBDA_INLINE { return Of::template load<Lanes, S>(rows[back] + x); };
        for (index_t x = 0; x < columns_; x += Lanes::count) {
            auto sum = at(x, 0);
            using V = decltype(sum);
            if (makes[0]) {
                sum = V(V(at(x, 3) + at(x, 2)) + V(at(x, 1) + sum));
                Lanes::store(now[0] + x, sum);
            }
            for (int i = 1; i < levels && makes[i]; ++i) {
                sum = V(V(load(before[i][2] + x) + load(before[i][1] + x)) + V(load(before[i][0] + x) + sum));
                Lanes::store(now[i] + x, sum);
            }
            if (!whole) continue;
            bool any = false;
            auto const add_block = [&](V const& more) QUOIN_LAMBDA_INLINE {
                sum = any ? V(more + sum) : more;
                any = true;
            };
            if ((n_ & 1) != 0) add_block(at(x, 0));
            if ((n_ & 2) != 0) add_block(V(at(x, n_ % 2 + 1) + at(x, n_ % 2)));
            for (int i = 0; i < levels; ++i) {
                if ((n_ & span_of(i)) != 0) add_block(load(block[i][0] + x));
                if ((n_ & (2 * span_of(i))) != 0) add_block(V(load(block[i][2] + x) + load(block[i][1] + x)));
            }
            Lanes::store(to + x, sum);
        }
    }

private:
    static constexpr int levels = 3;
    static constexpr int span_of(int level) { return 4 << (2 * level); }
    /// The rows of sums of span_of(level) that are read again, and the last one.
    static constexpr int rows_of(int n, int level) {
        int const span = span_of(level);
        int rows = n >= 4 * span ? 3 * span + 1 : 0;
        if ((n & span) != 0) rows = max(rows, n % span + 1);
        if ((n & (2 * span)) != 0) rows = max(rows, n % (2 * span) + span + 1);
        return rows;
    }
    /// That of the row `back` rows before.
    S* line(int level, index_t number, int back) const {
        if (level < 0 || rows_of(n_, level) == 0) return nullptr;
        index_t const rows = rows_of(n_, level), row = number + 256 * rows - back;
        return lines_[level] + row % rows * pitch_;
    }

    S* lines_[levels];
    index_t columns_, pitch_;
    int n_;
};

/// to[x] becomes the sum of from[x], ..., from[x + n - 1], for 0 <= x < count. `scratch` has two lines for count + n
/// columns. Up to a step is read behind the last value of `from` that is needed.
template <class Lanes, class S>
QUOIN_NOINLINE void tree_sums_along(S const* from, index_t count, int n, S* scratch, S* to) {
    S* const spans = scratch;
    S* const sums = scratch + extreme_lines<S>::pitch(count + n);
    auto const load = [](S const* p) QUOIN_LAMBDA_INLINE { return Lanes::template load_as<S>(p); };
    using V = decltype(load(from));
    bool any = false;
    for (index_t span = 1;; span *= 4) {
        bool const one = (n & span) != 0, two = (n & (2 * span)) != 0, last = n < 4 * span;
        S const* const first = from + n - n % (2 * span);
        S const* const second = from + n - n % (4 * span);
        S* const out = last ? to : sums;
        if (one || two)
            for (index_t x = 0; x < count; x += Lanes::count) {
                V sum = one ? load(first + x) : V(load(second + x) + load(second + x + span));
                if (any) sum = V(sum + load(sums + x));
                if (one && two) sum = V(V(load(second + x) + load(second + x + span)) + sum);
                Lanes::store(out + x, sum);
            }
        if (last) return;
        any = any || one || two;
        for (index_t x = 0; x < count + n - 4 * span; x += Lanes::count)
            Lanes::store(spans + x, V(V(load(from + x) + load(from + x + span)) +
                                      V(load(from + x + 2 * span) + load(from + x + 3 * span))));
        from = spans;
    }
}

} // namespace detail

QUOIN_NAMESPACE_END

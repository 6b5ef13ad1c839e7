// SPDX-License-Identifier: BSL-1.0
// The value of a rank in square windows of 16 or 32 bits, from the order of all values of a tile.
#pragma once

#include <quoin/core/tuning.hpp>
#include <quoin/filter/detail/one_register.hpp>
#include <quoin/filter/detail/rank_keys.hpp>
#include <quoin/pipe/sweep.hpp>

#include <bit>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The windows of a tile, and how many rows of them are made together.
struct rank_tile_sizes {
    static constexpr int most_inputs = 255, least_side = 7, most_side = 201;

    int side, columns, rows; // of results
    constexpr rank_tile_sizes(int s, int c, int r) : side(s), columns(c), rows(r) {}
    constexpr explicit rank_tile_sizes(int s)
        : rank_tile_sizes(s, min(most_inputs + 1 - s, tuning::rank_tile_columns(s)),
                          min(most_inputs + 1 - s, tuning::rank_tile_rows(s))) {}

    constexpr int inputs_across() const { return columns + side - 1; }
    constexpr int inputs_down() const { return rows + side - 1; }
    /// At most 65,025, so that 16 bits hold the place of a value in their order.
    constexpr index_t inputs() const { return index_t{inputs_across()} * inputs_down(); }
    /// From a column of places to the next. Columns at a distance near a large power of two would compete for the same
    /// sets of the first-level cache.
    constexpr index_t pitch() const { return inputs_down() | 31; }
};

/// Values of one rank in windows of `side` x `side` channels T, of 16 or 32 bits. The values of a tile are sorted,
/// equal ones by their rows and columns. Then each has a place of its own in their order, and the places stand for the
/// values. From one window to the next, one column of places leaves and one enters. Both are compared with the place of
/// the result before, which tells how many values of the new window are less. Its result is found from there, in the
/// order of all values, by counting those that lie in the window.
template <class Lanes, class T>
class rank_tile {
    using K = rank_key_t<T>;
    using U = std::make_unsigned_t<K>;
    /// A key above its column and row.
    using item = std::conditional_t<sizeof(T) == 2, std::uint32_t, std::uint64_t>;
    using of_bytes = one_register<Lanes, std::uint8_t>;
    using of_places = one_register<Lanes, std::int16_t>;
    static constexpr index_t room = 64; // for a register
    static constexpr U sign = std::signed_integral<K> ? static_cast<U>(U(1) << (8 * sizeof(K) - 1)) : U(0);
    static constexpr int digits = sizeof(T), key_shift = 16, together = 4;

public:
    static constexpr index_t bytes(rank_tile_sizes const& s) {
        index_t const n = s.inputs() + 2 * room;
        return n * (2 * static_cast<index_t>(sizeof(item)) + 2) + (s.inputs_across() * s.pitch() + room) * 2;
    }

    /// `memory` has bytes(sizes), aligned as an item.
    rank_tile(std::byte* memory, rank_tile_sizes const& sizes) : sizes_(sizes) {
        index_t const n = sizes.inputs() + 2 * room;
        items_ = reinterpret_cast<item*>(memory);
        other_ = items_ + n;
        places_ = reinterpret_cast<std::int16_t*>(other_ + n);
        columns_ = reinterpret_cast<std::uint8_t*>(places_ + sizes.inputs_across() * sizes.pitch() + room) + room;
        rows_ = columns_ + n;
    }

    /// to[j * apart + i] becomes the value of `rank` in the window that begins in column first + i of row lines[j].
    void compute(T const* const* lines, index_t first, int rank, T* to, index_t apart) {
        sort(lines, first);
        index_t places[together];
        for (index_t& place : places) place = sizes_.inputs() * rank / (sizes_.side * sizes_.side);
        int y = 0;
        for (; y + together <= sizes_.rows; y += together) find_rows<together>(y, rank, places, to + y * apart, apart);
        for (; y < sizes_.rows; ++y) find_rows<1>(y, rank, places, to + y * apart, apart);
    }

private:
    QUOIN_NOINLINE void sort(T const* const* lines, index_t first) {
        int const width = sizes_.inputs_across(), height = sizes_.inputs_down();
        index_t const n = sizes_.inputs();
        std::uint32_t counts[digits][256] = {};
        item* p = items_;
        for (int y = 0; y < height; ++y) {
            T const* const line = lines[y] + first;
            for (int x = 0; x < width; ++x) {
                U const key = static_cast<U>(static_cast<U>(to_rank_key(line[x])) ^ sign);
                *p++ = static_cast<item>(static_cast<item>(key) << key_shift | static_cast<item>(x << 8 | y));
                for (int d = 0; d < digits; ++d) ++counts[d][key >> (8 * d) & 255];
            }
        }
        for (int d = 0; d < digits; ++d) {
            int const shift = key_shift + 8 * d;
            if (counts[d][items_[0] >> shift & 255] == n) continue;
            std::uint32_t sum = 0;
            for (auto& c : counts[d]) sum += std::exchange(c, sum);
            for (index_t i = 0; i < n; ++i) {
                item const v = items_[i];
                other_[counts[d][v >> shift & 255]++] = v;
            }
            std::swap(items_, other_);
        }
        index_t const pitch = sizes_.pitch();
        for (index_t i = 0; i < n; ++i) {
            auto const at = static_cast<unsigned>(items_[i]);
            unsigned const x = at >> 8 & 255, y = at & 255;
            columns_[i] = static_cast<std::uint8_t>(x);
            rows_[i] = static_cast<std::uint8_t>(y);
            places_[x * pitch + y] = signed_place(i);
        }
        for (index_t i = 0; i < room; ++i) columns_[i - room] = columns_[n + i] = rank_tile_sizes::most_inputs;
    }

    static QUOIN_ALWAYS_INLINE std::int16_t signed_place(index_t i) { return static_cast<std::int16_t>(i - 32768); }

    /// Rows of results, from about `places` on, those of results nearby, which become those of the first results. Each
    /// place depends on the one before, so that a processor finds those of several rows at the same time.
    template <int Rows>
    QUOIN_NOINLINE void find_rows(int y, int rank, index_t (&places)[together], T* to, index_t apart) const {
        int const side = sizes_.side;
        index_t const pitch = sizes_.pitch();
        std::int16_t const* column = places_ + y;
        index_t now[Rows];
        for (int k = 0; k < Rows; ++k) {
            int below = 0;
            for (int i = 0; i < side; ++i) below += count_below(column + i * pitch + k, places[k]);
            places[k] = now[k] = find(0, y + k, places[k], below - rank);
            to[k * apart] = value(now[k]);
        }
        for (int x = 1; x < sizes_.columns; ++x, column += pitch)
            unrolled<Rows>([&](auto k) QUOIN_LAMBDA_INLINE {
                index_t& place = now[k];
                int const change = count_below(column + side * pitch + k, place) - count_below(column + k, place);
                place = find_near(x, y + k, place, change);
                to[k * apart + x] = value(place);
            });
    }

    T value(index_t place) const {
        return from_rank_key<T>(static_cast<K>(static_cast<U>(static_cast<U>(items_[place] >> key_shift) ^ sign)));
    }

    /// How many of the side places of a column are less.
    QUOIN_ALWAYS_INLINE int count_below(std::int16_t const* column, index_t place) const {
        using V = typename of_places::type;
        V const limit(signed_place(place));
        int const side = sizes_.side;
        int count = 0, i = 0;
        for (; i + of_places::count <= side; i += of_places::count)
            count += number_of_true(of_places::load(column + i) < limit);
        if constexpr (of_places::count > 1)
            if (i < side) {
                V const counts = of_places::load(ends.at + room - (side - i));
                count += number_of_true(of_places::load(column + i) < min(limit, counts));
            }
        return count;
    }
    /// Limits for lanes that count, and behind them for others.
    struct limits_at_end {
        std::int16_t at[2 * room];
    };
    static constexpr limits_at_end ends = [] {
        limits_at_end e{};
        for (index_t i = 0; i < 2 * room; ++i) e.at[i] = i < room ? highest<std::int16_t> : lowest<std::int16_t>;
        return e;
    }();
    template <class Mask>
    static QUOIN_ALWAYS_INLINE int number_of_true(Mask const& mask) {
        if constexpr (requires { mask.count(); }) return mask.count();
        else return mask;
    }

    /// Which of the values from place i on, as many as a register has bytes, lie in the window at (x, y).
    struct window {
        using V = typename of_bytes::type;
        rank_tile const& tile;
        V left, top, last;

        QUOIN_ALWAYS_INLINE window(rank_tile const& t, int x, int y)
            : tile(t), left(static_cast<std::uint8_t>(x)), top(static_cast<std::uint8_t>(y)),
              last(static_cast<std::uint8_t>(t.sizes_.side - 1)) {}
        QUOIN_ALWAYS_INLINE std::uint64_t inside(index_t i) const {
            V const far = max(V(of_bytes::load(tile.columns_ + i) - left), V(of_bytes::load(tile.rows_ + i) - top));
            return bits(min(far, last) == far);
        }
    };

    /// The place `change` values of the window at (x, y) before the one at `place`, or before the first one behind it
    /// if that is not in the window. Most are near, and branches that depend on values would cost more.
    QUOIN_ALWAYS_INLINE index_t find_near(int x, int y, index_t place, int change) const {
        if constexpr (of_bytes::count == 1) {
            return find(x, y, place, change);
        } else {
            bool const up = change <= 0;
            index_t const begin = place - (up ? 0 : room);
            window const w(*this, x, y);
            std::uint64_t word = 0;
            for (int i = 0; i < room; i += of_bytes::count) word |= w.inside(begin + i) << i;
            int const n = std::popcount(word), before = up ? -change : n - change;
            if (static_cast<unsigned>(before) >= static_cast<unsigned>(n)) [[unlikely]]
                return find(x, y, place, change);
            return begin + place_of_bit(word, before);
        }
    }
    QUOIN_NOINLINE index_t find(int x, int y, index_t place, int change) const {
        window const w(*this, x, y);
        if (change <= 0) {
            for (int skipped = -change;; place += of_bytes::count) {
                auto const found = w.inside(place);
                int const n = std::popcount(found);
                if (skipped < n) return place + place_of_bit(found, skipped);
                skipped -= n;
            }
        }
        for (;;) {
            place -= of_bytes::count;
            auto const found = w.inside(place);
            int const n = std::popcount(found);
            if (change <= n) return place + place_of_bit(found, n - change);
            change -= n;
        }
    }
    /// The bit 1 before which there are `before` others.
    static QUOIN_ALWAYS_INLINE int place_of_bit(std::uint64_t word, int before) {
        constexpr std::uint64_t ones = 0x0101010101010101u, tops = 0x80 * ones, rests = 0x7f * ones;
        // The first byte whose running count is above `count`.
        auto const first_above = [](std::uint64_t counts, int count) QUOIN_LAMBDA_INLINE {
            return std::countr_zero(((counts | tops) - ones * static_cast<unsigned>(count + 1)) & tops) / 8 * 8;
        };
        std::uint64_t counts = word - ((word >> 1) & 0x5555555555555555u);
        counts = (counts & 0x3333333333333333u) + ((counts >> 2) & 0x3333333333333333u);
        counts = ((counts + (counts >> 4)) & 0x0f0f0f0f0f0f0f0fu) * ones;
        int const place = first_above(counts, before);
        int const rest = before - static_cast<int>((counts << 8) >> place & 255);
        std::uint64_t const spread = ((word >> place & 255) * ones & 0x8040201008040201u) + rests;
        return place + first_above((spread >> 7 & ones) * ones, rest) / 8;
    }
    template <class Mask>
    static QUOIN_ALWAYS_INLINE std::uint64_t bits(Mask const& mask) {
        if constexpr (requires { mask.bits(); }) return mask.bits();
        else return mask;
    }

    rank_tile_sizes sizes_;
    item *items_, *other_;
    std::int16_t* places_;
    std::uint8_t *columns_, *rows_;
};

/// Rows of values of a rank. Several are made together, and kept.
template <class Lanes, class T>
class rank_tiles {
    struct head {
        int row, rows;
    };
    static constexpr index_t room = 64;

public:
    static constexpr int rows_ahead(int side) { return rank_tile_sizes(side).rows - 1; }
    static constexpr std::size_t bytes(index_t columns, int side) {
        rank_tile_sizes const s(side);
        return static_cast<std::size_t>(room + rank_tile<Lanes, T>::bytes(s) + room +
                                        pitch(columns) * s.rows * static_cast<index_t>(sizeof(T)));
    }

    static void compute(row_sweep<T> const& row, int side, int rank, T* to) {
        rank_tile_sizes const all(side);
        head& kept = *reinterpret_cast<head*>(row.memory);
        T* const results = reinterpret_cast<T*>(row.memory + room);
        if (!row.follows || kept.row == kept.rows) {
            // Rows that do not follow one another should not cost too much.
            kept = {0, row.follows ? all.rows : min(all.rows, tuning::first_rank_rows)};
            index_t const tiles = (row.columns + all.columns - 1) / all.columns;
            for (index_t i = 0; i < tiles; ++i) {
                index_t const begin = row.columns * i / tiles, end = row.columns * (i + 1) / tiles;
                rank_tile_sizes const sizes(side, static_cast<int>(end - begin), kept.rows);
                std::byte* const memory = reinterpret_cast<std::byte*>(results + pitch(row.columns) * all.rows);
                rank_tile<Lanes, T>(memory, sizes)
                    .compute(row.rows - side / 2, row.first - side / 2 + begin, rank, results + begin,
                             pitch(row.columns));
            }
        }
        __builtin_memcpy(to, results + pitch(row.columns) * kept.row++,
                         static_cast<std::size_t>(row.columns) * sizeof(T));
    }

private:
    static constexpr index_t pitch(index_t columns) { return (columns + 31) / 32 * 32 + 32; }
};

} // namespace detail

QUOIN_NAMESPACE_END

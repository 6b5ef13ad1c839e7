// SPDX-License-Identifier: BSL-1.0
// What clahe() makes of counts: the tiles, the table of a tile, and the tables of all tiles as its stage reads them.
#pragma once

#include <quoin/core/detail/expect_use.hpp>
#include <quoin/core/error.hpp>
#include <quoin/core/geometry.hpp>

#include <algorithm>
#include <memory>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The tiles of an image. All have one extent; those at the right and at the bottom may reach beyond the image.
struct tile_grid {
    extent size;          ///< of the image
    index_t across, down; ///< the number of tiles
    extent tile;          ///< of a tile

    tile_grid(extent image, index_t columns, index_t rows) : size(image), across(columns), down(rows) {
        bool const whole = !image.empty() && image.width % across == 0 && image.height % down == 0;
        tile = {image.width / across + !whole, image.height / down + !whole};
    }
    index_t count() const { return across * down; }
    /// Whether tile i lies inside the image.
    bool inside(index_t i) const {
        return (i % across + 1) * tile.width <= size.width && (i / across + 1) * tile.height <= size.height;
    }
};

/// A tile has counts of 32 bits, and the tables of all tiles must fit the memory.
/// @throws invalid_argument unless the values can be those of clahe().
inline void check_tiles(double clip, index_t across, index_t down, double white) {
    constexpr index_t most_tiles = 64, most_deep = 256;
    if (!(clip >= 0 && clip <= 1e6))
        raise("quoin::clahe: the clip limit is ", clip, "; give a number from 1 to 1000000, or 0 for no limit");
    if (across < 1 || down < 1 || across > most_tiles || down > most_tiles)
        raise("quoin::clahe: there are ", across, " x ", down, " tiles; give 1 to ", most_tiles, " on each side");
    if (white > 255 && across * down > most_deep)
        raise("quoin::clahe: there are ", across, " x ", down, " tiles of 16 bits, with tables of 65536 values; give ",
              most_deep, " tiles or fewer, or put convert_to=u8 before it");
}
/// @throws invalid_argument if the tiles have too many pixels for their counts.
inline void check_tile_area(tile_grid const& grid) {
    constexpr index_t most = (index_t{1} << 31) - 1;
    if (grid.tile.height > most / grid.tile.width)
        raise("quoin::clahe: a tile has ", grid.tile.width, " x ", grid.tile.height,
              " pixels; give more tiles, so "
              "that it has at most ",
              most);
}

/// The number of values of T.
template <class T>
inline constexpr index_t tile_values = index_t{1} << (8 * sizeof(T));

/// Makes the table of a tile of `area` pixels of the counts of their values.
template <class T>
void table_of_tile(std::uint32_t const* counts, index_t area, double clip, T* table) {
    constexpr index_t values = tile_values<T>;
    constexpr int part = 256;
    std::uint32_t limit = static_cast<std::uint32_t>(area), cut = 0;
    if (clip > 0) {
        double const share = clip * static_cast<double>(area) / static_cast<double>(values);
        limit = static_cast<std::uint32_t>(std::max(std::min(share, static_cast<double>(area)), 1.0));
        for (index_t v = 0; v < values; ++v) cut += counts[v] > limit ? counts[v] - limit : 0;
    }
    auto const each = static_cast<std::uint32_t>(cut / values);
    index_t const rest = cut % values, step = rest > 0 ? values / rest : values, end = rest * step;
    index_t next = 0; // the next value that gets one of the rest
    // Parts of a table take several short loops, of which all but the one that sums become vector instructions.
    constexpr float white = static_cast<float>(values - 1), to_whole = 12582912; // 1.5 * 2^23
    float const scale = white / static_cast<float>(area);
    std::uint32_t sum = 0, sums[part];
    for (index_t first = 0; first < values; first += part) {
        std::uint32_t const* const own = counts + first;
        for (int i = 0; i < part; ++i) sums[i] = (own[i] < limit ? own[i] : limit) + each;
        if (step == 1 && first + part <= end)
            for (int i = 0; i < part; ++i) ++sums[i];
        else
            for (next = std::max(next, first); next < std::min(end, first + part); next += step) ++sums[next - first];
        for (int i = 0; i < part; ++i) sums[i] = sum += sums[i];
        for (int i = 0; i < part; ++i) {
            float const level = static_cast<float>(static_cast<std::int32_t>(sums[i])) * scale;
            float const whole = (level + to_whole) - to_whole; // the nearest one, of two the even one
            table[first + i] = static_cast<T>(static_cast<std::int32_t>(whole < white ? whole : white));
        }
    }
}

/// Weights are multiples of 2^-tile_weight_bits.
template <class T>
inline constexpr int tile_weight_bits = sizeof(T) == 1 ? 11 : 16;

/// Between which tiles a column or a row lies: `first` and the next one, which has the weight `second`.
struct tile_place {
    index_t first;
    std::uint32_t second;
};
template <class T>
tile_place place_between(index_t i, index_t side, index_t tiles) {
    constexpr index_t one = index_t{1} << tile_weight_bits<T>;
    if (tiles == 1) return {0, 0};
    index_t const n = 2 * i - side, first = n < 0 ? 0 : std::min(n / (2 * side), tiles - 2);
    index_t const rest = std::min(std::max<index_t>(n - 2 * side * first, 0), 2 * side);
    return {first, static_cast<std::uint32_t>((2 * rest * one + 2 * side) / (4 * side))};
}

/// The distance of the tables of neighboring columns, for a stage. At a distance of a power of two the numbers of a
/// value would displace each other in the caches.
template <class T>
inline constexpr index_t tile_distance = tile_values<T> + (sizeof(T) == 1 ? 0 : 80);

/// The tables of all tiles, for a stage: numbers in one piece of memory.
///
/// `columns` offsets of the tables of columns and their weights, then for each row that of its tables, by `row_size`,
/// and its weight; then the tables. For a pixel between four tiles there are, at the value v behind both offsets: for
/// u8 the four bytes from the left upper tile, the left lower, the right upper and the right lower one; for u16 the
/// pair of the left upper and the left lower tile, and tile_distance further that of the right ones.
template <class T>
struct tile_layout {
    static constexpr index_t padding = 64; // the last step of a row reads places beyond the row
    index_t columns, rows;                 ///< the numbers in front of the tables
    index_t across, down, row_size;        ///< the tables

    explicit tile_layout(tile_grid const& grid)
        : columns(grid.size.width + padding), rows(grid.size.height),
          across(sizeof(T) == 1 ? std::max<index_t>(grid.across - 1, 1) : std::max<index_t>(grid.across, 2)),
          down(std::max<index_t>(grid.down - 1, 1)), row_size(across * tile_distance<T>) {}
    index_t tables() const { return (2 * columns + 2 * rows + 15) / 16 * 16; }
    index_t size() const { return tables() + down * row_size; }
};

template <class T>
std::shared_ptr<std::uint32_t[]> numbers_of_tables(tile_grid const& grid, T const* tables) {
    constexpr index_t values = tile_values<T>;
    tile_layout<T> const to(grid);
    std::shared_ptr<std::uint32_t[]> numbers(new std::uint32_t[static_cast<std::size_t>(to.size())]);
    std::uint32_t* p = numbers.get();
    expect_use(p, static_cast<std::size_t>(to.size()) * sizeof *p);
    for (index_t x = 0; x < to.columns; ++x) {
        tile_place const at = place_between<T>(std::min(x, grid.size.width), grid.tile.width, grid.across);
        p[x] = static_cast<std::uint32_t>(at.first * tile_distance<T>);
        p[to.columns + x] = at.second;
    }
    p += 2 * to.columns;
    for (index_t y = 0; y < to.rows; ++y) {
        tile_place const at = place_between<T>(y, grid.tile.height, grid.down);
        p[2 * y] = static_cast<std::uint32_t>(at.first);
        p[2 * y + 1] = at.second;
    }
    p = numbers.get() + to.tables();
    for (index_t j = 0; j < to.down; ++j)
        for (index_t i = 0; i < to.across; ++i) {
            auto const table = [&](index_t column, index_t row) {
                return tables +
                       (std::min(row, grid.down - 1) * grid.across + std::min(column, grid.across - 1)) * values;
            };
            T const *const left_up = table(i, j), *const left_down = table(i, j + 1);
            if constexpr (sizeof(T) == 1) {
                T const *const right_up = table(i + 1, j), *const right_down = table(i + 1, j + 1);
                for (index_t v = 0; v < values; ++v)
                    p[v] = left_up[v] | std::uint32_t{left_down[v]} << 8 | std::uint32_t{right_up[v]} << 16 |
                           std::uint32_t{right_down[v]} << 24;
            } else {
                for (index_t v = 0; v < values; ++v) p[v] = left_up[v] | std::uint32_t{left_down[v]} << 16;
            }
            p += tile_distance<T>;
        }
    return numbers;
}

} // namespace detail

QUOIN_NAMESPACE_END

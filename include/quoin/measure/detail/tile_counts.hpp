// SPDX-License-Identifier: BSL-1.0
// The first reading of clahe(): counts the values of each tile.
#pragma once

#include <quoin/core/detail/tile_tables.hpp>
#include <quoin/measure/detail/reading.hpp>
#include <quoin/pipe/border.hpp>

#include <algorithm>
#include <mutex>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The tables of the tiles of an image. Rows of a tile are added in any order and by several threads, each with counts
/// of its own, and complete() returns the numbers for the stage. Pixels of tiles that reach beyond the image are
/// counted again where reflect_101 repeats them.
template <class T>
class tile_counts {
    static constexpr index_t values = tile_values<T>;
    // Neighbors of equal bytes must not wait for each other. Tables of 65,536 values would displace each other.
    static constexpr index_t tables = sizeof(T) == 1 ? 4 : 1;

public:
    /// The counts of one thread.
    using counts = std::vector<std::uint32_t>;

    tile_counts(tile_grid const& grid, double clip)
        : grid_(grid), clip_(clip), tables_(new T[static_cast<std::size_t>(grid.count() * values)]) {
        expect_use(tables_.get(), static_cast<std::size_t>(grid.count() * values) * sizeof(T));
        for (index_t i = 0; i < grid.count(); ++i) {
            places_.push_back(partial_);
            partial_ += !grid.inside(i);
        }
        partial_counts_.resize(static_cast<std::size_t>(partial_ * values));
        extent const size = grid.size;
        if (size.empty()) return;
        for (index_t x = size.width; x < grid.across * grid.tile.width; ++x)
            columns_.push_back({reflect_101(x, size.width), x / grid.tile.width});
        for (index_t y = size.height; y < grid.down * grid.tile.height; ++y)
            rows_.push_back({reflect_101(y, size.height), y / grid.tile.height});
        std::sort(columns_.begin(), columns_.end());
        std::sort(rows_.begin(), rows_.end());
    }

    /// Begins a tile with the counts of a thread.
    static void begin(counts& own) { own.assign(static_cast<std::size_t>(values * tables), 0); }
    /// Adds the pixels at p, from (x, y) on, which lie in one tile.
    QUOIN_NOINLINE void add(counts& own, T const* p, index_t x, index_t y, index_t n) {
        std::uint32_t* const to = own.data();
        constexpr int in_word = 8 / sizeof(T);
        index_t i = 0;
        for (; i + in_word <= n; i += in_word) {
            std::uint64_t word;
            std::memcpy(&word, p + i, sizeof word);
            unrolled<in_word>([&](auto k) QUOIN_LAMBDA_INLINE {
                constexpr int place = decltype(k)::value;
                auto const v = static_cast<T>(word >> (place * 8 * static_cast<int>(sizeof(T))));
                ++to[v * tables + place % tables];
            });
        }
        for (; i < n; ++i) ++to[p[i] * tables];
        if (columns_.empty() && rows_.empty()) return;
        add_repeated(p, x, n, y / grid_.tile.height, false);
        for (auto row = first_of(rows_, y); row != rows_.end() && row->first == y; ++row)
            add_repeated(p, x, n, row->second, true);
    }
    /// Ends the tile that contains this pixel.
    void end(counts& own, point at) {
        if constexpr (tables > 1)
            for (index_t v = 0; v < values; ++v) {
                std::uint32_t sum = 0;
                for (index_t k = 0; k < tables; ++k) sum += own[static_cast<std::size_t>(v * tables + k)];
                own[static_cast<std::size_t>(v)] = sum;
            }
        index_t const i = at.y / grid_.tile.height * grid_.across + at.x / grid_.tile.width;
        if (grid_.inside(i)) return make(i, own.data());
        std::lock_guard const lock(mutex_);
        for (index_t v = 0; v < values; ++v) partial(i)[v] += own[static_cast<std::size_t>(v)];
    }

    /// The numbers for the stage, after all tiles.
    std::shared_ptr<std::uint32_t[]> complete() {
        for (index_t i = 0; i < grid_.count(); ++i)
            if (!grid_.inside(i)) make(i, partial(i));
        return numbers_of_tables<T>(grid_, tables_.get());
    }

private:
    using repeated = std::pair<index_t, index_t>; // a column or row, and that of the tile which counts it again

    static auto first_of(std::vector<repeated> const& all, index_t i) {
        return std::lower_bound(all.begin(), all.end(), repeated{i, 0});
    }
    std::uint32_t* partial(index_t i) { return partial_counts_.data() + places_[static_cast<std::size_t>(i)] * values; }
    void make(index_t i, std::uint32_t* own) {
        table_of_tile<T>(own, grid_.tile.area(), clip_, tables_.get() + i * values);
    }
    /// Adds pixels to tiles in a row of tiles that count them again; in their own columns, too, if `whole`.
    void add_repeated(T const* p, index_t x, index_t n, index_t tile_row, bool whole) {
        auto column = first_of(columns_, x);
        if (!whole && (column == columns_.end() || column->first >= x + n)) return;
        std::lock_guard const lock(mutex_);
        if (whole) {
            std::uint32_t* const to = partial(tile_row * grid_.across + x / grid_.tile.width);
            for (index_t i = 0; i < n; ++i) ++to[p[i]];
        }
        for (; column != columns_.end() && column->first < x + n; ++column)
            ++partial(tile_row * grid_.across + column->second)[p[column->first - x]];
    }

    tile_grid grid_;
    double clip_;
    std::unique_ptr<T[]> tables_;
    index_t partial_ = 0; // the number of tiles that reach beyond the image
    std::vector<index_t> places_;
    std::vector<std::uint32_t> partial_counts_;
    std::vector<repeated> columns_, rows_;
    std::mutex mutex_;
};

/// The sink of a block, which is a tile.
template <class Lanes, class P>
class tile_sink {
    using slots = spares<typename tile_counts<P>::counts>;

public:
    tile_sink(slots& all, tile_counts<P>& to, rect tile) : to_(to), tile_(tile) {
        while (!slot_) slot_ = all.borrow();
        to.begin(slot_->value);
    }
    ~tile_sink() { slots::give_back(slot_); }
    tile_sink(tile_sink const&) = delete;
    tile_sink& operator=(tile_sink const&) = delete;

    template <class Rows>
    void read(Rows& rows, interval columns, index_t y) {
        for_each_part<Lanes, P>(rows, columns, y, line_, [&](row_part<P> const& part) QUOIN_LAMBDA_INLINE {
            to_.add(slot_->value, part.planes[0], part.x, y, part.count);
        });
    }
    void end_row(index_t y) {
        if (y + 1 == tile_.bottom()) to_.end(slot_->value, {tile_.x, tile_.y});
    }

private:
    typename slots::place* slot_ = nullptr;
    tile_counts<P>& to_;
    rect tile_;
    alignas(64) P line_[part_plane<P>];
};

template <class Policy, class Pipeline>
auto numbers_of_pipeline(Policy const& policy, Pipeline const& p, tile_grid const& grid, double clip) {
    using P = typename Pipeline::pixel_type;
    if constexpr (!evaluates_blocks<Policy>) {
        image<P> pixels(p.size());
        run(policy, p, pixels.view());
        return numbers_of_pipeline(policy.host(), as_pipeline(std::as_const(pixels).view()), grid, clip);
    } else {
        tile_counts<P> all(grid, clip);
        blocks const b{p.size(), grid.tile.height, grid.tile.width};
        spares<typename tile_counts<P>::counts> slots;
        slots.prepare(static_cast<int>(min<index_t>(policy.concurrency(), b.count())));
        evaluate(policy, p, b,
                 [&](index_t, rect tile) { return tile_sink<typename Policy::lanes, P>(slots, all, tile); });
        return all.complete();
    }
}

} // namespace detail

QUOIN_NAMESPACE_END

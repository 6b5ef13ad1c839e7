// SPDX-License-Identifier: BSL-1.0
// Cuts an image into blocks, and computes one block step by step.
#pragma once

#include <quoin/core/tuning.hpp>
#include <quoin/exec/line/row_cost.hpp>
#include <quoin/exec/line/rows.hpp>
#include <quoin/exec/policy.hpp>
#include <quoin/exec/tiling.hpp>
#include <quoin/exec/workspace.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

struct blocks {
    extent size{};
    index_t rows = 1, cols = 1;
    workspace* memory = nullptr;
    index_t top = 0; // the row of the pipeline's result in which the first block begins

    constexpr index_t down() const { return (size.height + rows - 1) / rows; }
    constexpr index_t across() const { return (size.width + cols - 1) / cols; }
    constexpr index_t count() const { return size.empty() ? 0 : down() * across(); }
    constexpr rect operator[](index_t i) const {
        index_t const x = i % across() * cols, y = i / across() * rows;
        return {x, top + y, min(cols, size.width - x), min(rows, size.height - y)};
    }
};

/// The number of strips for each thread. There are fewer if a strip would have too few rows, or too few in relation to
/// the `halo` rows that it shares with its neighbors, which are computed twice.
constexpr index_t strips_per_thread(index_t height, index_t halo, index_t threads) {
    for (index_t strips = tuning::most_strips_per_thread; strips > 1; --strips)
        if (height / (strips * threads) >= max(tuning::least_strip_rows, tuning::strip_rows_per_halo_row * halo))
            return strips;
    return 1;
}

constexpr blocks cut(extent size, index_t bytes_per_column, index_t halo, int concurrency, tiling t) {
    blocks b{size, size.height, size.width, t.memory};
    if (size.empty()) return b;
    if (t.tile_columns > 0) b.cols = min(t.tile_columns, size.width);
    else if (bytes_per_column * size.width > tuning::line_budget)
        b.cols = max(tuning::least_tile_columns, tuning::line_budget / bytes_per_column);
    b.cols = (b.cols + 63) / 64 * 64;
    if (t.strip_rows > 0) b.rows = min(t.strip_rows, size.height);
    else if (concurrency > 1) {
        index_t const strips = strips_per_thread(size.height, halo, concurrency) * concurrency;
        b.rows = max(tuning::least_strip_rows, (size.height + strips - 1) / strips);
    }
    return b;
}

/// Computes the steps of a row. Arguments are taken by value, so the compiler knows that stores do not alias them.
template <class Lanes, bool Prefetches, class Cursor, class Writer>
constexpr void put_steps(Cursor const cursor, Writer const writer, index_t x, index_t end) {
    for (; x + Lanes::count <= end; x += Lanes::count) {
        if constexpr (Prefetches)
            if (!std::is_constant_evaluated()) {
                cursor.prefetch_below(x);
                if constexpr (requires { writer.prefetch_below(x); }) writer.prefetch_below(x);
            }
        writer.put(x, cursor.load(x));
    }
    if constexpr (Lanes::count > 1)
        if (x < end) writer.put(x, cursor.load(x), static_cast<int>(end - x));
}

/// Checks, if assert() is on, that a policy computes every block once. Otherwise pixels would be missing or written
/// twice.
class block_count {
public:
    constexpr explicit block_count([[maybe_unused]] index_t n) {
#if QUOIN_CHECKED
        n_ = n;
#endif
    }
    constexpr void begin([[maybe_unused]] index_t i) {
#if QUOIN_CHECKED
        if (i < 0 || i >= n_)
            raise("quoin::run: the policy asks for block ", i, " of ", n_, "; bulk(n, f) calls f(0) ... f(n - 1)");
        if (!std::is_constant_evaluated()) __atomic_fetch_add(&calls_, 1, __ATOMIC_RELAXED);
#endif
    }
    constexpr void end() const {
#if QUOIN_CHECKED
        if (!std::is_constant_evaluated() && calls_ != n_)
            raise("quoin::run: the policy computed ", calls_, " blocks of ", n_,
                  ", so that pixels are missing or written twice; bulk(n, f) calls each of f(0) ... f(n - 1) once");
#endif
    }

private:
#if QUOIN_CHECKED
    index_t n_ = 0, calls_ = 0;
#endif
};

/// put_steps without inlining, for rows with several such loops: their constants together do not fit the registers.
template <class Lanes, bool Prefetches, class Cursor, class Writer>
QUOIN_NOINLINE constexpr void put_steps_apart(Cursor const& cursor, Writer const& writer, index_t x, index_t end) {
    put_steps<Lanes, Prefetches>(cursor, writer, x, end);
}

/// Whether rows can write pixels to the memory of the result themselves.
template <class Rows, class Writer>
concept rows_that_write =
    requires(Rows& rows, Writer const& writer, interval columns, index_t y) { rows.write(writer, columns, y); };

/// Lets rows write a row to the memory of the result themselves, if they have a way for these.
template <class Rows, class Sink>
constexpr bool write_pixels(Rows& rows, Sink& sink, interval columns, index_t y) {
    if constexpr (requires { rows.write_pixels(sink.row(y), columns, y); })
        return rows.write_pixels(sink.row(y), columns, y);
    else return false;
}

/// Whether a sink reads whole rows by itself.
template <class Sink, class Rows>
concept takes_whole_rows =
    requires(Sink& sink, Rows& rows, interval columns, index_t y) { sink.read(rows, columns, y); };

/// The number of the pass that computes the result.
template <class Pipeline>
constexpr int output_pass(Pipeline const& p) {
    return fold(cost_visitor{}, p).passes + 1;
}

/// Computes one block. sink.row(y) returns a writer. writer.put(x, pixels, count) takes `count` valid pixels of a step.
/// A sink may have read(rows, columns, y) instead, which reads a row as it likes. A sink with end_row(y) is told when a
/// row is complete.
template <class Lanes, class Pipeline, class Sink>
constexpr void evaluate_block(Pipeline const& p, rect block, Sink& sink, line_memory* memory,
                              row_observer* observer = nullptr) {
    auto rows = make_rows<Lanes>(p, observer, memory);
    int const pass = observer ? output_pass(p) : 0;
    using rows_type = decltype(rows);
    rows.prepare({block.x, block.right()});
    for (index_t y = block.y; y < block.bottom(); ++y) {
        observed_row const seen(observer, pass);
        if constexpr (takes_whole_rows<Sink, rows_type>) {
            sink.read(rows, {block.x, block.right()}, y);
        } else if constexpr (rows_that_write<rows_type, decltype(sink.row(y))>) {
            rows.write(sink.row(y), {block.x, block.right()}, y);
        } else if (!write_pixels(rows, sink, {block.x, block.right()}, y)) {
            auto const cursor = rows.row(y);
            auto const writer = sink.row(y);
            split_steps(cursor, block.x, block.right(),
                        [&](auto const& part, index_t begin, index_t end) QUOIN_LAMBDA_INLINE {
                            if constexpr (rows_type::reads_in_place)
                                put_steps_apart<Lanes, rows_type::keeps_lines>(part, writer, begin, end);
                            else put_steps<Lanes, rows_type::keeps_lines>(part, writer, begin, end);
                        });
        }
        if constexpr (requires { sink.end_row(y); }) sink.end_row(y);
    }
}

template <class Policy, class Pipeline>
constexpr blocks cut(Policy const& policy, Pipeline const& p, tiling t) {
    auto const cost = fold(cost_visitor{}, p);
    return cut(p.size(), cost.bytes_per_column, cost.halo, policy.concurrency(), t);
}

} // namespace detail

QUOIN_NAMESPACE_END

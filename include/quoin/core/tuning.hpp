// SPDX-License-Identifier: BSL-1.0
// Constants that were chosen by measuring, each with the benchmark that shows its effect. No constant changes a result.
#pragma once

#include <quoin/core/geometry.hpp>

#include <cstddef>
#include <cstdint>

QUOIN_NAMESPACE_BEGIN
namespace detail::tuning {

// ---- the line engine

/// The bytes of the buffered rows of all stages of a block. They should stay in the second-level cache, with room for
/// the source and the result. quoin-bench --benchmark_filter='^(chain-5|local-10)'
inline constexpr index_t line_budget = 256 * 1024;
/// The least width of a column tile, if line_budget requires tiles. quoin-bench --benchmark_filter='^local-10.*/8k/'
inline constexpr index_t least_tile_columns = 512;
/// The largest number of strips per thread, for load balance. quoin-bench
/// --benchmark_filter='^(chain-5|local-10).*/parallel'
inline constexpr index_t most_strips_per_thread = 4;
/// The least number of rows of a strip, if there are several. quoin-bench
/// --benchmark_filter='^(chain-5|brightness).*/720p/parallel'
inline constexpr index_t least_strip_rows = 32;
/// A strip has at least this many times the rows that it shares with its neighbors, because both compute these.
/// quoin-bench --benchmark_filter='^local-10.*/parallel'
inline constexpr index_t strip_rows_per_halo_row = 40;
/// The distance between two buffered rows is kept this many bytes from every multiple of a page. Otherwise the rows
/// would compete for the same sets of the first-level cache, and a store into one would alias loads from the others. A
/// seventh of a page keeps up to seven rows apart. quoin-bench --benchmark_filter='^(gaussian5|local-10).*/4k/'
inline constexpr index_t lines_apart = 576;
/// The number of rows that a window moves down before its list of lines restarts. quoin-bench
/// --benchmark_filter='^local-10'
inline constexpr int rows_before_rewinding = 29;
/// If at most narrow_row bytes of each row are read, rows are prefetched rows_ahead rows before they are read.
/// quoin-bench --benchmark_filter='^(transpose|rotate90)<rgb'
inline constexpr index_t narrow_row = 1024, rows_ahead = 8;
/// The rows of a transposed image that are computed together. They are as many columns of the input. A multiple of 64.
/// quoin-bench --benchmark_filter='^(transpose|rotate90)'
inline constexpr index_t transposed_rows = 64;
/// Below this many bytes of source and result, streaming stores are not considered. quoin-bench
/// --benchmark_filter='^(memcpy|brightness)'
inline constexpr std::size_t least_streamed = std::size_t{4} << 20;

// ---- the tile engine

/// The sizes of a team's tile; the first one whose scratch memory is fast is used. A larger tile has a smaller share of
/// halo, which is read again. bench/report/cuda_counts.py
inline constexpr extent tiles[] = {{128, 32}, {64, 16}};

// ---- filters

/// Above this radius the box filter uses running sums of columns instead of adding them directly. quoin-bench
/// --benchmark_filter='^box-'
inline constexpr int box_direct_radius_of_bytes = 6, box_direct_radius = 3;
/// Of rectangles of more pixels, least and greatest values are taken row by row, from extremes of fewer pixels.
/// quoin-bench --benchmark_filter='^erode-'
inline constexpr int extrema_window = 9;

/// From this side on, values of a rank in windows of bytes are found by histograms of columns, if they have no sorting
/// network. quoin-bench --benchmark_filter='^(median|percentile)'
inline constexpr int least_counted_side = 5;

/// The columns and rows of results whose values of wider channels are sorted together, for windows of this side. Larger
/// tiles share more of their values; in smaller ones fewer lie between two values of a window. After a start, the first
/// rows are fewer. quoin-bench --benchmark_filter='^median-(15|31|101)<(u16|f32)'
constexpr int rank_tile_columns(int side) {
    return side < 21 ? 64 : side < 41 ? 96 : 128;
}
constexpr int rank_tile_rows(int side) {
    return side < 21 ? 48 : side < 41 ? 64 : side < 81 ? 96 : 128;
}
inline constexpr int first_rank_rows = 8;

/// The bytes of a line of what medians keep for a part of the columns. Loops over fewer columns cost more than their
/// steps. quoin-bench --benchmark_filter='^median-'
inline constexpr int median_part_bytes = 512;

// ---- measures

/// The least number of pixels that a thread counts for each entry of its tables. For fewer, clearing and merging tables
/// costs more than counting. quoin-bench --benchmark_filter='^histogram'
inline constexpr std::size_t histogram_pixels_per_entry = 4;
/// The number of tables that a histogram alternates between: for 256 entries, and for 65,536 entries, of which more
/// would not fit the second-level cache. quoin-bench --benchmark_filter='^histogram'
inline constexpr std::size_t histogram_tables_of_bytes = 8, histogram_tables = 2;
/// After this many bytes, a histogram counts bytes in pairs, in a table of all pairs. quoin-bench
/// --benchmark_filter='^histogram<u8>'
inline constexpr index_t histogram_before_pairs = 1 << 17;
/// The prefetch distance in bytes, for tables so large that they displace the data that the processor prefetches
/// itself. quoin-bench --benchmark_filter='^histogram<u16>'
inline constexpr std::uintptr_t histogram_prefetch = 1024;

// ---- masks, components, rectangles

/// The rows of a mask in one chunk of work. quoin-bench --benchmark_filter='^to_bits-opening'
inline constexpr index_t mask_rows = 64;
/// The words of a row in one chunk of work along the columns of a mask. quoin-bench
/// --benchmark_filter='^segment-minimum'
inline constexpr index_t mask_column_words = 16;
/// The rows that are labeled together. Their intermediate results stay in the second-level cache. quoin-bench
/// --benchmark_filter='^(components|segment-run_merge)'
inline constexpr index_t label_strip_rows = 64;
/// The least number of rows of a strip in which properties of components are summed. quoin-bench
/// --benchmark_filter='^components-moments-means'
inline constexpr index_t least_sum_rows = 64;
/// Chords that begin within this many positions of each other are numbered together, so that conflicts are close in
/// memory. quoin-bench --benchmark_filter='^segment-minimum'
inline constexpr index_t chord_band = 64;

} // namespace detail::tuning
QUOIN_NAMESPACE_END

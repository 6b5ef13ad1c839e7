// SPDX-License-Identifier: BSL-1.0
// Every constant that was chosen by measuring, with the benchmark that shows its effect. None of them changes a result.
#pragma once

#include <quoin/core/geometry.hpp>

#include <cstddef>
#include <cstdint>

QUOIN_NAMESPACE_BEGIN
namespace detail::tuning {

// ---- the line engine

/// Bytes of the buffered rows of all stages of a block: they should stay in the second-level cache, with room for the
/// source and the result. quoin-bench --benchmark_filter='^(chain-5|local-10)'
inline constexpr index_t line_budget = 256 * 1024;
/// Where that budget asks for column tiles, none is narrower than this.
/// quoin-bench --benchmark_filter='^local-10.*/8k/'
inline constexpr index_t least_tile_columns = 512;
/// Strips of each thread that balance the load. quoin-bench --benchmark_filter='^(chain-5|local-10).*/parallel'
inline constexpr index_t most_strips_per_thread = 4;
/// No strip of several has fewer rows. quoin-bench --benchmark_filter='^(chain-5|brightness).*/720p/parallel'
inline constexpr index_t least_strip_rows = 32;
/// A strip has at least so many times the rows that it shares with its neighbors, which both compute.
/// quoin-bench --benchmark_filter='^local-10.*/parallel'
inline constexpr index_t strip_rows_per_halo_row = 40;
/// The distance of two buffered rows is kept so many bytes from every multiple of a page: else they would lie in the
/// same few places of the first-level cache, and a store into one would seem to touch the others. A seventh of a page
/// keeps up to seven rows apart. quoin-bench --benchmark_filter='^(gaussian5|local-10).*/4k/'
inline constexpr index_t lines_apart = 576;
/// Rows that a window moves down before its list of lines begins anew. quoin-bench --benchmark_filter='^local-10'
inline constexpr int rows_before_rewinding = 29;
/// Below this many bytes of source and result, stores past the caches are not considered.
/// quoin-bench --benchmark_filter='^(memcpy|brightness)'
inline constexpr std::size_t least_streamed = std::size_t{4} << 20;

// ---- the tile engine

/// Tiles of a team: of a larger one less is halo, which is read again; the first whose scratch memory is
/// fast is taken. bench/report/cuda_counts.py
inline constexpr extent tiles[] = {{128, 32}, {64, 16}};

// ---- filters

/// From the next radius on the box filter adds sums of columns, not pixels. quoin-bench --benchmark_filter='^box-'
inline constexpr int box_direct_radius_of_bytes = 6, box_direct_radius = 3;

// ---- measures

/// A thread counts at least so many pixels for each entry of its tables: for fewer, clearing and merging tables costs
/// more than counting. quoin-bench --benchmark_filter='^histogram'
inline constexpr std::size_t histogram_pixels_per_entry = 4;
/// Tables that take turns: of 256 entries, and of 65,536, of which more would not fit into the second-level cache.
/// quoin-bench --benchmark_filter='^histogram'
inline constexpr std::size_t histogram_tables_of_bytes = 8, histogram_tables = 2;
/// Bytes are counted in pairs, in a table of all pairs, once so many were counted singly.
/// quoin-bench --benchmark_filter='^histogram<u8>'
inline constexpr index_t histogram_before_pairs = 1 << 17;
/// Bytes ahead that are asked for, where large tables take the cache that the processor would fill by itself.
/// quoin-bench --benchmark_filter='^histogram<u16>'
inline constexpr std::uintptr_t histogram_prefetch = 1024;

// ---- masks, components, rectangles

/// Rows of a mask that are handed out as one piece of work. quoin-bench --benchmark_filter='^to_bits-opening'
inline constexpr index_t mask_rows = 64;
/// Words of a row of a mask that are handed out where work runs down the columns.
/// quoin-bench --benchmark_filter='^segment-minimum'
inline constexpr index_t mask_column_words = 16;
/// Rows that are labeled at once: what is written for them stays in the second-level cache.
/// quoin-bench --benchmark_filter='^(components|segment-run_merge)'
inline constexpr index_t label_strip_rows = 64;
/// Rows of the strips in which properties of components are summed, at least.
/// quoin-bench --benchmark_filter='^components-moments-means'
inline constexpr index_t least_sum_rows = 64;
/// Chords that begin within so many positions of each other are numbered together, so that conflicts are near in
/// memory.
/// quoin-bench --benchmark_filter='^segment-minimum'
inline constexpr index_t chord_band = 64;

} // namespace detail::tuning
QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The borders of a mask as cycles through the ends of its runs.
#pragma once

#include <quoin/mask/runs.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Side 2 k is the left end of run k, and side 2 k + 1 its right end. A walk along a border with the set pixels to its
/// left goes down along left ends and up along right ends. Between two of them it goes along a row. So each side has
/// one side that follows, which is of the same row or of one beside it, and borders are the cycles of this order.
///
/// The walk goes over to a run below whose pixels touch at sides or corners, for which components are 8-connected.
///
/// A link is the difference to the side that follows: +-1 is a side of the same row, and any other one is even. It is
/// never 0.
using side_links = std::vector<std::int32_t>;

/// Writes the links of the left ends of the runs `above` and of the right ends of the runs `below`, which are the next
/// row. The links of both rows are one array.
inline void link_rows(std::span<pixel_run const> above, std::span<pixel_run const> below, std::int32_t* above_links,
                      std::int32_t* below_links) {
    auto const side = [](std::size_t run) { return 2 * static_cast<std::int32_t>(run); };
    std::int32_t const row = side(above.size());
    // Down along the left end of run i to the first run below that touches it, or around its end.
    for (std::size_t i = 0, j = 0; i < above.size(); ++i) {
        while (j < below.size() && below[j].end < above[i].begin) ++j;
        bool const touches = j < below.size() && below[j].begin <= above[i].end;
        bool const shared = touches && i > 0 && above[i - 1].end >= below[j].begin;
        above_links[2 * i] = !touches ? 1 : shared ? -1 : row + side(j) - side(i);
    }
    // Up along the right end of run j to the last run above that touches it.
    for (std::size_t i = 0, j = 0; j < below.size(); ++j) {
        while (i + 1 < above.size() && above[i + 1].begin <= below[j].end) ++i;
        bool const touches = i < above.size() && above[i].begin <= below[j].end && above[i].end >= below[j].begin;
        bool const shared = touches && j + 1 < below.size() && below[j + 1].begin <= above[i].end;
        below_links[2 * j + 1] = !touches ? -1 : shared ? 1 : side(i) - row - side(j);
    }
}

template <concepts::policy Policy>
void link_sides(Policy const& p, run_list const& runs, side_links& links) {
    resize_for_use(links, 2 * runs.size());
    index_t const height = runs.height();
    // Each call links two rows; the first and the last row meet an empty one.
    for_each_chunk(p, row_chunks(height + 1), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y) {
            auto const above = y > 0 ? runs.row(y - 1) : std::span<pixel_run const>();
            auto const below = y < height ? runs.row(y) : std::span<pixel_run const>();
            std::int32_t* const middle = links.data() + 2 * (y < height ? runs.first[y] : runs.size());
            link_rows(above, below, middle - 2 * above.size(), middle);
        }
    });
}

} // namespace detail
QUOIN_NAMESPACE_END

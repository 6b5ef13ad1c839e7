// SPDX-License-Identifier: BSL-1.0
// Rows that are read in bands of heights that the fuzzer's bytes choose.
#pragma once

#include <quoin/image/image.hpp>

#include <algorithm>

namespace fuzz {

/// f(y, band) for bands of 1 to 7 rows, up to the last row. Returns how many rows there were.
template <class P, class Reader, class F>
quoin::index_t for_each_band(Reader& rows, unsigned heights, F const& f) {
    quoin::index_t y = 0;
    while (rows.rows_left() > 0) {
        heights = heights * 5 + 3;
        quoin::image<P> band(rows.width(), std::min<quoin::index_t>(1 + heights % 7, rows.rows_left()));
        rows.read_rows(band.view());
        f(y, band);
        y += band.height();
    }
    return y;
}

} // namespace fuzz

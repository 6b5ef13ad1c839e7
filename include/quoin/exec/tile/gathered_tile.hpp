// SPDX-License-Identifier: BSL-1.0
// A gathering stage of the tile engine.
#pragma once

#include <quoin/exec/tile/tile_steps.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Pixels of f over a view, computed where they are read.
template <class View, class F, class Border>
struct gathered_tile {
    using pixel_type = typename View::pixel_type;
    View view;
    [[no_unique_address]] F f;
    [[no_unique_address]] Border border;

    QUOIN_FN extent size() const { return f.result({view.width(), view.height()}); }
    QUOIN_FN std::size_t scratch_bytes(index_t, index_t) const { return 0; }
    template <class Team, class Scratch>
    QUOIN_FN void prepare(Team const&, Scratch const&, rect) {}
    QUOIN_INLINE pixel_type load(int x, int y) const { return f.at(view, border, x, y); }
    QUOIN_INLINE step_pixels<pixel_type> load_step(int x, int y) const {
        step_pixels<pixel_type> pixels;
        for (int i = 0; i < tile_step; ++i) pixels.at[i] = load(x + i, y);
        return pixels;
    }
};

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// fill_box, draw_box: rectangles along the axes.
#pragma once

#include <quoin/draw/detail/ink.hpp>

QUOIN_NAMESPACE_BEGIN

/// Blends the pixels of a rectangle with a color; for alpha see stroke. Pixels outside the view are left out. An empty
/// rectangle has none. Cost: the pixels that are written.
/// @throws invalid_argument for a negative side, for corners outside of -2^31 to 2^31, and for an alpha outside of 0 to
/// 255, before anything is written.
template <class P>
void fill_box(image_view<P> const& out, rect const& box, std::type_identity_t<P> const& color, int alpha = 255) {
    detail::check_box("quoin::fill_box", box);
    detail::check_alpha("quoin::fill_box", alpha);
    detail::ink<P> const ink(out, color, alpha);
    index_t const end = std::min(ink.size().height, box.bottom());
    for (index_t y = std::max(index_t{0}, box.y); y < end; ++y) ink(y, box.x, box.right());
}

/// Draws the outline of a rectangle: its pixels that are fewer than `thickness` pixels away from a side, so all lie
/// inside the rectangle. If it has at most two thicknesses of columns or rows, these are all of its pixels. Otherwise
/// as fill_box.
/// @throws as fill_box, and for a thickness outside of 1 to 32767.
template <class P>
void draw_box(image_view<P> const& out, rect const& box, std::type_identity_t<P> const& color, stroke const& how = {}) {
    detail::check_box("quoin::draw_box", box);
    detail::check_stroke("quoin::draw_box", how);
    detail::ink<P> const ink(out, color, how.alpha);
    index_t const left = box.x + how.thickness, right = box.right() - how.thickness;
    index_t const top = box.y + how.thickness, bottom = box.bottom() - how.thickness;
    index_t const end = std::min(ink.size().height, box.bottom());
    for (index_t y = std::max(index_t{0}, box.y); y < end; ++y) {
        if (y < top || y >= bottom || left >= right) {
            ink(y, box.x, box.right());
        } else {
            ink(y, box.x, left);
            ink(y, right, box.right());
        }
    }
}

QUOIN_NAMESPACE_END

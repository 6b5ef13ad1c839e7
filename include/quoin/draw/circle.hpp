// SPDX-License-Identifier: BSL-1.0
// fill_circle, draw_circle: discs and rings.
#pragma once

#include <quoin/draw/detail/floor_sqrt.hpp>
#include <quoin/draw/detail/ink.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

constexpr void check_circle(char const* what, point center, index_t radius) {
    check_place(what, center);
    if (radius < 0 || radius > farthest)
        raise(what, ": the radius ", radius, " is not in 0 to 2^31; 0 is the center alone");
}

/// The pixels with inner^2 < (x - center.x)^2 + (y - center.y)^2 <= radius^2. A negative `inner` leaves nothing out.
template <class Span>
void ring_spans(extent size, point center, index_t radius, index_t inner, Span const& span) {
    index_t const end = std::min(size.height, center.y + radius + 1);
    for (index_t y = std::max(index_t{0}, center.y - radius); y < end; ++y) {
        index_t const dy = y - center.y;
        index_t const outside = floor_sqrt(radius * radius - dy * dy);
        if (std::abs(dy) > inner) {
            span(y, center.x - outside, center.x + outside + 1);
        } else {
            index_t const inside = floor_sqrt(inner * inner - dy * dy);
            span(y, center.x - outside, center.x - inside);
            span(y, center.x + inside + 1, center.x + outside + 1);
        }
    }
}

} // namespace detail

/// Blends the pixels of a disc with a color: those with (x - center.x)^2 + (y - center.y)^2 <= radius^2, exactly. For
/// alpha see stroke. Pixels outside the view are left out. Cost: the pixels that are written, and a root a row.
/// @throws invalid_argument for a center outside of -2^31 to 2^31, for a radius outside of 0 to 2^31, and for an alpha
/// outside of 0 to 255, before anything is written.
template <class P>
void fill_circle(image_view<P> const& out, point center, index_t radius, std::type_identity_t<P> const& color,
                 int alpha = 255) {
    detail::check_circle("quoin::fill_circle", center, radius);
    detail::check_alpha("quoin::fill_circle", alpha);
    detail::ink<P> const ink(out, color, alpha);
    detail::ring_spans(ink.size(), center, radius, -1, ink);
}

/// Draws the outline of a disc: its pixels that are not in the disc whose radius is smaller by the thickness t. So they
/// have (radius - t)^2 < (x - center.x)^2 + (y - center.y)^2 <= radius^2, exactly. If the thickness is larger than the
/// radius, these are all. Otherwise as fill_circle.
/// @throws as fill_circle, and for a thickness outside of 1 to 32767.
template <class P>
void draw_circle(image_view<P> const& out, point center, index_t radius, std::type_identity_t<P> const& color,
                 stroke const& how = {}) {
    detail::check_circle("quoin::draw_circle", center, radius);
    detail::check_stroke("quoin::draw_circle", how);
    detail::ink<P> const ink(out, color, how.alpha);
    detail::ring_spans(ink.size(), center, radius, radius - how.thickness, ink);
}

QUOIN_NAMESPACE_END

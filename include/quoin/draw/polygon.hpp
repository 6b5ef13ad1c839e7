// SPDX-License-Identifier: BSL-1.0
// fill_polygon, draw_polygon: polygons by the even-odd rule.
#pragma once

#include <quoin/draw/detail/polygon_spans.hpp>
#include <quoin/draw/line.hpp>

QUOIN_NAMESPACE_BEGIN

/// Blends the pixels whose centers lie inside the contours with a color. A contour is a closed polygon. A center is
/// inside if a ray from it crosses the contours an odd number of times, so a contour in another one is a hole, and
/// contours may cross themselves. For alpha see stroke.
///
/// Vertices count 2^-fraction_bits of a pixel; the center of pixel (x, y) is at (x, y). A center on an edge lies inside
/// if the inside is to the right of the edge; on a horizontal edge, if it is below. So polygons that share edges cover
/// each pixel once, and the polygon (0, 0), (w, 0), (w, h), (0, h) has the pixels of the rect {0, 0, w, h}. Edges are
/// exact. Pixels outside the view are left out. Vertices are in -2^31 to 2^31, in their unit.
///
/// Cost: the pixels that are written, for each row a few steps for each edge in it, and memory for the edges.
/// @throws invalid_argument for another coordinate, for fraction_bits outside of 0 to 16, and for an alpha outside of 0
/// to 255, before anything is written.
template <class P>
void fill_polygon(image_view<P> const& out, std::span<std::vector<point> const> contours,
                  std::type_identity_t<P> const& color, int alpha = 255, int fraction_bits = 0) {
    detail::polygon_edges edges(out.height(), fraction_bits);
    for (std::vector<point> const& contour : contours) edges.add(contour);
    detail::check_alpha("quoin::fill_polygon", alpha);
    detail::ink<P> const ink(out, color, alpha);
    if (!ink.size().empty()) edges.spans(ink);
}

/// The same for one contour.
template <class P>
void fill_polygon(image_view<P> const& out, std::span<point const> contour, std::type_identity_t<P> const& color,
                  int alpha = 255, int fraction_bits = 0) {
    detail::polygon_edges edges(out.height(), fraction_bits);
    edges.add(contour);
    detail::check_alpha("quoin::fill_polygon", alpha);
    detail::ink<P> const ink(out, color, alpha);
    if (!ink.size().empty()) edges.spans(ink);
}

/// Draws the outline of a polygon: draw_polyline with a segment from the last point to the first one. Its pixels lie to
/// both sides of the edges.
/// @throws as draw_line.
template <class P>
void draw_polygon(image_view<P> const& out, std::span<point const> contour, std::type_identity_t<P> const& color,
                  stroke const& how = {}) {
    detail::draw_segments("quoin::draw_polygon", out, contour, true, color, how);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// draw_line, draw_polyline: segments of any thickness.
#pragma once

#include <quoin/draw/detail/ink.hpp>
#include <quoin/draw/detail/line_spans.hpp>

#include <span>

QUOIN_NAMESPACE_BEGIN

/// Draws the segment from `from` to `to` into a view, both ends with it. The pixels are the same if the ends change
/// places.
/// - Thickness 1: a line that is at least as wide as high has one pixel in each column, that whose center is nearest to
///   the segment; halfway between two it is the lower one. A line that is higher than wide has one in each row, halfway
///   that on the right.
/// - Thickness t > 1: the pixels whose centers are at most t / 2 away from the segment, exactly. The ends are round. A
///   line along an axis has t rows if t is odd, and t + 1 if it is even.
///
/// Pixels outside the view are left out. Those inside are the same as on a larger view. Coordinates are in -2^31 to
/// 2^31. Blending: see stroke. Cost: the pixels that are written, and for thick lines a few divisions a row; pixels
/// outside the view cost nothing.
/// @throws invalid_argument for another coordinate, thickness or alpha, before anything is written.
template <class P>
void draw_line(image_view<P> const& out, point from, point to, std::type_identity_t<P> const& color,
               stroke const& how = {}) {
    detail::check_place("quoin::draw_line", from);
    detail::check_place("quoin::draw_line", to);
    detail::check_stroke("quoin::draw_line", how);
    detail::ink<P> const ink(out, color, how.alpha);
    detail::line_spans(ink.size(), from, to, how.thickness, ink);
}

namespace detail {

template <class P>
void draw_segments(char const* what, image_view<P> const& out, std::span<point const> points, bool closed,
                   P const& color, stroke const& how) {
    for (point const& p : points) check_place(what, p);
    check_stroke(what, how);
    ink<P> const to(out, color, how.alpha);
    auto const all = [&](auto& span) {
        if (points.size() == 1) line_spans(to.size(), points[0], points[0], how.thickness, span);
        for (std::size_t i = 1; i < points.size(); ++i)
            line_spans(to.size(), points[i - 1], points[i], how.thickness, span);
        if (closed && points.size() > 2) line_spans(to.size(), points.back(), points.front(), how.thickness, span);
    };
    if (to.covers()) return all(to);
    kept_spans spans(to.size());
    all(spans);
    spans.write(to);
}

} // namespace detail

/// Draws the segments from each point to the next one, each as draw_line does. A single point is a segment from it to
/// itself. Each pixel is blended once, also where segments meet or cross. Cost: that of the segments; with an alpha
/// below 255 also 40 bytes for each span of pixels, and sorting these.
/// @throws as draw_line.
template <class P>
void draw_polyline(image_view<P> const& out, std::span<point const> points, std::type_identity_t<P> const& color,
                   stroke const& how = {}) {
    detail::draw_segments("quoin::draw_polyline", out, points, false, color, how);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// fill_labels, draw_label_outlines, label_color: label images over pictures.
#pragma once

#include <quoin/draw/detail/ink.hpp>

QUOIN_NAMESPACE_BEGIN

/// A saturated color for a number, far from those of the neighboring numbers: steps of the golden ratio around the
/// circle of hues. Its channels are in 55 to 255.
constexpr rgb8 label_color(index_t label) {
    auto const turn = static_cast<std::uint32_t>(label) * 2654435769u;
    int const hue = static_cast<int>(turn >> 16) * 1536 / 65536; // of 6 * 256 shades
    auto const level = [](int shade) { return static_cast<std::uint8_t>(55 + shade * 200 / 255); };
    std::uint8_t const up = level(hue % 256), down = level(255 - hue % 256), high = level(255), low = level(0);
    switch (hue / 256) {
    case 0:
        return {high, up, low};
    case 1:
        return {down, high, low};
    case 2:
        return {low, high, up};
    case 3:
        return {low, down, high};
    case 4:
        return {up, low, high};
    default:
        return {high, low, down};
    }
}

namespace detail {

template <class L>
void check_labels(char const* what, extent out, image_view<L> const& labels) {
    static_assert(std::integral<std::remove_const_t<L>>,
                  "quoin::draw: labels are gray pixels of an integer type, as watershed and label_image make them");
    if (labels.size() != out)
        raise(what, ": labels of ", labels.width(), " x ", labels.height(), " do not fit a view of ", out.width, " x ",
              out.height, "; give both the same extent");
}

/// Spans of pixels with one label, each in the color of that label, where drawn(x, y, label).
template <class P, class L, class Colors, class Drawn>
void label_spans(image_view<P> const& out, image_view<L> const& labels, Colors const& colors, int alpha,
                 Drawn const& drawn) {
    for (index_t y = 0; y < out.height(); ++y) {
        L* const row = labels.row(y);
        for (index_t x = 0; x < out.width();) {
            auto const label = row[x];
            index_t const begin = x++;
            if (label == 0 || !drawn(begin, y, label)) continue;
            while (x < out.width() && row[x] == label && drawn(x, y, label)) ++x;
            ink<P>(out, colors(label), alpha)(y, begin, x);
        }
    }
}

} // namespace detail

/// Blends each pixel that has a label other than 0 with colors(label), for example label_color. For alpha see stroke.
/// Cost: one pass.
/// @throws invalid_argument unless the extents are the same, and for an alpha outside of 0 to 255, before anything is
/// written.
template <class P, class L, class Colors>
void fill_labels(image_view<P> const& out, image_view<L> const& labels, Colors const& colors, int alpha = 255) {
    detail::check_labels("quoin::fill_labels", out.size(), labels);
    detail::check_alpha("quoin::fill_labels", alpha);
    if (alpha == 0) return;
    detail::label_spans(out, labels, colors, alpha, [](index_t, index_t, auto) { return true; });
}

/// The same for the outlines of regions alone: pixels with a label other than 0, one of whose four neighbors is in the
/// image and has another label. So an outline lies inside its region, and the sides of the image are none.
/// @throws as fill_labels.
template <class P, class L, class Colors>
void draw_label_outlines(image_view<P> const& out, image_view<L> const& labels, Colors const& colors, int alpha = 255) {
    detail::check_labels("quoin::draw_label_outlines", out.size(), labels);
    detail::check_alpha("quoin::draw_label_outlines", alpha);
    if (alpha == 0) return;
    detail::label_spans(out, labels, colors, alpha, [&](index_t x, index_t y, auto label) {
        return (x > 0 && labels(x - 1, y) != label) || (x + 1 < labels.width() && labels(x + 1, y) != label) ||
               (y > 0 && labels(x, y - 1) != label) || (y + 1 < labels.height() && labels(x, y + 1) != label);
    });
}

QUOIN_NAMESPACE_END

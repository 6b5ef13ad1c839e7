// SPDX-License-Identifier: BSL-1.0
// draw_text, text_extent: labels in a bitmap font.
#pragma once

#include <quoin/draw/detail/glyphs.hpp>
#include <quoin/draw/detail/ink.hpp>

#include <string_view>

QUOIN_NAMESPACE_BEGIN

/// The size and the opacity of text.
struct lettering {
    index_t scale = 1; ///< the side of a pixel of the font, from 1 to 1024
    int alpha = 255;   ///< see stroke
};

/// The extent of text: that of the smallest rectangle with all places for glyphs. A line of n characters has 6 n - 1
/// columns, for glyphs of 5 columns, and 9 rows: 7 above the baseline and 2 below it. Each '\n' starts a line 11 rows
/// lower. All of this times the scale. Text of no character has no columns and no rows.
constexpr extent text_extent(std::string_view text, index_t scale = 1);

namespace detail {

/// Calls character(column, row, rows of the glyph) for each character, in pixels of the font. A character of several
/// bytes in UTF-8 is one that the font lacks.
template <class Character>
constexpr void for_each_character(std::string_view text, Character const& character) {
    index_t x = 0, y = 0;
    for (char const c : text) {
        auto const code = static_cast<unsigned char>(c);
        if (c == '\n') {
            x = 0;
            y += line_advance;
        } else if ((code & 0xc0) != 0x80) { // others continue a character
            character(x, y, code >= 32 && code < 127 ? glyphs[code - 32] : missing_glyph);
            x += glyph_advance;
        }
    }
}

constexpr void check_scale(char const* what, index_t scale) {
    if (scale < 1 || scale > 1024)
        raise(what, ": the scale ", scale, " is not in 1 to 1024; 1 are glyphs of 5 x 9 pixels");
}

} // namespace detail

constexpr extent text_extent(std::string_view text, index_t scale) {
    detail::check_scale("quoin::text_extent", scale);
    extent all;
    detail::for_each_character(text, [&](index_t x, index_t y, std::uint8_t const*) {
        all.width = std::max(all.width, (x + detail::glyph_width) * scale);
        all.height = (y + detail::glyph_height) * scale;
    });
    return all;
}

/// Draws text whose top left corner is the pixel `at`, and returns text_extent(text, how.scale). The font has the
/// printable characters of ASCII, in 5 x 9 pixels: 7 rows above the baseline, 2 below it. Each pixel of the font is a
/// square of scale x scale. Other characters, also those of several bytes in UTF-8, are a box; '\n' starts a line. Only
/// the strokes of glyphs are blended, each pixel once; for alpha see stroke. Pixels outside the view are left out.
/// Cost: the pixels that are written, and a step for each character.
/// @throws invalid_argument for a place outside of -2^31 to 2^31, a scale outside of 1 to 1024 and an alpha outside of
/// 0 to 255, before anything is written.
template <class P>
extent draw_text(image_view<P> const& out, point at, std::string_view text, std::type_identity_t<P> const& color,
                 lettering const& how = {}) {
    detail::check_place("quoin::draw_text", at);
    detail::check_scale("quoin::draw_text", how.scale);
    detail::check_alpha("quoin::draw_text", how.alpha);
    detail::ink<P> const ink(out, color, how.alpha);
    extent const size = ink.size();
    detail::for_each_character(text, [&](index_t column, index_t row, std::uint8_t const* glyph) {
        index_t const left = at.x + column * how.scale, top = at.y + row * how.scale;
        if (left >= size.width || left + detail::glyph_width * how.scale <= 0) return;
        index_t const end = std::min(size.height, top + detail::glyph_height * how.scale);
        for (index_t y = std::max(index_t{0}, top); y < end; ++y) {
            unsigned const bits = glyph[(y - top) / how.scale];
            for (int i = 0; i < detail::glyph_width; ++i)
                if (bits >> (detail::glyph_width - 1 - i) & 1) ink(y, left + i * how.scale, left + (i + 1) * how.scale);
        }
    });
    return text_extent(text, how.scale);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// dilation, erosion, opening and closing of a mask by a square or by any element.
#pragma once

#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/mask/detail/element_rows.hpp>
#include <quoin/mask/detail/spread_rows.hpp>

QUOIN_NAMESPACE_BEGIN

/// Sets pixel (x, y) iff any pixel of the mask at (x + dx, y + dy) with |dx| <= radius and |dy| <= radius is set.
/// Border: pixels outside the mask do not count, which is the default of OpenCV's dilate, erode and morphologyEx. Cost:
/// about log2(radius) operations a word along rows and 3 along columns. A radius of 1 needs one pass over the mask.
///
/// Source: for columns, M. van Herk 1992, J. Gil and M. Werman 1993.
/// @throws invalid_argument for a negative radius.
template <concepts::policy Policy>
bit_image dilation(Policy const& p, bit_image const& mask, index_t radius);

/// Sets pixel (x, y) iff all pixels of the mask at (x + dx, y + dy) with |dx| <= radius and |dy| <= radius are set.
/// Border, cost and source are those of dilation().
/// @throws invalid_argument for a negative radius.
template <concepts::policy Policy>
bit_image erosion(Policy const& p, bit_image const& mask, index_t radius);

/// dilation(erosion(mask)). Removes parts that are narrower or lower than 2 * radius + 1 pixels. Border, cost and
/// source are those of dilation(); a radius of 1 needs one pass for both steps.
/// @throws invalid_argument for a negative radius.
template <concepts::policy Policy>
bit_image opening(Policy const& p, bit_image const& mask, index_t radius);

/// erosion(dilation(mask)). Fills gaps that are narrower or lower than 2 * radius + 1 pixels. Border, cost and source
/// are those of dilation(); a radius of 1 needs one pass for both steps.
/// @throws invalid_argument for a negative radius.
template <concepts::policy Policy>
bit_image closing(Policy const& p, bit_image const& mask, index_t radius);

/// Sets pixel (x, y) iff any pixel of the mask at (x - dx, y - dy) is set, for the offsets (dx, dy) of the element.
/// Each set pixel becomes the element. Border: pixels outside the mask do not count. OpenCV's dilate reads
/// (x + dx, y + dy), which is this with element.reflected(). Cost, for each word of rows that are neither set nor unset
/// as a whole: one shift for each doubling up to the longest chord, two for each different chord, and one OR for each
/// chord. A disc of radius 15 has 31 chords, of which 10 are different.
template <concepts::policy Policy>
bit_image dilation(Policy const& p, bit_image const& mask, structuring_element const& element);

/// Sets pixel (x, y) iff all pixels of the mask at (x + dx, y + dy) are set, for the offsets (dx, dy) of the element.
/// Border: pixels outside the mask do not count, so a pixel all of whose offsets lie outside becomes set. Cost: that of
/// dilation() by the element.
template <concepts::policy Policy>
bit_image erosion(Policy const& p, bit_image const& mask, structuring_element const& element);

/// dilation(erosion(mask, element), element): what elements of set pixels cover. It is a subset of the mask, and its
/// own opening, for any element and any anchor. Border and cost are those of both.
template <concepts::policy Policy>
bit_image opening(Policy const& p, bit_image const& mask, structuring_element const& element);

/// erosion(dilation(mask, element), element). The mask is a subset of it, and it is its own closing. Border and cost
/// are those of both.
template <concepts::policy Policy>
bit_image closing(Policy const& p, bit_image const& mask, structuring_element const& element);

namespace detail {

inline void check_radius(char const* what, index_t radius) {
    if (radius < 0) raise(what, ": the radius is ", radius, "; give a number of pixels >= 0");
}

/// out |= in, shifted by `by` pixels to the right (towards higher x).
constexpr void or_from_left(std::uint64_t* out, std::uint64_t const* in, index_t words, index_t by) {
    index_t const whole = by / 64;
    int const part = static_cast<int>(by % 64);
    if (whole >= words) return;
    out[whole] |= in[0] << part;
    if (part == 0) write_words(out, whole + 1, words, [=](index_t i) { return out[i] | in[i - whole]; });
    else
        write_words(out, whole + 1, words,
                    [=](index_t i) { return out[i] | in[i - whole] << part | in[i - whole - 1] >> (64 - part); });
}

/// out |= in, shifted by `by` pixels to the left.
constexpr void or_from_right(std::uint64_t* out, std::uint64_t const* in, index_t words, index_t by) {
    index_t const whole = by / 64;
    int const part = static_cast<int>(by % 64);
    if (whole >= words) return;
    if (part == 0) write_words(out, 0, words - whole - 1, [=](index_t i) { return out[i] | in[i + whole]; });
    else
        write_words(out, 0, words - whole - 1,
                    [=](index_t i) { return out[i] | in[i + whole] >> part | in[i + whole + 1] << (64 - part); });
    out[words - 1 - whole] |= in[words - 1] >> part;
}

constexpr void or_row(std::uint64_t* out, std::uint64_t const* in, index_t words) {
    write_words(out, 0, words, [=](index_t i) { return out[i] | in[i]; });
}

/// Bit x becomes the OR of the bits x - radius .. x + radius. The reach to either side doubles in each step. The
/// scratch memory has room for two rows.
constexpr void dilate_row(std::uint64_t* row, index_t words, std::uint64_t last_mask, index_t radius,
                          std::uint64_t* scratch) {
    std::uint64_t* const other = scratch;
    std::uint64_t* const copy = scratch + words;
    std::copy_n(row, words, other);
    for (index_t reach = 0; reach < radius;) {
        index_t const step = std::min(reach + 1, radius - reach);
        std::copy_n(row, words, copy);
        or_from_left(row, copy, words, step);
        std::copy_n(other, words, copy);
        or_from_right(other, copy, words, step);
        reach += step;
    }
    or_row(row, other, words);
    row[words - 1] &= last_mask;
}

/// Sets `result` to the mask with its set pixels dilated, or its unset pixels for an erosion. Pixels outside the mask
/// never grow into it.
template <concepts::policy Policy>
void grow(Policy const& p, bit_image const& mask, index_t radius, bool unset, bit_image& result, row_memory& rows) {
    if (radius == 1 && !mask.empty()) return spread(p, mask, unset, false, result, rows);
    resize_for_use(result, mask.size());
    if (radius == 0 || mask.empty()) return copy_rows(p, mask, result);
    index_t const words = mask.words_per_row();
    index_t const height = mask.height();
    std::uint64_t const last_mask = mask.last_word_mask();
    index_t const reach_x = std::min(radius, mask.width());
    index_t const reach_y = std::min(radius, height);

    // Van Herk and Gil-Werman: `side` consecutive windows share the last row of the first one. Each window is a tail of
    // the rows up to that row, joined with a head of the rows after it. Both grow by one row a step.
    index_t const side = 2 * reach_y + 1;
    chunks const strips{height, side * std::max<index_t>(1, 64 / side)};
    rows.prepare(p.concurrency());
    for_each_chunk(p, strips, [&](index_t begin, index_t end) {
        rows.lend([&](aligned_array<std::uint64_t>& own) {
            make_room(own, (side + 4) * words);
            std::uint64_t* const tails = own.data();
            std::uint64_t* const head = tails + side * words;
            std::uint64_t* const wide = head + words;
            auto const dilated_row = [&](index_t y, std::uint64_t* out) {
                if (unset) complement_row(mask, y, out);
                else std::copy_n(mask.row(y), words, out);
                dilate_row(out, words, last_mask, reach_x, wide + words);
            };
            for (index_t first = begin; first < end; first += side) {
                for (index_t k = side - 1; k >= 0; --k) {
                    std::uint64_t* const tail = tails + k * words;
                    index_t const y = first - reach_y + k;
                    if (y >= 0 && y < height) dilated_row(y, tail);
                    else std::fill_n(tail, words, std::uint64_t{0});
                    if (k + 1 < side) or_row(tail, tail + words, words);
                }
                std::fill_n(head, words, std::uint64_t{0});
                for (index_t k = 0; k < side && first + k < end; ++k) {
                    index_t const y = first + k;
                    if (k > 0 && y + reach_y < height) {
                        dilated_row(y + reach_y, wide);
                        or_row(head, wide, words);
                    }
                    std::uint64_t* const out = result.row(y);
                    std::copy_n(head, words, out);
                    or_row(out, tails + k * words, words);
                    if (unset) complement_row(result, y, out);
                }
            }
        });
    });
}

/// Sets `result` to the mask dilated and then eroded, or the other way round if `unset`. `between` is overwritten.
template <concepts::policy Policy>
void grow_and_shrink(Policy const& p, bit_image const& mask, index_t radius, bool unset, bit_image& result,
                     bit_image& between, row_memory& rows) {
    if (radius == 1 && !mask.empty()) return spread(p, mask, unset, true, result, rows);
    grow(p, mask, radius, unset, between, rows);
    grow(p, between, radius, !unset, result, rows);
}

/// dilation() and erosion(), opening() and closing(), after the check of the radius.
template <concepts::policy Policy>
bit_image grown(Policy const& p, bit_image const& mask, index_t radius, bool unset) {
    bit_image result;
    row_memory rows;
    grow(p, mask, radius, unset, result, rows);
    return result;
}
template <concepts::policy Policy>
bit_image grown_and_shrunk(Policy const& p, bit_image const& mask, index_t radius, bool unset) {
    bit_image result, between;
    row_memory rows;
    grow_and_shrink(p, mask, radius, unset, result, between, rows);
    return result;
}

/// The radius of an element that is a square around its anchor, else -1.
inline index_t square_radius(structuring_element const& element) {
    rect const box = element.bounds();
    index_t const radius = box.width / 2;
    return element.is_rectangle() && box == rect{-radius, -radius, 2 * radius + 1, 2 * radius + 1} ? radius : -1;
}

/// dilation() and erosion() by an element.
template <concepts::policy Policy>
bit_image grown(Policy const& p, bit_image const& mask, structuring_element const& element, bool unset) {
    if (index_t const radius = square_radius(element); radius >= 0) return grown(p, mask, radius, unset);
    return painted(p, mask, unset ? element.reflected() : element, unset);
}

} // namespace detail

template <concepts::policy Policy>
bit_image dilation(Policy const& p, bit_image const& mask, index_t radius) {
    detail::check_radius("quoin::dilation", radius);
    return detail::grown(detail::policy_ref::to(p), mask, radius, false);
}

template <concepts::policy Policy>
bit_image erosion(Policy const& p, bit_image const& mask, index_t radius) {
    detail::check_radius("quoin::erosion", radius);
    return detail::grown(detail::policy_ref::to(p), mask, radius, true);
}

template <concepts::policy Policy>
bit_image opening(Policy const& p, bit_image const& mask, index_t radius) {
    detail::check_radius("quoin::opening", radius);
    return detail::grown_and_shrunk(detail::policy_ref::to(p), mask, radius, true);
}

template <concepts::policy Policy>
bit_image closing(Policy const& p, bit_image const& mask, index_t radius) {
    detail::check_radius("quoin::closing", radius);
    return detail::grown_and_shrunk(detail::policy_ref::to(p), mask, radius, false);
}

template <concepts::policy Policy>
bit_image dilation(Policy const& p, bit_image const& mask, structuring_element const& element) {
    return detail::grown(detail::policy_ref::to(p), mask, element, false);
}

template <concepts::policy Policy>
bit_image erosion(Policy const& p, bit_image const& mask, structuring_element const& element) {
    return detail::grown(detail::policy_ref::to(p), mask, element, true);
}

template <concepts::policy Policy>
bit_image opening(Policy const& p, bit_image const& mask, structuring_element const& element) {
    return dilation(p, erosion(p, mask, element), element);
}

template <concepts::policy Policy>
bit_image closing(Policy const& p, bit_image const& mask, structuring_element const& element) {
    return erosion(p, dilation(p, mask, element), element);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// dilation, erosion, opening and closing of a mask by a square of pixels.
#pragma once

#include <quoin/mask/detail/spread_rows.hpp>

#include <vector>

QUOIN_NAMESPACE_BEGIN

/// Pixel (x, y) is set iff any pixel of the mask at (x + dx, y + dy) with |dx| <= radius, |dy| <= radius is.
/// Pixels outside the mask do not count, here and below, which is what OpenCV's dilate, erode and
/// morphologyEx do by default. Cost: some log2(radius) operations a word along the rows and 3 down the
/// columns; a radius of 1, and an opening or closing by it, takes one pass over the mask.
/// @throws invalid_argument for a negative radius.
template <concepts::policy Policy>
bit_image dilation(Policy const& p, bit_image const& mask, index_t radius);

/// Pixel (x, y) is set iff all pixels of the mask within the radius, those outside not counting, are.
template <concepts::policy Policy>
bit_image erosion(Policy const& p, bit_image const& mask, index_t radius);

/// dilation(erosion(mask)): removes what is narrower or lower than 2 * radius + 1 pixels.
template <concepts::policy Policy>
bit_image opening(Policy const& p, bit_image const& mask, index_t radius);

/// erosion(dilation(mask)): fills gaps that are narrower or lower than 2 * radius + 1 pixels.
template <concepts::policy Policy>
bit_image closing(Policy const& p, bit_image const& mask, index_t radius);

namespace detail {

inline void check_radius(char const* what, index_t radius) {
    if (radius < 0) raise(what, ": the radius is ", radius, "; give a number of pixels >= 0");
}

/// out |= in moved by `by` pixels to the right (towards higher x).
constexpr void or_from_left(std::uint64_t* out, std::uint64_t const* in, index_t words, index_t by) {
    index_t const whole = by / 64;
    int const part = static_cast<int>(by % 64);
    if (whole >= words) return;
    out[whole] |= in[0] << part;
    if (part == 0) write_words(out, whole + 1, words, [=](index_t i) { return out[i] | in[i - whole]; });
    else
        write_words(out, whole + 1, words, [=](index_t i) {
            return out[i] | in[i - whole] << part | in[i - whole - 1] >> (64 - part);
        });
}

/// out |= in moved by `by` pixels to the left.
constexpr void or_from_right(std::uint64_t* out, std::uint64_t const* in, index_t words, index_t by) {
    index_t const whole = by / 64;
    int const part = static_cast<int>(by % 64);
    if (whole >= words) return;
    if (part == 0) write_words(out, 0, words - whole - 1, [=](index_t i) { return out[i] | in[i + whole]; });
    else
        write_words(out, 0, words - whole - 1, [=](index_t i) {
            return out[i] | in[i + whole] >> part | in[i + whole + 1] << (64 - part);
        });
    out[words - 1 - whole] |= in[words - 1] >> part;
}

constexpr void or_row(std::uint64_t* out, std::uint64_t const* in, index_t words) {
    write_words(out, 0, words, [=](index_t i) { return out[i] | in[i]; });
}

/// Bit x becomes the disjunction of the bits x - radius .. x + radius, by doubling the reach to either side.
/// The scratch has room for two rows.
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

/// Dilates the set pixels, or, for an erosion, the unset ones: what grows from inside never depends on the
/// outside.
template <concepts::policy Policy>
bit_image grow(Policy const& p, bit_image const& mask, index_t radius, bool unset) {
    if (radius == 0 || mask.empty()) return mask;
    if (radius == 1) return spread(p, mask, unset, false);
    index_t const words = mask.words_per_row();
    index_t const height = mask.height();
    std::uint64_t const last_mask = mask.last_word_mask();
    index_t const reach_x = std::min(radius, mask.width());
    index_t const reach_y = std::min(radius, height);

    // Van Herk and Gil-Werman: of `side` consecutive windows, each is a tail of the rows up to the first
    // window's last one, joined with a head of the rows after it; both grow by one row a step.
    bit_image result(mask.size(), uninitialized);
    index_t const side = 2 * reach_y + 1;
    chunks const strips{height, side * std::max<index_t>(1, 64 / side)};
    for_each_chunk(p, strips, [&](index_t begin, index_t end) {
        std::vector<std::uint64_t> buffer(static_cast<std::size_t>((side + 4) * words));
        std::uint64_t* const tails = buffer.data();
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
    return result;
}

} // namespace detail

template <concepts::policy Policy>
bit_image dilation(Policy const& p, bit_image const& mask, index_t radius) {
    detail::check_radius("quoin::dilation", radius);
    return detail::grow(p, mask, radius, false);
}

template <concepts::policy Policy>
bit_image erosion(Policy const& p, bit_image const& mask, index_t radius) {
    detail::check_radius("quoin::erosion", radius);
    return detail::grow(p, mask, radius, true);
}

template <concepts::policy Policy>
bit_image opening(Policy const& p, bit_image const& mask, index_t radius) {
    detail::check_radius("quoin::opening", radius);
    if (radius == 1 && !mask.empty()) return detail::spread(p, mask, true, true);
    return dilation(p, erosion(p, mask, radius), radius);
}

template <concepts::policy Policy>
bit_image closing(Policy const& p, bit_image const& mask, index_t radius) {
    detail::check_radius("quoin::closing", radius);
    if (radius == 1 && !mask.empty()) return detail::spread(p, mask, false, true);
    return erosion(p, dilation(p, mask, radius), radius);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// hit_or_miss: the pixels around which a mask has a pattern.
#pragma once

#include <quoin/mask/detail/mask_stage.hpp>
#include <quoin/mask/morphology.hpp>

#include <optional>
#include <string>
#include <string_view>

QUOIN_NAMESPACE_BEGIN

/// What the pixels outside a mask are.
enum class mask_border {
    ignored, ///< They do not count.
    unset,
};

/// Sets pixel (x, y) iff all pixels of the mask at (x + dx, y + dy) are set, for the offsets (dx, dy) of `hits`, and
/// none for the offsets of `misses`. Border: pixels outside the mask do not count, as in OpenCV's MORPH_HITMISS with
/// its default border. With mask_border::unset they are unset, as in scipy's binary_hit_or_miss, so no hit may lie
/// outside. Cost: that of two erosions by an element, and one pass.
/// @throws invalid_argument if an offset is in both elements.
template <concepts::policy Policy>
bit_image hit_or_miss(Policy const& p, bit_image const& mask, structuring_element const& hits,
                      structuring_element const& misses, mask_border border = mask_border::ignored);

/// The same for a pattern of rows from the top, with / between them: 1 is a hit, 0 a miss, and a pixel that is '.' is
/// not looked at. "000/.1./111" finds pixels of lower sides. The anchor is in column width / 2 and row height / 2.
/// @throws invalid_argument for other text, for rows of different lengths, for a pattern without 0 and 1, and unless
/// its sides are in 1..structuring_element::most_side.
template <concepts::policy Policy>
bit_image hit_or_miss(Policy const& p, bit_image const& mask, std::string_view pattern,
                      mask_border border = mask_border::ignored);

/// The stage made by hit_or_miss() without a policy.
class hit_or_miss_fn {
public:
    using computes_whole = void;
    static constexpr char const* name = "hit_or_miss";
    template <class T>
    using result_channel = T;

    static constexpr index_t most_side = 7;

    hit_or_miss_fn(std::string_view pattern, mask_border border);

    template <class Policy, class T>
    void fill(Policy const& policy, image_view<T const> in, image_view<T> out) const {
        detail::fill_from_mask(policy, in, out, [this](auto const& p, bit_image const& mask) {
            return hit_or_miss(p, mask, std::string_view(pattern_), border_);
        });
    }

private:
    char pattern_[most_side * (most_side + 1)] = {}; // rows, the characters between them, and 0
    mask_border border_;
};

/// A whole stage, each channel: white where hit_or_miss(policy, mask, pattern, border) of the pixels that are not 0 is
/// set, and 0 elsewhere. White is the largest value of an integer type and 1 of a floating-point type. The pixel type
/// does not change. Memory beside that of hit_or_miss(): an image of the input where it is no view, and one of the
/// result.
/// @throws invalid_argument as hit_or_miss(), and for a pattern with a side above 7.
inline hit_or_miss_fn hit_or_miss(std::string_view pattern, mask_border border = mask_border::ignored) {
    return {pattern, border};
}

namespace detail {

using optional_element = std::optional<structuring_element>;

inline void check_disjoint(structuring_element const& hits, structuring_element const& misses) {
    for (auto const& a : hits.chords())
        for (auto const& b : misses.chords())
            if (int const dx = std::max(a.dx, b.dx); a.dy == b.dy && dx < std::min(a.dx + a.length, b.dx + b.length))
                raise("quoin::hit_or_miss: the offset (", dx, ", ", a.dy,
                      ") is a hit and a miss; give elements without common offsets");
}

/// The pixels of the pattern that are `kind`.
inline optional_element pixels_of_pattern(std::string_view pattern, char kind) {
    std::string rows(pattern);
    if (rows.find(kind) == rows.npos) return {};
    for (char& c : rows)
        if (c != '/') c = c == kind ? '1' : '0';
    return structuring_element::from_rows(rows);
}

inline void check_pattern(std::string_view pattern) {
    constexpr char const* name = "quoin::hit_or_miss: ";
    if (std::size_t const at = pattern.find_first_not_of("01./"); at != pattern.npos)
        raise(name, "'", pattern.substr(at, 1), "' at place ", at + 1,
              " of the pattern; give rows of 0, 1 and . with / between them");
    if (pattern.find_first_of("01") == pattern.npos)
        raise(name, "the pattern '", pattern, "' has no 0 and no 1; give at least one");
    std::size_t const width = std::min(pattern.find('/'), pattern.size());
    for (std::size_t row = 1, begin = 0; begin <= pattern.size(); ++row) {
        std::size_t const end = std::min(pattern.find('/', begin), pattern.size());
        if (end - begin != width)
            raise(name, "row ", row, " of the pattern has ", end - begin, " pixels and the first one ", width,
                  "; give rows of the same length");
        begin = end + 1;
    }
}

template <concepts::policy Policy>
bit_image hits_without_misses(Policy const& p, bit_image const& mask, optional_element const& hits,
                              optional_element const& misses, mask_border border) {
    index_t const width = mask.width(), height = mask.height();
    bit_image result(mask.size());
    if (mask.empty()) return result;
    bit_image const hit = hits ? grown(p, mask, *hits, true) : bit_image();
    bit_image const missed = misses ? grown(p, mask, misses->reflected(), false) : bit_image();
    // Where all hits lie inside.
    rect inside{0, 0, width, height};
    if (hits && border == mask_border::unset) {
        rect const box = hits->bounds();
        inside.x = std::max<index_t>(0, -box.x);
        inside.y = std::max<index_t>(0, -box.y);
        inside.width = std::min(width, width - (box.right() - 1)) - inside.x;
        inside.height = std::min(height, height - (box.bottom() - 1)) - inside.y;
    }
    if (inside.width <= 0) return result;
    for_each_chunk(p, row_chunks(height), [&](index_t begin, index_t end) {
        for (index_t y = std::max(begin, inside.y); y < std::min(end, inside.bottom()); ++y)
            for (index_t i = inside.x / 64; i <= (inside.right() - 1) / 64; ++i)
                result.row(y)[i] = bits_in(i, inside.x, inside.right()) & (hits ? hit.row(y)[i] : ~std::uint64_t{0}) &
                                   (misses ? ~missed.row(y)[i] : ~std::uint64_t{0});
    });
    return result;
}

} // namespace detail

inline hit_or_miss_fn::hit_or_miss_fn(std::string_view pattern, mask_border border) : border_(border) {
    detail::check_pattern(pattern);
    index_t const width = static_cast<index_t>(std::min(pattern.find('/'), pattern.size()));
    index_t const height = 1 + std::count(pattern.begin(), pattern.end(), '/');
    if (width > most_side || height > most_side)
        detail::raise("quoin::hit_or_miss: a pattern of ", width, " x ", height,
                      " pixels; give a stage sides from 1 to ", most_side);
    std::copy(pattern.begin(), pattern.end(), pattern_);
}

template <concepts::policy Policy>
bit_image hit_or_miss(Policy const& p, bit_image const& mask, structuring_element const& hits,
                      structuring_element const& misses, mask_border border) {
    detail::check_disjoint(hits, misses);
    return detail::hits_without_misses(detail::policy_ref::to(p), mask, detail::optional_element(hits),
                                       detail::optional_element(misses), border);
}

template <concepts::policy Policy>
bit_image hit_or_miss(Policy const& p, bit_image const& mask, std::string_view pattern, mask_border border) {
    detail::check_pattern(pattern);
    return detail::hits_without_misses(detail::policy_ref::to(p), mask, detail::pixels_of_pattern(pattern, '1'),
                                       detail::pixels_of_pattern(pattern, '0'), border);
}

/// The catalogue's entry.
struct hit_or_miss_entry : entry_of<hit_or_miss_entry> {
    static constexpr operation about{
        .name = "hit_or_miss",
        .about = "white at the pixels around which those that are not 0 have a pattern, the rest 0",
        .parameters =
            {{.name = "KERNEL",
              .type = parameter_type::kernel,
              .least = 1,
              .most = hit_or_miss_fn::most_side,
              .about =
                  "rows separated by /, values by : or blanks; 1 stands for not 0, -1 for 0, and 0 for any pixel"}},
        .rounding = "none",
        .opencv = "cv::morphologyEx(src, dst, cv::MORPH_HITMISS, kernel)"};
    static hit_or_miss_fn stage(double const* values) {
        index_t const width = detail::whole<index_t>(values[0]), height = detail::whole<index_t>(values[1]);
        std::string pattern;
        for (index_t i = 0; i < width * height; ++i) {
            double const v = values[3 + i];
            if (i > 0 && i % width == 0) pattern += '/';
            pattern += v > 0 ? '1' : v < 0 ? '0' : '.';
        }
        if (pattern.find_first_of("01") == pattern.npos)
            detail::raise("quoin::hit_or_miss: a kernel of ", width, " x ", height,
                          " values, all of which are 0; give at least one 1 or -1");
        return hit_or_miss(pattern);
    }
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// flip_x, flip_y: the mirrored image.
#pragma once

#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <bool Columns, bool Rows>
struct flip {
    using rearranges = void;
    static constexpr bool mirrors_columns = Columns, mirrors_rows = Rows;

    QUOIN_FN rect region(extent input) const { return {0, 0, input.width, input.height}; }
};

} // namespace detail

/// Rearranging stage. out(x, y) = in(width - 1 - x, y): left and right change places. Same extent and pixel type,
/// exact. Cost: one copy of each row within the caches.
struct flip_x_fn : detail::flip<true, false> {};
inline constexpr flip_x_fn flip_x{};

/// Rearranging stage. out(x, y) = in(x, height - 1 - y): top and bottom change places. Same extent and pixel type,
/// exact. Cost: none for a view. Behind other stages the rows are computed from the bottom upwards.
struct flip_y_fn : detail::flip<false, true> {};
inline constexpr flip_y_fn flip_y{};

/// The catalogue's entries.
struct flip_x_entry : entry_of<flip_x_entry> {
    static constexpr operation about{.name = "flip_x",
                                     .about = "left and right change places",
                                     .rounding = "none",
                                     .opencv = "cv::flip(src, dst, 1)",
                                     .pillow = "image.transpose(Image.FLIP_LEFT_RIGHT)",
                                     .scikit_image = "image[:, ::-1]"};
    static flip_x_fn stage(double const*) { return flip_x; }
};
struct flip_y_entry : entry_of<flip_y_entry> {
    static constexpr operation about{.name = "flip_y",
                                     .about = "top and bottom change places",
                                     .rounding = "none",
                                     .opencv = "cv::flip(src, dst, 0)",
                                     .pillow = "image.transpose(Image.FLIP_TOP_BOTTOM)",
                                     .scikit_image = "image[::-1]"};
    static flip_y_fn stage(double const*) { return flip_y; }
};

QUOIN_NAMESPACE_END

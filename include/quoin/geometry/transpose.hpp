// SPDX-License-Identifier: BSL-1.0
// transpose: rows become columns.
#pragma once

#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The whole image with its axes exchanged. Before that, columns or rows are mirrored.
template <bool Columns, bool Rows>
struct exchange {
    using rearranges = void;
    static constexpr bool transposes = true, mirrors_columns = Columns, mirrors_rows = Rows;

    QUOIN_FN rect region(extent input) const { return {0, 0, input.width, input.height}; }
};

} // namespace detail

/// Rearranging stage. out(x, y) = in(y, x), with height x width pixels: rows become columns. Same pixel type, exact.
/// Local stages behind it read their border at the sides of the new image. Cost: two copies within the caches, through
/// a band of 64 rows of the result. Stages before it compute the columns of a band and of their footprint around them,
/// band after band.
struct transpose_fn : detail::exchange<false, false> {};
inline constexpr transpose_fn transpose{};

/// The catalogue's entry.
struct transpose_entry : entry_of<transpose_entry> {
    static constexpr operation about{.name = "transpose",
                                     .about = "rows become columns",
                                     .rounding = "none",
                                     .opencv = "cv::transpose(src, dst)",
                                     .pillow = "image.transpose(Image.TRANSPOSE)",
                                     .scikit_image = "image.swapaxes(0, 1)"};
    static transpose_fn stage(double const*) { return transpose; }
};

QUOIN_NAMESPACE_END

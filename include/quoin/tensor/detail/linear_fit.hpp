// SPDX-License-Identifier: BSL-1.0
// Interpolation without antialiasing to the extent of a fitted image.
#pragma once

#include <quoin/geometry/resize_linear.hpp>
#include <quoin/tensor/detail/fit.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The weights of a linear interpolation at (i + 1/2) / ratio - 1/2, with the pixels outside of `replicate`.
struct linear_at_ratio {
    index_t input, size;
    double ratio;

    index_t operator()(index_t i, std::vector<double>& weights) const {
        double const place = (static_cast<double>(i) + 0.5) / ratio - 0.5;
        index_t const below = place < 0 ? -1 : static_cast<index_t>(place);
        double const t = place - static_cast<double>(below);
        double const w[] = {1 - t, t};
        return merge_taps(below, w, input, replicate, weights);
    }
};

/// resize_linear(), or the same with a ratio that is not that of the extents.
struct linear_fit_fn {
    using expands = void;
    fitted to;

    template <class P>
    auto expand(extent input) const {
        extent const size = to.resized;
        if (to.ratio == 0) return resize_linear(size).template expand<P>(input);
        check_result("to_tensor", size);
        return resize_linear_fn::passes<P>(linear_at_ratio{input.width, size.width, to.ratio},
                                           linear_at_ratio{input.height, size.height, to.ratio});
    }
};

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// darker, lighter: the smaller and the larger of the pixels of two images.
#pragma once

#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage behind zip(a, b), each channel: the smaller of both. Both inputs have the same pixel type, and so
/// has the result. NaN if one of them is NaN, as in NumPy; of two zeros that of b. Cost: the bytes that it moves.
struct darker_fn {
    using vectorized = void;
    using channelwise = void;

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        if constexpr (std::floating_point<scalar_t<V>>) return select(a != a, a, min(a, b));
        else return min(a, b);
    }
};
inline constexpr darker_fn darker{};

/// Pointwise stage behind zip(a, b), each channel: the larger of both. Both inputs have the same pixel type, and so has
/// the result. NaN if one of them is NaN, as in NumPy; of two zeros that of b. Cost: the bytes that it moves.
struct lighter_fn {
    using vectorized = void;
    using channelwise = void;

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        if constexpr (std::floating_point<scalar_t<V>>) return select(a != a, a, max(a, b));
        else return max(a, b);
    }
};
inline constexpr lighter_fn lighter{};

/// The catalogue's entries.
struct darker_entry : entry_of<darker_entry> {
    static constexpr operation about{.name = "darker",
                                     .about = "the smaller pixel of both images",
                                     .inputs = 2,
                                     .rounding = "none",
                                     .floating = "the same, NaN if one is",
                                     .opencv = "cv::min(a, b, dst)",
                                     .pillow = "ImageChops.darker(a, b)",
                                     .scikit_image = "numpy.minimum(a, b)"};
    static darker_fn stage(double const*) { return darker; }
};
struct lighter_entry : entry_of<lighter_entry> {
    static constexpr operation about{.name = "lighter",
                                     .about = "the larger pixel of both images",
                                     .inputs = 2,
                                     .rounding = "none",
                                     .floating = "the same, NaN if one is",
                                     .opencv = "cv::max(a, b, dst)",
                                     .pillow = "ImageChops.lighter(a, b)",
                                     .scikit_image = "numpy.maximum(a, b)"};
    static lighter_fn stage(double const*) { return lighter; }
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// add, subtract, absdiff: sums and differences of two images.
#pragma once

#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// a + b and a - b, saturated. The first value is limited so that no step leaves the range of integers.
template <class V>
QUOIN_INLINE V limited_sum(V const& a, V const& b) {
    using T = scalar_t<V>;
    V const most(highest<T>), least(lowest<T>), zero(T(0));
    if constexpr (std::floating_point<T>) return a + b;
    else if constexpr (std::unsigned_integral<T>) return V(min(a, V(most - b)) + b);
    else return V(min(max(a, V(least - min(b, zero))), V(most - max(b, zero))) + b);
}
template <class V>
QUOIN_INLINE V limited_difference(V const& a, V const& b) {
    using T = scalar_t<V>;
    V const most(highest<T>), least(lowest<T>), zero(T(0));
    if constexpr (std::floating_point<T>) return a - b;
    else if constexpr (std::unsigned_integral<T>) return V(max(a, b) - b);
    else return V(min(max(a, V(least + max(b, zero))), V(most + min(b, zero))) - b);
}

} // namespace detail

/// Pointwise stage behind zip(a, b), each channel: a + b. Both inputs have the same pixel type, and so has the result.
/// Integers are exact and saturate; floating point: the sum in the channel's type. Cost: the bytes that it moves.
struct add_fn {
    using vectorized = void;
    using channelwise = void;

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        return detail::limited_sum(a, b);
    }
};
inline constexpr add_fn add{};

/// Pointwise stage behind zip(a, b), each channel: a - b. Both inputs have the same pixel type, and so has the result.
/// Integers are exact and saturate, so unsigned ones end at 0; floating point: the difference in the channel's type.
/// `zip(a | convert_to<std::int16_t>, b | convert_to<std::int16_t>) | subtract` keeps the sign of bytes. Cost: the
/// bytes that it moves.
struct subtract_fn {
    using vectorized = void;
    using channelwise = void;

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        return detail::limited_difference(a, b);
    }
};
inline constexpr subtract_fn subtract{};

/// Pointwise stage behind zip(a, b), each channel: |a - b|. Both inputs have the same pixel type, and so has the
/// result. Integers are exact and saturate: the largest difference of signed ones becomes their largest value. Floating
/// point: the difference in the channel's type. Cost: the bytes that it moves.
struct absdiff_fn {
    using vectorized = void;
    using channelwise = void;

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) return abs(a - b);
        else if constexpr (std::unsigned_integral<T>) return V(max(a, b) - min(a, b));
        else return detail::limited_difference(max(a, b), min(a, b));
    }
};
inline constexpr absdiff_fn absdiff{};

/// The catalogue's entries.
struct add_entry : entry_of<add_entry> {
    static constexpr operation about{.name = "add",
                                     .about = "the sum of both images",
                                     .inputs = 2,
                                     .rounding = "none, saturated",
                                     .floating = "in the channel's type",
                                     .opencv = "cv::add(a, b, dst)",
                                     .pillow = "ImageChops.add(a, b)",
                                     .scikit_image = "a + b, which wraps around"};
    static add_fn stage(double const*) { return add; }
};
struct subtract_entry : entry_of<subtract_entry> {
    static constexpr operation about{.name = "subtract",
                                     .about = "this image minus the other one",
                                     .inputs = 2,
                                     .rounding = "none, saturated",
                                     .floating = "in the channel's type",
                                     .opencv = "cv::subtract(a, b, dst)",
                                     .pillow = "ImageChops.subtract(a, b)",
                                     .scikit_image = "a - b, which wraps around"};
    static subtract_fn stage(double const*) { return subtract; }
};
struct absdiff_entry : entry_of<absdiff_entry> {
    static constexpr operation about{.name = "absdiff",
                                     .about = "the distance of both images",
                                     .inputs = 2,
                                     .rounding = "none, saturated",
                                     .floating = "in the channel's type",
                                     .opencv = "cv::absdiff(a, b, dst)",
                                     .pillow = "ImageChops.difference(a, b)"};
    static absdiff_fn stage(double const*) { return absdiff; }
};

QUOIN_NAMESPACE_END

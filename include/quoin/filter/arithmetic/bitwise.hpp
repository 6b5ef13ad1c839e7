// SPDX-License-Identifier: BSL-1.0
// bitwise_and, bitwise_or, bitwise_xor: the bits of two images.
#pragma once

#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
/// A scalar or lanes whose bits are those of a number.
template <class V>
concept bits_of_integer = concepts::channel_value<V> && std::integral<scalar_t<V>>;
} // namespace detail

/// Pointwise stage behind zip(a, b), each channel: a & b, bit by bit. Both inputs have the same pixel type of integers,
/// and so has the result. With masks of 0 and white it is the intersection. Cost: the bytes that it moves.
struct bitwise_and_fn {
    using vectorized = void;
    using channelwise = void;

    template <detail::bits_of_integer V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        return V(a & b);
    }
};
inline constexpr bitwise_and_fn bitwise_and{};

/// Pointwise stage behind zip(a, b), each channel: a | b, bit by bit. Both inputs have the same pixel type of integers,
/// and so has the result. With masks of 0 and white it is the union. Cost: the bytes that it moves.
struct bitwise_or_fn {
    using vectorized = void;
    using channelwise = void;

    template <detail::bits_of_integer V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        return V(a | b);
    }
};
inline constexpr bitwise_or_fn bitwise_or{};

/// Pointwise stage behind zip(a, b), each channel: a ^ b, bit by bit. Both inputs have the same pixel type of integers,
/// and so has the result. With masks of 0 and white it is what lies in one of both. Cost: the bytes that it moves.
struct bitwise_xor_fn {
    using vectorized = void;
    using channelwise = void;

    template <detail::bits_of_integer V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        return V(a ^ b);
    }
};
inline constexpr bitwise_xor_fn bitwise_xor{};

/// The catalogue's entries.
struct bitwise_and_entry : entry_of<bitwise_and_entry> {
    static constexpr operation about{.name = "bitwise_and",
                                     .about = "the bits that are in both images",
                                     .inputs = 2,
                                     .rounding = "none; integers alone",
                                     .opencv = "cv::bitwise_and(a, b, dst)",
                                     .scikit_image = "numpy.bitwise_and(a, b)"};
    static bitwise_and_fn stage(double const*) { return bitwise_and; }
};
struct bitwise_or_entry : entry_of<bitwise_or_entry> {
    static constexpr operation about{.name = "bitwise_or",
                                     .about = "the bits that are in one of both images, or in both",
                                     .inputs = 2,
                                     .rounding = "none; integers alone",
                                     .opencv = "cv::bitwise_or(a, b, dst)",
                                     .scikit_image = "numpy.bitwise_or(a, b)"};
    static bitwise_or_fn stage(double const*) { return bitwise_or; }
};
struct bitwise_xor_entry : entry_of<bitwise_xor_entry> {
    static constexpr operation about{.name = "bitwise_xor",
                                     .about = "the bits that are in one of both images alone",
                                     .inputs = 2,
                                     .rounding = "none; integers alone",
                                     .opencv = "cv::bitwise_xor(a, b, dst)",
                                     .scikit_image = "numpy.bitwise_xor(a, b)"};
    static bitwise_xor_fn stage(double const*) { return bitwise_xor; }
};

QUOIN_NAMESPACE_END

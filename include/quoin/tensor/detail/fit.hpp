// SPDX-License-Identifier: BSL-1.0
// Where an image lies in its part of a tensor.
#pragma once

#include <quoin/core/detail/half_to_even.hpp>
#include <quoin/tensor/tensor_spec.hpp>

#include <algorithm>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// An image that was resized, its left top corner in the tensor, and the part of it that the tensor shows.
struct fitted {
    extent image, resized;
    index_t left = 0, top = 0;
    rect part;
    double ratio = 0; // of tensor_fit::cover

    /// The place of the part in the tensor.
    rect shown() const { return {left + part.x, top + part.y, part.width, part.height}; }
    placement place(bool antialias) const {
        auto const quotient = [](index_t to, index_t from) {
            return static_cast<double>(to) / static_cast<double>(from);
        };
        if (ratio > 0 && !antialias) return {ratio, ratio, static_cast<double>(left), static_cast<double>(top)};
        return {quotient(resized.width, image.width), quotient(resized.height, image.height), static_cast<double>(left),
                static_cast<double>(top)};
    }
};

/// floor(a b / c), as Python's int(a * b / c).
inline index_t scaled_side(index_t a, index_t b, index_t c) {
    return static_cast<index_t>(static_cast<double>(a * b) / static_cast<double>(c));
}

inline extent letterboxed(extent image, extent size) {
    auto const ratio = [](index_t to, index_t from) { return static_cast<double>(to) / static_cast<double>(from); };
    double const r = std::min(ratio(size.width, image.width), ratio(size.height, image.height));
    auto const side = [r](index_t from) {
        return std::max<index_t>(1, half_to_even(static_cast<double>(from) * r));
    };
    return {side(image.width), side(image.height)};
}

inline extent covering(extent image, extent size, index_t shorter_side) {
    bool const keeps_width =
        shorter_side > 0 ? image.width <= image.height : size.width * image.height >= size.height * image.width;
    if (keeps_width) {
        index_t const width = shorter_side > 0 ? shorter_side : size.width;
        return {width, scaled_side(width, image.height, image.width)};
    }
    index_t const height = shorter_side > 0 ? shorter_side : size.height;
    return {scaled_side(height, image.width, image.height), height};
}

/// To round(w r) x round(h r), and no less than `size`.
inline fitted covered(extent image, extent size) {
    auto const quotient = [](index_t to, index_t from) { return static_cast<float>(to) / static_cast<float>(from); };
    double const r = std::max(quotient(size.width, image.width), quotient(size.height, image.height));
    auto const side = [r](index_t from, index_t least) {
        return std::max(least, half_to_even(static_cast<double>(from) * r));
    };
    extent const to{side(image.width, size.width), side(image.height, size.height)};
    index_t const x = (to.width - size.width) / 2, y = (to.height - size.height) / 2;
    return {image, to, -x, -y, {x, y, size.width, size.height}, r};
}

inline fitted fit_image(extent image, extent size, tensor_fit fit, index_t shorter_side) {
    if (fit == tensor_fit::letterbox) {
        extent const to = letterboxed(image, size);
        return {image, to, (size.width - to.width) / 2, (size.height - to.height) / 2, {0, 0, to.width, to.height}, 0};
    }
    if (fit == tensor_fit::cover) return covered(image, size);
    if (fit == tensor_fit::stretch) return {image, size, 0, 0, {0, 0, size.width, size.height}, 0};
    extent const to = covering(image, size, shorter_side);
    auto const cut = [](index_t spare) { return spare / 2 + (spare % 2 != 0 && spare / 2 % 2 != 0 ? 1 : 0); };
    index_t const x = cut(std::max<index_t>(0, to.width - size.width)),
                  y = cut(std::max<index_t>(0, to.height - size.height));
    return {image, to, -x, -y, {x, y, std::min(size.width, to.width), std::min(size.height, to.height)}, 0};
}

} // namespace detail

QUOIN_NAMESPACE_END

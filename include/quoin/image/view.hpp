// SPDX-License-Identifier: BSL-1.0
// The concept of a view: the source of a pipeline.
#pragma once

#include <quoin/image/subview.hpp>

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// A view is cheap to copy, knows its extent, and gives the pixel at (x, y). The engine reads image_view, planar_view
/// and channel_view row by row. It reads any other model (a generated image, a table) pixel by pixel.
template <class V>
concept view = std::copyable<V> && concepts::pixel<typename V::pixel_type> && requires(V const& v, index_t i) {
    { v.width() } -> std::convertible_to<index_t>;
    { v.height() } -> std::convertible_to<index_t>;
    { v.load(i, i) } -> std::convertible_to<typename V::pixel_type>;
};

/// A view with store(), which writes a pixel.
template <class V>
concept writable_view =
    concepts::view<V> && requires(V const& v, index_t i, typename V::pixel_type const& p) { v.store(i, i, p); };

/// An owner of pixels that gives a view of them.
template <class I>
concept owning_image = !concepts::view<I> && requires(I& image) {
    { image.view() } -> concepts::view;
};

} // namespace concepts

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The view concept: what a pipeline can read from.
#pragma once

#include <quoin/image/subview.hpp>

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// A cheap value that knows its extent and can give the pixel at (x, y). image_view, planar_view and channel_view are
/// read row-wise by the engine; any other model of the concept (a generated image, a table) is read pixel by pixel.
template <class V>
concept view = std::copyable<V> && concepts::pixel<typename V::pixel_type> && requires(V const& v, index_t i) {
    { v.width() } -> std::convertible_to<index_t>;
    { v.height() } -> std::convertible_to<index_t>;
    { v.load(i, i) } -> std::convertible_to<typename V::pixel_type>;
};

/// A view that can be written.
template <class V>
concept writable_view =
    concepts::view<V> && requires(V const& v, index_t i, typename V::pixel_type const& p) { v.store(i, i, p); };

/// Something that owns pixels and gives a view of them.
template <class I>
concept owning_image = !concepts::view<I> && requires(I& image) {
    { image.view() } -> concepts::view;
};

} // namespace concepts

QUOIN_NAMESPACE_END

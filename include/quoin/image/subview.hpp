// SPDX-License-Identifier: BSL-1.0
// subview and flip_rows: views of a part of a view and of a view upside down, without a copy.
#pragma once

#include <quoin/image/channel_view.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

constexpr void check_part(extent whole, rect part) {
    // This compares differences, because the sum x + width could overflow.
    if (part.x < 0 || part.y < 0 || part.width < 0 || part.height < 0 || part.x > whole.width - part.width ||
        part.y > whole.height - part.height)
        raise("quoin::subview: the rectangle (", part.x, ", ", part.y, ") ", part.width, " x ", part.height,
              " does not lie inside ", whole.width, " x ", whole.height, "; clip it with quoin::intersect first");
}

template <class T>
constexpr T* offset(T* data, index_t by, bool empty) {
    return empty ? data : data + by;
}

} // namespace detail

/// The pixels of v inside `part`, without a copy.
/// @throws invalid_argument unless `part` lies inside v.
template <class P>
constexpr image_view<P> subview(image_view<P> v, rect part) {
    detail::check_part(v.size(), part);
    return {detail::offset(v.data(), part.y * v.stride() + part.x * channels_v<P>, part.empty()), part.width,
            part.height, v.stride()};
}

template <class T, int Step>
constexpr channel_view<T, Step> subview(channel_view<T, Step> v, rect part) {
    detail::check_part(v.size(), part);
    return {detail::offset(v.data(), part.y * v.stride() + part.x * Step, part.empty()), part.width, part.height,
            v.stride()};
}

template <class P>
constexpr planar_view<P> subview(planar_view<P> const& v, rect part) {
    detail::check_part(v.size(), part);
    std::array<typename planar_view<P>::pointer, channels_v<P>> planes{};
    for (int c = 0; c < channels_v<P>; ++c)
        planes[c] = detail::offset(v.row(c, 0), part.y * v.stride() + part.x, part.empty());
    return {planes, part.width, part.height, v.stride()};
}

/// v upside down, without a copy: row y of the result is row height - 1 - y of v.
template <class P>
constexpr image_view<P> flip_rows(image_view<P> v) {
    return {v.empty() ? v.data() : v.row(v.height() - 1), v.width(), v.height(), -v.stride()};
}

template <class T, int Step>
constexpr channel_view<T, Step> flip_rows(channel_view<T, Step> v) {
    return {v.empty() ? v.data() : v.row(v.height() - 1), v.width(), v.height(), -v.stride()};
}

template <class P>
constexpr planar_view<P> flip_rows(planar_view<P> const& v) {
    std::array<typename planar_view<P>::pointer, channels_v<P>> planes{};
    for (int c = 0; c < channels_v<P>; ++c) planes[c] = v.row(c, v.empty() ? 0 : v.height() - 1);
    return {planes, v.width(), v.height(), -v.stride()};
}

QUOIN_NAMESPACE_END

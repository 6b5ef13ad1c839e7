// SPDX-License-Identifier: BSL-1.0
// planar_view: a non-owning view of pixels whose channels lie in separate planes.
#pragma once

#include <quoin/image/image_view.hpp>

#include <array>

QUOIN_NAMESPACE_BEGIN

/// A non-owning view of width x height pixels in planes. Channel c of the pixel in column x of row y is
///     plane(c).data()[y * stride + x]
/// All planes have the same stride, in elements. `planar_view<P const>` is read-only. A copy is cheap. Access is
/// unchecked.
template <class P>
    requires concepts::pixel<std::remove_const_t<P>>
class planar_view {
public:
    using pixel_type = std::remove_const_t<P>;
    using channel_type = channel_t<P>;
    using pointer = detail::channel_pointer<P>;
    static constexpr int channels = channels_v<P>;

    constexpr planar_view() = default;

    /// @throws invalid_argument for a negative extent, for rows that overlap, or for a null pointer unless the view is
    /// empty.
    constexpr planar_view(std::array<pointer, channels> const& planes, index_t width, index_t height, index_t stride)
        : size_{width, height}, stride_(stride) {
        for (int c = 0; c < channels; ++c) {
            detail::check_layout("quoin::planar_view", size_, width, stride, planes[c] == nullptr);
            planes_[c] = planes[c];
        }
    }

    template <class Q>
        requires std::same_as<P, Q const>
    constexpr planar_view(planar_view<Q> const& other) : size_(other.size()), stride_(other.stride()) {
        for (int c = 0; c < channels; ++c) planes_[c] = other.plane(c).data();
    }

    QUOIN_FN index_t width() const { return size_.width; }
    QUOIN_FN index_t height() const { return size_.height; }
    QUOIN_FN extent size() const { return size_; }
    QUOIN_FN bool empty() const { return size_.empty(); }
    QUOIN_FN index_t stride() const { return stride_; }
    QUOIN_FN pointer row(int c, index_t y) const { return planes_[c] + y * stride_; }

    /// Channel c as a view of gray pixels.
    constexpr auto plane(int c) const {
        using one_channel = std::conditional_t<std::is_const_v<P>, channel_type const, channel_type>;
        return image_view<one_channel>{planes_[c], size_.width, size_.height, stride_};
    }

    /// A copy of the pixel. A reference is impossible, because the channels are not neighbors in memory.
    QUOIN_FN pixel_type operator()(index_t x, index_t y) const { return load(x, y); }

    QUOIN_FN pixel_type load(index_t x, index_t y) const {
        return make_pixel<pixel_type>([&](auto c) { return row(decltype(c)::value, y)[x]; });
    }

    QUOIN_FN void store(index_t x, index_t y, pixel_type const& value) const
        requires(!std::is_const_v<P>)
    {
        for_each_channel<pixel_type>([&](auto c) {
            row(decltype(c)::value, y)[x] = get_channel<decltype(c)::value>(value);
        });
    }

private:
    pointer planes_[channels] = {};
    extent size_{};
    index_t stride_ = 0;
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// channel_view: one channel of an interleaved image as a view of gray pixels.
#pragma once

#include <quoin/image/planar_view.hpp>

QUOIN_NAMESPACE_BEGIN

/// A view of gray pixels that are every Step-th element in memory. The pixel in column x of row y is data[y * stride +
/// x * Step]. The stride counts elements and may be negative. Access is unchecked.
template <class T, int Step>
    requires concepts::stored_channel<std::remove_const_t<T>>
class channel_view {
public:
    using pixel_type = std::remove_const_t<T>;
    using channel_type = pixel_type;
    using pointer = T*;
    static constexpr int channels = 1;
    static constexpr int step = Step;

    constexpr channel_view() = default;

    /// @throws invalid_argument for a negative extent, for rows that overlap, or for a null pointer unless the view is
    /// empty.
    constexpr channel_view(T* data, index_t width, index_t height, index_t stride)
        : data_(data), size_{width, height}, stride_(stride) {
        detail::check_layout("quoin::channel_view", size_, width > 0 ? (width - 1) * Step + 1 : 0, stride,
                             data == nullptr);
    }

    QUOIN_FN pointer data() const { return data_; }
    QUOIN_FN index_t width() const { return size_.width; }
    QUOIN_FN index_t height() const { return size_.height; }
    QUOIN_FN extent size() const { return size_; }
    QUOIN_FN bool empty() const { return size_.empty(); }
    QUOIN_FN index_t stride() const { return stride_; }
    QUOIN_FN pointer row(index_t y) const { return data_ + y * stride_; }
    QUOIN_FN T& operator()(index_t x, index_t y) const { return row(y)[x * Step]; }
    QUOIN_FN pixel_type load(index_t x, index_t y) const { return row(y)[x * Step]; }
    QUOIN_FN void store(index_t x, index_t y, pixel_type value) const
        requires(!std::is_const_v<T>)
    {
        row(y)[x * Step] = value;
    }

private:
    T* data_ = nullptr;
    extent size_{};
    index_t stride_ = 0;
};

/// Channel I of an interleaved view. Channel 0 is the first in memory.
template <int I, class P>
    requires(I >= 0 && I < channels_v<P>)
constexpr auto channel_of(image_view<P> v) {
    using one_channel = std::conditional_t<std::is_const_v<P>, channel_t<P> const, channel_t<P>>;
    return channel_view<one_channel, channels_v<P>>{v.empty() ? v.data() : v.data() + I, v.width(), v.height(),
                                                    v.stride()};
}

/// Channel I of a planar view.
template <int I, class P>
    requires(I >= 0 && I < channels_v<P>)
constexpr auto channel_of(planar_view<P> const& v) {
    return v.plane(I);
}

QUOIN_NAMESPACE_END

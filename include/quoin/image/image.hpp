// SPDX-License-Identifier: BSL-1.0
// image and planar_image: own aligned pixels and give views of them.
#pragma once

#include <quoin/core/detail/aligned_array.hpp>
#include <quoin/core/pixel.hpp>
#include <quoin/core/uninitialized.hpp>
#include <quoin/image/subview.hpp>

#include <limits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The channels from one aligned row start to the next, for rows of `row` channels.
template <class T>
constexpr index_t aligned_stride(index_t row) {
    constexpr index_t step = static_cast<index_t>(image_alignment / sizeof(T));
    return (row + step - 1) / step * step;
}

/// The number of channels in `planes` planes, with padding, if a plane has `channels` channels per pixel.
/// @throws invalid_argument if the extent is negative or does not fit the address space.
template <class T>
constexpr index_t checked_count(char const* what, extent size, index_t channels, index_t planes) {
    constexpr index_t limit = std::numeric_limits<index_t>::max() / 64;
    if (size.width < 0 || size.height < 0)
        raise(what, ": the extent ", size.width, " x ", size.height, " is negative; give a width and a height >= 0");
    if (size.empty()) return 0;
    if (size.width > limit / channels / planes ||
        aligned_stride<T>(size.width * channels) > limit / size.height / planes)
        raise(what, ": ", size.width, " x ", size.height,
              " pixels do not fit the address space; give a smaller extent");
    return aligned_stride<T>(size.width * channels) * size.height * planes;
}

/// Extent and stride of an image. A move makes them 0 in the source, which then is an empty image.
struct image_shape {
    extent size{};
    index_t stride = 0;

    constexpr image_shape() = default;
    constexpr image_shape(extent s, index_t p) : size(s), stride(p) {}
    constexpr image_shape(image_shape const&) = default;
    constexpr image_shape(image_shape&& other) noexcept
        : size(std::exchange(other.size, {})), stride(std::exchange(other.stride, 0)) {}
    constexpr image_shape& operator=(image_shape other) noexcept {
        size = other.size;
        stride = other.stride;
        return *this;
    }
};

template <class Image>
constexpr void keep_image() {
    static_assert(!std::same_as<Image, Image>,
                  "quoin::image::view: this image has no name and is gone before its view is read; give it a name, or "
                  "give the image itself to what takes a view");
}

} // namespace detail

/// Owns width x height interleaved pixels, initially zero. Rows start at multiples of image_alignment bytes. A copy is
/// deep. A moved-from image is empty, 0 x 0. A pipeline starts from view() and never from the image, so that it neither
/// copies an image nor outlives it. Functions that do not keep the image after they return take the image too. An image
/// without a name has no view. Access to pixels is checked if assert() is on, as in image_view.
/// @throws invalid_argument if the extent is negative or does not fit the address space, and std::bad_alloc if there is
/// not enough memory.
template <concepts::pixel P>
class image {
public:
    using pixel_type = P;
    using channel_type = channel_t<P>;

    constexpr image() = default;
    constexpr image(index_t width, index_t height) : image(extent{width, height}) {}
    constexpr explicit image(extent size)
        : storage_(detail::checked_count<channel_type>("quoin::image", size, channels_v<P>, 1)),
          shape_(size, size.empty() ? 0 : detail::aligned_stride<channel_type>(size.width * channels_v<P>)) {}
    /// Leaves the pixels uninitialized. The caller writes all pixels before any is read.
    constexpr image(extent size, uninitialized_t)
        : storage_(detail::checked_count<channel_type>("quoin::image", size, channels_v<P>, 1), uninitialized),
          shape_(size, size.empty() ? 0 : detail::aligned_stride<channel_type>(size.width * channels_v<P>)) {}

    constexpr index_t width() const { return shape_.size.width; }
    constexpr index_t height() const { return shape_.size.height; }
    constexpr extent size() const { return shape_.size; }
    constexpr bool empty() const { return shape_.size.empty(); }
    constexpr image_view<P> view() & { return {storage_.data(), shape_.size.width, shape_.size.height, shape_.stride}; }
    constexpr image_view<P const> view() const& {
        return {storage_.data(), shape_.size.width, shape_.size.height, shape_.stride};
    }
    /// The error message for an image without a name.
    template <class Image = image>
    constexpr image_view<P> view() && {
        detail::keep_image<Image>();
        return {};
    }
    constexpr P& operator()(index_t x, index_t y) { return view()(x, y); }
    constexpr P const& operator()(index_t x, index_t y) const { return view()(x, y); }

private:
    detail::aligned_array<channel_type> storage_;
    detail::image_shape shape_;
};

/// Owns width x height pixels in planes, one for each channel, initially zero. Rows of planes start at multiples of
/// image_alignment bytes. Copies, moves, views and errors are those of image. It has no access to single pixels, and
/// its pixels cannot be left uninitialized.
template <concepts::pixel P>
class planar_image {
public:
    using pixel_type = P;
    using channel_type = channel_t<P>;

    constexpr planar_image() = default;
    constexpr planar_image(index_t width, index_t height) : planar_image(extent{width, height}) {}
    constexpr explicit planar_image(extent size)
        : storage_(detail::checked_count<channel_type>("quoin::planar_image", size, 1, channels_v<P>)),
          shape_(size, size.empty() ? 0 : detail::aligned_stride<channel_type>(size.width)) {}

    constexpr index_t width() const { return shape_.size.width; }
    constexpr index_t height() const { return shape_.size.height; }
    constexpr extent size() const { return shape_.size; }
    constexpr bool empty() const { return shape_.size.empty(); }
    constexpr planar_view<P> view() & {
        return {planes<channel_type*>(), shape_.size.width, shape_.size.height, shape_.stride};
    }
    constexpr planar_view<P const> view() const& {
        return {planes<channel_type const*>(), shape_.size.width, shape_.size.height, shape_.stride};
    }
    template <class Image = planar_image>
    constexpr planar_view<P> view() && {
        detail::keep_image<Image>();
        return {};
    }

private:
    template <class Pointer>
    constexpr auto planes() const {
        std::array<Pointer, channels_v<P>> result{};
        for (int c = 0; c < channels_v<P>; ++c)
            result[c] =
                shape_.size.empty() ? storage_.data() : storage_.data() + c * shape_.stride * shape_.size.height;
        return result;
    }

    detail::aligned_array<channel_type> storage_;
    detail::image_shape shape_;
};

QUOIN_NAMESPACE_END

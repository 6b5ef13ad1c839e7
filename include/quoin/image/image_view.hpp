// SPDX-License-Identifier: BSL-1.0
// image_view: a non-owning view of interleaved pixels in memory, with any stride.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/geometry.hpp>
#include <quoin/core/pixel.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <class P>
using channel_pointer = std::conditional_t<std::is_const_v<P>, channel_t<P> const*, channel_t<P>*>;

/// Throws unless rows of `row_channels` elements fit the stride, in elements. A negative stride is an image upside
/// down.
constexpr void check_layout(char const* what, extent size, index_t row_channels, index_t stride, bool null) {
    index_t const distance = stride < 0 ? -stride : stride;
    if (size.width < 0 || size.height < 0)
        raise(what, ": the extent ", size.width, " x ", size.height, " is negative; give a width and a height >= 0");
    if (size.height > 1 && distance < row_channels)
        raise(what, ": rows of ", row_channels, " elements do not fit a stride of ", stride,
              " elements; give the distance between the starts of two rows");
    if (null && !size.empty())
        raise(what, ": a null pointer with the extent ", size.width, " x ", size.height,
              "; give the first pixel's address");
}

// Errors of checked access. Row 0 of an empty view has an address and is allowed.
[[noreturn]] inline void raise_no_row(char const* what, index_t y, index_t height) {
    raise(what, ": row ", y, " of a view of ", height, " rows; give 0 <= y < ", height);
}
[[noreturn]] inline void raise_no_column(char const* what, index_t x, index_t width) {
    raise(what, ": column ", x, " of a view of ", width, " columns; give 0 <= x < ", width);
}
QUOIN_FN void check_row([[maybe_unused]] char const* what, [[maybe_unused]] index_t y,
                        [[maybe_unused]] index_t height) {
#if QUOIN_CHECKED
    if (y < 0 || (y >= height && y > 0)) raise_no_row(what, y, height);
#endif
}
QUOIN_FN void check_column([[maybe_unused]] char const* what, [[maybe_unused]] index_t x,
                           [[maybe_unused]] index_t width) {
#if QUOIN_CHECKED
    if (x < 0 || x >= width) raise_no_column(what, x, width);
#endif
}

} // namespace detail

/// A non-owning view of width x height interleaved pixels. Channel c of the pixel in column x of row y is
///     data[y * stride + x * channels + c]
/// The stride counts elements, not bytes or pixels. This describes any alignment of rows and works in constant
/// expressions. A negative stride is an image upside down. `image_view<P const>` is read-only. A copy is cheap. The
/// view does not keep the memory alive.
///
/// Access by (x, y) and by row is checked if assert() is on. at() is always checked. A place outside the view throws
/// invalid_argument.
template <class P>
    requires concepts::pixel<std::remove_const_t<P>>
class image_view {
public:
    using pixel_type = std::remove_const_t<P>;
    using channel_type = channel_t<P>;
    using pointer = detail::channel_pointer<P>;
    static constexpr int channels = channels_v<P>;

    constexpr image_view() = default;

    /// Rows follow each other without a gap.
    constexpr image_view(pointer data, index_t width, index_t height)
        : image_view(data, width, height, height > 0 ? width * channels : 0) {}

    /// @throws invalid_argument for a negative extent, for rows that overlap, or for a null pointer unless the view is
    /// empty.
    constexpr image_view(pointer data, index_t width, index_t height, index_t stride)
        : data_(data), size_{width, height}, stride_(stride) {
        detail::check_layout("quoin::image_view", size_, height > 0 ? width * channels : 0, stride, data == nullptr);
    }

    /// From a pointer to pixels with several channels. The stride still counts elements.
    image_view(P* data, index_t width, index_t height, index_t stride)
        requires(channels > 1)
        : image_view(reinterpret_cast<pointer>(data), width, height, stride) {}
    image_view(P* data, index_t width, index_t height)
        requires(channels > 1)
        : image_view(reinterpret_cast<pointer>(data), width, height) {}

    /// Converts a writable view to a read-only one.
    template <class Q>
        requires std::same_as<P, Q const>
    constexpr image_view(image_view<Q> const& other)
        : data_(other.data()), size_(other.size()), stride_(other.stride()) {}

    QUOIN_FN pointer data() const { return data_; } ///< the first channel of the pixel (0, 0)
    QUOIN_FN index_t width() const { return size_.width; }
    QUOIN_FN index_t height() const { return size_.height; }
    QUOIN_FN extent size() const { return size_; }
    QUOIN_FN bool empty() const { return size_.empty(); }
    QUOIN_FN index_t stride() const { return stride_; } ///< elements from a row's start to the next row's
    QUOIN_FN pointer row(index_t y) const {
        detail::check_row("quoin::image_view", y, height());
        return data_ + y * stride_;
    }

    /// A reference to the pixel. With several channels it is not usable in constant expressions.
    QUOIN_FN P& operator()(index_t x, index_t y) const {
        detail::check_column("quoin::image_view", x, width());
        if constexpr (channels == 1) return row(y)[x];
        else return reinterpret_cast<P*>(row(y))[x];
    }

    /// A copy of the pixel. It is usable in constant expressions.
    QUOIN_FN pixel_type load(index_t x, index_t y) const {
        detail::check_column("quoin::image_view", x, width());
        pointer const p = row(y) + x * channels;
        return make_pixel<pixel_type>([p](auto c) { return p[decltype(c)::value]; });
    }

    /// Writes the pixel. It is usable in constant expressions.
    QUOIN_FN void store(index_t x, index_t y, pixel_type const& value) const
        requires(!std::is_const_v<P>)
    {
        detail::check_column("quoin::image_view", x, width());
        pointer const p = row(y) + x * channels;
        for_each_channel<pixel_type>([&](auto c) { p[decltype(c)::value] = get_channel<decltype(c)::value>(value); });
    }

    /// A reference to the pixel, always checked.
    /// @throws invalid_argument if (x, y) lies outside the view.
    constexpr P& at(index_t x, index_t y) const {
        if (x < 0 || y < 0 || x >= width() || y >= height())
            detail::raise("quoin::image_view::at: (", x, ", ", y, ") lies outside ", width(), " x ", height(),
                          "; give 0 <= x < width and 0 <= y < height");
        return (*this)(x, y);
    }

private:
    pointer data_ = nullptr;
    extent size_{};
    index_t stride_ = 0;
};

template <class P>
using const_image_view = image_view<P const>;

namespace detail {
template <class V>
inline constexpr bool is_image_view = false;
template <class P>
inline constexpr bool is_image_view<image_view<P>> = true;
} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// any_view, any_output, any_image: pixels whose type is known at run time.
#pragma once

#include <quoin/core/detail/aligned_array.hpp>
#include <quoin/core/error.hpp>
#include <quoin/core/image_alignment.hpp>
#include <quoin/image/channel_view.hpp>
#include <quoin/image/image_view.hpp>
#include <quoin/image/planar_view.hpp>
#include <quoin/runtime/detail/abi.hpp>
#include <quoin/runtime/detail/channels.hpp>

#include <cstring>
#include <string>
#include <utility>

QUOIN_NAMESPACE_BEGIN

/// The channel types of chains that are chosen at run time.
enum class channel_type { u8, u16, i16, i32, f32 };

/// The format of a pixel: its number of channels and their type. Chains that are chosen at run time take 1, 3 and 4
/// channels: gray, RGB and RGBA.
struct pixel_format {
    channel_type channel = channel_type::u8;
    int channels = 1;

    friend constexpr bool operator==(pixel_format, pixel_format) = default;
};

/// The format of a pixel type.
template <concepts::pixel P>
    requires(detail::channel_number<channel_t<P>> >= 0)
inline constexpr pixel_format format_of{static_cast<channel_type>(detail::channel_number<channel_t<P>>), channels_v<P>};

/// The format as text: "gray u8", "RGB u16", "RGBA f32".
inline std::string to_text(pixel_format f) {
    std::string const kind = f.channels == 1   ? "gray"
                             : f.channels == 3 ? "RGB"
                             : f.channels == 4 ? "RGBA"
                                               : std::to_string(f.channels) + " channels of";
    return kind + ' ' + detail::channel_names[static_cast<int>(f.channel)];
}

/// A non-owning, read-only view of interleaved pixels or of planes, in one of the formats and with any strides. A copy
/// is cheap. The view does not keep the memory alive.
class any_view {
public:
    any_view() = default;
    template <class P>
    any_view(image_view<P> const& v)
        : any_view(v.data(), v.size(), v.stride(), channels_v<P>, 1, format_of<std::remove_const_t<P>>) {}
    /// All planes must have the same distance from one to the next, as planes of one allocation have.
    /// @throws invalid_argument unless they have.
    template <class P>
    any_view(planar_view<P> const& v)
        : any_view(v.row(0, 0), {v.width(), v.height()}, v.stride(), 1, v.row(1, 0) - v.row(0, 0),
                   format_of<std::remove_const_t<P>>) {
        for (int c = 1; c < channels_v<P>; ++c)
            if (v.row(c, 0) != v.row(0, 0) + c * pixels_.plane)
                detail::raise("quoin::any_view: plane ", c, " of a planar view is not as far from plane ", c - 1,
                              " as plane 1 from plane 0; copy the planes into one allocation");
    }
    /// Channel c of the pixel (x, y) is data[y * stride + x * step + c * plane]. The distances count channels.
    /// @throws invalid_argument for another number of channels than 1, 3 or 4, for a negative extent, or for a null
    /// pointer unless the view is empty.
    any_view(void const* data, extent size, index_t stride, index_t step, index_t plane, pixel_format format)
        : pixels_{data,           size.width, size.height, stride, step, plane, static_cast<int>(format.channel),
                  format.channels} {
        if (format.channels != 1 && format.channels != 3 && format.channels != 4)
            detail::raise("quoin::any_view: pixels of ", format.channels, " channels; give 1, 3 or 4");
        if (size.width < 0 || size.height < 0)
            detail::raise("quoin::any_view: the extent ", size.width, " x ", size.height,
                          " is negative; give a width and a height >= 0");
        if (!data && !size.empty())
            detail::raise("quoin::any_view: a null pointer with the extent ", size.width, " x ", size.height);
    }

    index_t width() const { return pixels_.width; }
    index_t height() const { return pixels_.height; }
    extent size() const { return {width(), height()}; }
    pixel_format format() const { return {static_cast<channel_type>(pixels_.type), pixels_.channels}; }

    /// The same pixels as a view of P.
    /// @throws invalid_argument for another format, or for planes.
    template <concepts::pixel P>
    image_view<P const> as() const {
        check_as<P>();
        return {static_cast<channel_t<P> const*>(pixels_.data), width(), height(), pixels_.stride};
    }

    abi::pixels const& pixels() const { return pixels_; } ///< for quoin::runtime

protected:
    template <concepts::pixel P>
    void check_as() const {
        if (format() != format_of<P>)
            detail::raise("quoin::any_view: pixels of the format ", to_text(format()), " read as ",
                          to_text(format_of<P>));
        if (pixels_.step != channels_v<P> || (channels_v < P >> 1 && pixels_.plane != 1))
            detail::raise("quoin::any_view: the pixels are not interleaved; read them plane by plane");
    }

private:
    abi::pixels pixels_{nullptr, 0, 0, 0, 1, 0, 0, 1};
};

/// A writable any_view.
class any_output : public any_view {
public:
    any_output() = default;
    template <class P>
        requires(!std::is_const_v<P>)
    any_output(image_view<P> const& v) : any_view(v) {}
    template <class P>
        requires(!std::is_const_v<P>)
    any_output(planar_view<P> const& v) : any_view(v) {}
    any_output(void* data, extent size, index_t stride, index_t step, index_t plane, pixel_format format)
        : any_view(data, size, stride, step, plane, format) {}

    template <concepts::pixel P>
    image_view<P> as() const {
        check_as<P>();
        return {static_cast<channel_t<P>*>(const_cast<void*>(pixels().data)), width(), height(), pixels().stride};
    }
};

/// An owning image of interleaved pixels whose format is known at run time. Rows start at multiples of 64 bytes.
class any_image {
public:
    any_image() = default;
    /// Makes an image of zeros.
    /// @throws invalid_argument as any_view does, and std::bad_alloc if there is not enough memory.
    any_image(pixel_format format, extent size) : any_image(format, size, uninitialized) {
        if (memory_.size() > 0) std::memset(memory_.data(), 0, static_cast<std::size_t>(memory_.size()));
    }
    any_image(pixel_format format, extent size, uninitialized_t)
        : memory_(bytes_of(format, size), uninitialized),
          view_(memory_.data(), size, stride_of(format, size), format.channels, 1, format) {}

    /// The memory of an image of this format and extent.
    static index_t bytes_of(pixel_format format, extent size) {
        return size.empty() ? 0 : stride_of(format, size) * size.height * channel_bytes(format);
    }

    any_image(any_image const& other) : any_image(other.format(), other.size(), uninitialized) {
        if (memory_.size() > 0)
            std::memcpy(memory_.data(), other.memory_.data(), static_cast<std::size_t>(memory_.size()));
    }
    any_image(any_image&& other) noexcept
        : memory_(std::move(other.memory_)), view_(std::exchange(other.view_, any_output())) {}
    any_image& operator=(any_image other) noexcept {
        std::swap(memory_, other.memory_);
        std::swap(view_, other.view_);
        return *this;
    }

    index_t width() const { return view_.width(); }
    index_t height() const { return view_.height(); }
    extent size() const { return view_.size(); }
    pixel_format format() const { return view_.format(); }
    any_view view() const { return view_; }
    any_output output() { return view_; }

private:
    static index_t channel_bytes(pixel_format format) {
        return detail::with_channel(static_cast<int>(format.channel),
                                    []<class T>(std::type_identity<T>) { return static_cast<index_t>(sizeof(T)); });
    }
    static index_t stride_of(pixel_format format, extent size) {
        index_t const align = static_cast<index_t>(image_alignment) / channel_bytes(format);
        return (size.width * format.channels + align - 1) / align * align;
    }

    detail::aligned_array<unsigned char> memory_;
    any_output view_;
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// video_view and its makers, from nv12_view to uyvy_view: frames whose differences of color are smaller than luma.
#pragma once

#include <quoin/core/ycbcr.hpp>
#include <quoin/image/image_view.hpp>

#include <span>

QUOIN_NAMESPACE_BEGIN

/// Where a sample of the differences lies among the pixels for which it stands. `left`: in the column of the left
/// pixels, between two rows, as in MPEG-2, H.264 and most video. `center`: in the middle of the four, as in JPEG.
/// `top_left`: at the upper left pixel, as in BT.2020. Layouts that halve columns alone have no middle of rows.
enum class chroma_siting { left, center, top_left };

/// How a pixel gets its differences. `linear` weighs the nearest samples by their distance. `nearest` repeats the
/// sample of a pixel's own pair of columns and rows, as OpenCV does.
enum class chroma_filter { linear, nearest };

/// What a frame does not say of itself.
struct chroma_sampling {
    chroma_siting siting = chroma_siting::left;
    chroma_filter filter = chroma_filter::linear;
};

namespace detail {

template <class T>
struct chroma_pair {
    T first, second;
};
template <class T>
struct video_group {
    T a, b, c, d;
};

/// Weights in 1 / 4 of the samples before and at, and of those at and behind, half of an even and of an odd place.
struct chroma_weights {
    int before, even_at, odd_at, behind;
};

/// Where the memory of a frame lies. Steps and strides count elements.
template <class T>
struct video_layout {
    T* luma = nullptr;
    T* cb = nullptr;
    T* cr = nullptr;
    index_t luma_step = 1, luma_stride = 0;
    index_t chroma_step = 1, chroma_stride = 0;
    bool halves_rows = true;
};

} // namespace detail

template <class T>
struct pixel_traits<detail::chroma_pair<T>> : pixel_layout<detail::chroma_pair, T, 2> {};
template <class T>
struct pixel_traits<detail::video_group<T>> : pixel_layout<detail::video_group, T, 4> {};

/// A non-owning view of a frame of luma for each pixel, and differences for each pair of columns, and in most layouts
/// of rows. T is a channel, u8 or u16, const for a frame that is only read. It is a source of pixels ycbcr<T>:
///     nv12_view(bytes, 1920, 1080) | ycbcr_to_rgb(ycbcr_matrix::bt709, ycbcr_range::limited) | ...
/// and `run` writes pipelines of such pixels to it, see below. Both are one pass. It keeps no memory alive.
///
/// Reading. The differences of a pixel are (sum of weights times samples + 8) / 16, rounded down, that is half up, and
/// rounded once. The weights of `nearest` are 16 for one sample. Those of `linear` are products of two in quarters.
/// Along columns 2 i and 2 i + 1: with `center` 1 and 3 of the samples i - 1 and i, and 3 and 1 of i and i + 1; else 4
/// of i, and 2 and 2 of i and i + 1. Along rows the same: with `top_left` as columns with `left`, else as with
/// `center`. Beyond the edges the last sample is repeated. Odd sides have half of the side, rounded up, as samples.
///
/// Writing. A sample is the mean, rounded half up, and rounded once, of the pixels around it, with `center` of its 2 x
/// 2. With `left` and `top_left` the weights along columns are 1 2 1 of 2 i - 1, 2 i and 2 i + 1, with `top_left` along
/// rows, too. Beyond the edges the last pixel is repeated. The filter makes no difference for writing.
template <class T>
class video_view {
public:
    using channel_type = std::remove_const_t<T>;
    using pixel_type = ycbcr<channel_type>;
    static_assert(std::same_as<channel_type, std::uint8_t> || std::same_as<channel_type, std::uint16_t>,
                  "quoin::video_view: channels of frames are u8 or u16");

    constexpr video_view() = default;
    constexpr video_view(detail::video_layout<T> const& layout, extent size, chroma_sampling how)
        : at_(layout), size_(size), how_(how) {}
    template <class U>
        requires std::same_as<T, U const>
    constexpr video_view(video_view<U> const& other) : size_(other.size()), how_(other.sampling()) {
        auto const& from = other.layout();
        at_ = {from.luma,          from.cb,         from.cr, from.luma_step, from.luma_stride, from.chroma_step,
               from.chroma_stride, from.halves_rows};
    }

    QUOIN_FN index_t width() const { return size_.width; }
    QUOIN_FN index_t height() const { return size_.height; }
    QUOIN_FN extent size() const { return size_; }
    QUOIN_FN bool empty() const { return size_.empty(); }
    /// The extent of the samples of the differences.
    QUOIN_FN extent chroma_size() const {
        return {(size_.width + 1) / 2, at_.halves_rows ? (size_.height + 1) / 2 : size_.height};
    }
    QUOIN_FN chroma_sampling sampling() const { return how_; }
    QUOIN_FN detail::video_layout<T> const& layout() const { return at_; }

    /// The first luma of a row; the next one is layout().luma_step elements on.
    QUOIN_FN T* luma_row(index_t y) const { return at_.luma + y * at_.luma_stride; }
    /// The first samples of a row of the differences; the next ones are layout().chroma_step elements on.
    QUOIN_FN T* cb_row(index_t j) const { return at_.cb + j * at_.chroma_stride; }
    QUOIN_FN T* cr_row(index_t j) const { return at_.cr + j * at_.chroma_stride; }

    /// The weights along columns and along rows.
    QUOIN_FN detail::chroma_weights column_weights() const {
        if (how_.filter == chroma_filter::nearest) return {0, 4, 4, 0};
        if (how_.siting == chroma_siting::center) return {1, 3, 3, 1};
        return {0, 4, 2, 2};
    }
    QUOIN_FN detail::chroma_weights row_weights() const {
        if (how_.filter == chroma_filter::nearest || !at_.halves_rows) return {0, 4, 4, 0};
        if (how_.siting == chroma_siting::top_left) return {0, 4, 2, 2};
        return {1, 3, 3, 1};
    }

    /// A copy of the pixel.
    QUOIN_FN pixel_type load(index_t x, index_t y) const {
        extent const samples = chroma_size();
        auto const c = column_weights(), r = row_weights();
        index_t const i = x / 2, j = at_.halves_rows ? y / 2 : y;
        bool const odd_x = x % 2 != 0, odd_y = at_.halves_rows && y % 2 != 0;
        // Two samples along each axis.
        index_t const i0 = odd_x || i == 0 ? i : i - 1, i1 = odd_x && i + 1 < samples.width ? i + 1 : i;
        index_t const j0 = odd_y || j == 0 ? j : j - 1, j1 = odd_y && j + 1 < samples.height ? j + 1 : j;
        auto const w0 = static_cast<std::uint32_t>(odd_x ? c.odd_at : c.before);
        auto const w1 = static_cast<std::uint32_t>(odd_x ? c.behind : c.even_at);
        auto const v0 = static_cast<std::uint32_t>(odd_y ? r.odd_at : r.before);
        auto const v1 = static_cast<std::uint32_t>(odd_y ? r.behind : r.even_at);
        auto const blend = [&](T* first) {
            T* const a = first + j0 * at_.chroma_stride;
            T* const b = first + j1 * at_.chroma_stride;
            index_t const x0 = i0 * at_.chroma_step, x1 = i1 * at_.chroma_step;
            return static_cast<channel_type>((v0 * (w0 * a[x0] + w1 * a[x1]) + v1 * (w0 * b[x0] + w1 * b[x1]) + 8u) /
                                             16u);
        };
        return {luma_row(y)[x * at_.luma_step], blend(at_.cb), blend(at_.cr)};
    }

private:
    detail::video_layout<T> at_;
    extent size_{};
    chroma_sampling how_;
};

namespace detail {

template <class V>
inline constexpr bool is_video_view = false;
template <class T>
inline constexpr bool is_video_view<video_view<T>> = true;
template <class V>
inline constexpr bool is_writable_video = false;
template <class T>
inline constexpr bool is_writable_video<video_view<T>> = !std::is_const_v<T>;

/// Throws unless a buffer of `size` elements holds a frame.
constexpr void check_frame(char const* what, extent frame, index_t least_stride, index_t stride, index_t needed,
                           index_t size) {
    constexpr index_t most = index_t{1} << 31;
    if (frame.width < 0 || frame.height < 0 || frame.width >= most || frame.height >= most)
        raise(what, ": a frame of ", frame.width, " x ", frame.height, " pixels; give sides from 0 to ", most - 1);
    if (stride < least_stride)
        raise(what, ": rows of ", least_stride, " elements do not fit a stride of ", stride,
              " elements; give the distance between the starts of two rows");
    if (size < needed)
        raise(what, ": ", size, " elements are too few for ", frame.width, " x ", frame.height,
              " pixels with a stride of ", stride, "; give ", needed);
}

/// Throws unless a plane has the extent of its part of a frame.
template <class T>
constexpr void check_plane(char const* what, char const* name, extent frame, image_view<T> plane, extent needed) {
    if (plane.size() != needed)
        raise(what, ": the plane of ", name, " has ", plane.width(), " x ", plane.height(), " elements, a frame of ",
              frame.width, " x ", frame.height, " pixels needs ", needed.width, " x ", needed.height);
}

constexpr extent chroma_extent(extent frame) {
    return {(frame.width + 1) / 2, (frame.height + 1) / 2};
}

/// A plane of luma, then one of pairs in rows of the same stride.
template <class T>
constexpr video_view<T> paired_view(char const* what, bool cr_first, std::span<T> buffer, extent frame, index_t stride,
                                    chroma_sampling how) {
    index_t const least = (frame.width + 1) / 2 * 2;
    if (stride == 0) stride = least;
    extent const half = chroma_extent(frame);
    index_t const luma = stride * (frame.height > 0 ? frame.height : 0);
    index_t const needed = frame.empty() ? 0 : luma + stride * (half.height - 1) + least;
    check_frame(what, frame, least, stride, needed, static_cast<index_t>(buffer.size()));
    if (frame.empty()) return {{}, frame, how};
    T* const pairs = buffer.data() + luma;
    return {{buffer.data(), pairs + cr_first, pairs + !cr_first, 1, stride, 2, stride, true}, frame, how};
}
template <class T>
constexpr video_view<T> paired_view(char const* what, bool cr_first, image_view<T> luma, image_view<T> pairs,
                                    chroma_sampling how) {
    extent const half = chroma_extent(luma.size());
    check_plane(what, "pairs", luma.size(), pairs, {2 * half.width, half.height});
    if (luma.empty()) return {{}, luma.size(), how};
    return {{luma.data(), pairs.data() + cr_first, pairs.data() + !cr_first, 1, luma.stride(), 2, pairs.stride(), true},
            luma.size(),
            how};
}

/// Three planes; those of the differences have half of the stride.
template <class T>
constexpr video_view<T> planes_view(char const* what, bool cr_first, std::span<T> buffer, extent frame, index_t stride,
                                    chroma_sampling how) {
    index_t const least = (frame.width + 1) / 2 * 2;
    if (stride == 0) stride = least;
    extent const half = chroma_extent(frame);
    index_t const luma = stride * (frame.height > 0 ? frame.height : 0), small = stride / 2;
    index_t const needed = frame.empty() ? 0 : luma + small * (2 * half.height - 1) + half.width;
    check_frame(what, frame, least, stride, needed, static_cast<index_t>(buffer.size()));
    if (stride % 2 != 0)
        raise(what, ": a stride of ", stride, " elements has no half for the differences; give an even one, or planes");
    if (frame.empty()) return {{}, frame, how};
    T* const first = buffer.data() + luma;
    T* const second = first + small * half.height;
    return {
        {buffer.data(), cr_first ? second : first, cr_first ? first : second, 1, stride, 1, small, true}, frame, how};
}

/// Groups of four elements for two pixels of a row.
template <class T>
constexpr video_view<T> groups_view(char const* what, bool luma_first, std::span<T> buffer, extent frame,
                                    index_t stride, chroma_sampling how) {
    index_t const least = (frame.width + 1) / 2 * 4;
    if (stride == 0) stride = least;
    index_t const needed = frame.empty() ? 0 : stride * (frame.height - 1) + least;
    check_frame(what, frame, least, stride, needed, static_cast<index_t>(buffer.size()));
    if (frame.empty()) return {{}, frame, how};
    T* const at = buffer.data();
    return {{at + !luma_first, at + luma_first, at + luma_first + 2, 2, stride, 4, stride, false}, frame, how};
}

} // namespace detail

// The makers take a buffer and the extent of the frame. A stride of 0 stands for rows without a gap, whose width is
// rounded up to an even one. The same layouts of u16 are P016, and with 10 bits in the upper part of each element,
// P010. Each throws invalid_argument for a side below 0 or above 2^31 - 1, a stride that rows do not fit, and a buffer
// that is too short.

/// A plane of luma, then pairs Cb Cr in rows of the same stride.
template <class T>
constexpr video_view<T> nv12_view(std::span<T> buffer, index_t width, index_t height, index_t stride = 0,
                                  chroma_sampling how = {}) {
    return detail::paired_view("quoin::nv12_view", false, buffer, {width, height}, stride, how);
}
/// The same of two planes, each with a stride of its own; that of pairs has 2 ceil(width / 2) x ceil(height / 2)
/// elements.
template <class T>
constexpr video_view<T> nv12_view(image_view<T> luma, image_view<T> pairs, chroma_sampling how = {}) {
    return detail::paired_view("quoin::nv12_view", false, luma, pairs, how);
}

/// As nv12_view, with pairs Cr Cb.
template <class T>
constexpr video_view<T> nv21_view(std::span<T> buffer, index_t width, index_t height, index_t stride = 0,
                                  chroma_sampling how = {}) {
    return detail::paired_view("quoin::nv21_view", true, buffer, {width, height}, stride, how);
}
template <class T>
constexpr video_view<T> nv21_view(image_view<T> luma, image_view<T> pairs, chroma_sampling how = {}) {
    return detail::paired_view("quoin::nv21_view", true, luma, pairs, how);
}

/// A plane of luma, one of Cb and one of Cr, whose rows have half of the stride, which must be even.
template <class T>
constexpr video_view<T> i420_view(std::span<T> buffer, index_t width, index_t height, index_t stride = 0,
                                  chroma_sampling how = {}) {
    return detail::planes_view("quoin::i420_view", false, buffer, {width, height}, stride, how);
}
/// The same of three planes; those of the differences have the same stride, and ceil(width / 2) x ceil(height / 2)
/// elements.
template <class T>
constexpr video_view<T> i420_view(image_view<T> luma, image_view<T> cb, image_view<T> cr, chroma_sampling how = {}) {
    detail::check_plane("quoin::i420_view", "Cb", luma.size(), cb, detail::chroma_extent(luma.size()));
    detail::check_plane("quoin::i420_view", "Cr", luma.size(), cr, detail::chroma_extent(luma.size()));
    if (cb.height() > 1 && cb.stride() != cr.stride())
        detail::raise("quoin::i420_view: the planes of Cb and Cr have strides of ", cb.stride(), " and ", cr.stride(),
                      " elements; give equal ones");
    if (luma.empty()) return {{}, luma.size(), how};
    return {{luma.data(), cb.data(), cr.data(), 1, luma.stride(), 1, cb.stride(), true}, luma.size(), how};
}

/// As i420_view, with the plane of Cr before that of Cb.
template <class T>
constexpr video_view<T> yv12_view(std::span<T> buffer, index_t width, index_t height, index_t stride = 0,
                                  chroma_sampling how = {}) {
    return detail::planes_view("quoin::yv12_view", true, buffer, {width, height}, stride, how);
}

/// Groups Y Cb Y Cr for two pixels of a row. Rows are not halved.
template <class T>
constexpr video_view<T> yuyv_view(std::span<T> buffer, index_t width, index_t height, index_t stride = 0,
                                  chroma_sampling how = {}) {
    return detail::groups_view("quoin::yuyv_view", true, buffer, {width, height}, stride, how);
}

/// Groups Cb Y Cr Y for two pixels of a row.
template <class T>
constexpr video_view<T> uyvy_view(std::span<T> buffer, index_t width, index_t height, index_t stride = 0,
                                  chroma_sampling how = {}) {
    return detail::groups_view("quoin::uyvy_view", false, buffer, {width, height}, stride, how);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// What all shapes share: the range of coordinates, blending, and spans of pixels that are clipped to the view.
#pragma once

#include <quoin/core/half.hpp>
#include <quoin/draw/stroke.hpp>
#include <quoin/image/image_view.hpp>

#include <algorithm>
#include <cstring>
#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {

inline constexpr index_t farthest = index_t{1} << 31;
inline constexpr index_t thickest = 32767;

constexpr void check_coordinate(char const* what, index_t v) {
    if (v < -farthest || v > farthest)
        raise(what, ": the coordinate ", v, " is outside of -2^31 to 2^31; clip the shape first");
}
constexpr void check_place(char const* what, point p) {
    check_coordinate(what, p.x);
    check_coordinate(what, p.y);
}
constexpr void check_alpha(char const* what, int alpha) {
    if (alpha < 0 || alpha > 255) raise(what, ": the alpha ", alpha, " is not in 0 to 255; 255 covers");
}
constexpr void check_stroke(char const* what, stroke const& s) {
    check_alpha(what, s.alpha);
    if (s.thickness < 1 || s.thickness > thickest)
        raise(what, ": the thickness ", s.thickness, " is not in 1 to ", thickest, "; 1 is the thinnest line");
}
constexpr void check_box(char const* what, rect const& box) {
    check_place(what, {box.x, box.y});
    for (index_t const side : {box.width, box.height})
        if (side < 0 || side > 2 * farthest)
            raise(what, ": the extent ", box.width, " x ", box.height,
                  " is negative or above 2^32; give sides in 0 to 2^32");
    check_place(what, {box.right(), box.bottom()});
}

/// ((255 - alpha) * below + alpha * above) / 255, rounded to nearest.
template <class T>
constexpr T blended(T below, T above, int alpha) {
    if constexpr (std::same_as<T, std::uint8_t>) {
        // (t + t / 256) / 256 is round(n / 255) for each n up to 255 * 255.
        auto const t = static_cast<std::uint16_t>((255 - alpha) * below + alpha * above + 128);
        return static_cast<T>((t + (t >> 8)) >> 8);
    } else if constexpr (std::integral<T>) {
        static_assert(sizeof(T) <= 4,
                      "quoin::draw: channels of 64 bits cannot be blended exactly; use 32 bits or double");
        std::int64_t const n = (255 - alpha) * std::int64_t{below} + alpha * std::int64_t{above} + 127;
        return static_cast<T>(n >= 0 ? n / 255 : -((254 - n) / 255));
    } else {
        double const sum = (255 - alpha) * static_cast<double>(below) + alpha * static_cast<double>(above);
        if constexpr (concepts::narrow_float<T>) return T(static_cast<float>(sum / 255));
        else return static_cast<T>(sum / 255);
    }
}

/// The pixels of a shape in a row, begin <= x < end.
struct row_span {
    index_t y, begin, end;
};

/// Writes spans of one color. The spans of a shape must be disjoint.
template <class P>
class ink {
    static_assert(!std::is_const_v<P>, "quoin::draw: the view is read-only; give a view of pixels that can be written");
    using T = channel_t<P>;
    static constexpr int channels = channels_v<P>;

public:
    ink(image_view<P> const& out, P const& color, int alpha) : out_(out), color_(color), alpha_(alpha) {}

    /// The pixels that can be written: none if nothing would change.
    extent size() const { return alpha_ == 0 ? extent{} : out_.size(); }
    bool covers() const { return alpha_ == 255; }

    /// The part of a span of row y, which the view has, that lies in the view.
    void operator()(index_t y, index_t begin, index_t end) const {
        begin = std::max(begin, index_t{0});
        end = std::min(end, out_.width());
        if (begin >= end) return;
        T* const p = out_.row(y) + begin * channels;
        if (covers()) cover(p, end - begin);
        else blend(p, end - begin);
    }

private:
    void cover(T* p, index_t n) const {
        if constexpr (channels == 1) {
            std::fill_n(p, n, color_);
        } else {
            for_each_channel<P>([&](auto c) { p[decltype(c)::value] = get_channel<decltype(c)::value>(color_); });
            // Copies double what is there.
            for (index_t done = 1; done < n; done *= 2)
                std::memcpy(p + done * channels, p, static_cast<std::size_t>(std::min(done, n - done)) * sizeof(P));
        }
    }
    void blend(T* p, index_t n) const {
        if constexpr (std::integral<T> && sizeof(T) <= 2) {
            if (n >= 16) {
                // A loop of constant length, over the channels of 16 pixels, becomes vectors.
                constexpr index_t block = 16 * channels;
                T colors[block];
                for (index_t i = 0; i < 16; ++i)
                    for_each_channel<P>([&](auto c) {
                        constexpr int k = decltype(c)::value;
                        colors[i * channels + k] = get_channel<k>(color_);
                    });
                int const alpha = alpha_;
                for (; n >= 16; n -= 16, p += block)
                    for (index_t i = 0; i < block; ++i) p[i] = blended<T>(p[i], colors[i], alpha);
            }
        }
        for (index_t i = 0; i < n; ++i, p += channels)
            for_each_channel<P>([&](auto c) {
                constexpr int k = decltype(c)::value;
                p[k] = blended<T>(p[k], get_channel<k>(color_), alpha_);
            });
    }

    image_view<P> out_;
    P color_;
    int alpha_;
};

/// Keeps the spans of a shape whose parts overlap, and writes each pixel once.
class kept_spans {
public:
    explicit kept_spans(extent size) : size_(size) {}

    void operator()(index_t y, index_t begin, index_t end) {
        begin = std::max(begin, index_t{0});
        end = std::min(end, size_.width);
        if (begin < end) spans_.push_back({y, begin, end});
    }

    template <class Span>
    void write(Span const& span) {
        // By their rows, counted.
        std::vector<std::size_t> first(static_cast<std::size_t>(size_.height) + 1);
        for (row_span const& s : spans_) ++first[static_cast<std::size_t>(s.y) + 1];
        for (std::size_t y = 1; y < first.size(); ++y) first[y] += first[y - 1];
        std::vector<interval> rows(spans_.size());
        for (row_span const& s : spans_) rows[first[static_cast<std::size_t>(s.y)]++] = {s.begin, s.end};
        // Now a row ends where its `first` is.
        for (std::size_t y = 0, i = 0; i < rows.size(); ++y) {
            std::size_t const last = first[y];
            std::sort(rows.data() + i, rows.data() + last,
                      [](interval const& a, interval const& b) { return a.begin < b.begin; });
            while (i < last) {
                auto [begin, end] = rows[i++];
                for (; i < last && rows[i].begin <= end; ++i) end = std::max(end, rows[i].end);
                span(static_cast<index_t>(y), begin, end);
            }
        }
    }

private:
    extent size_;
    std::vector<row_span> spans_;
};

} // namespace detail
QUOIN_NAMESPACE_END

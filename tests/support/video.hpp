// SPDX-License-Identifier: BSL-1.0
// Video frames by plain loops: where each element lies, what a pixel reads, and what a frame holds of an image.
#pragma once

#include <quoin/image/image.hpp>
#include <quoin/image/video_view.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

namespace test {

using quoin::index_t;

enum class frame_kind { nv12, nv21, i420, yv12, yuyv, uyvy };
inline constexpr std::array<frame_kind, 6> frame_kinds{frame_kind::nv12, frame_kind::nv21, frame_kind::i420,
                                                       frame_kind::yv12, frame_kind::yuyv, frame_kind::uyvy};

/// A frame in a buffer of its own, which has exactly the elements that it needs. `extra` elements are behind each row.
template <class T>
struct frame {
    frame_kind kind;
    index_t width, height, stride;
    quoin::chroma_sampling how;
    std::vector<T> memory;

    frame(frame_kind k, index_t w, index_t h, index_t extra, quoin::chroma_sampling sampling)
        : kind(k), width(w), height(h), stride((groups() ? 2 : 1) * columns() * 2 + extra), how(sampling) {
        auto const last =
            std::max({luma(w - 1, h - 1), chroma(0, columns() - 1, rows() - 1), chroma(1, columns() - 1, rows() - 1)});
        // An odd width has an element of luma, or of pairs, that no pixel uses.
        index_t size = last + 1;
        if (groups()) size = stride * (h - 1) + 4 * columns();
        memory.assign(static_cast<std::size_t>(size), T(123));
    }
    bool groups() const { return kind == frame_kind::yuyv || kind == frame_kind::uyvy; }
    index_t columns() const { return (width + 1) / 2; }
    index_t rows() const { return groups() ? height : (height + 1) / 2; }

    index_t luma(index_t x, index_t y) const {
        if (groups()) return y * stride + x / 2 * 4 + x % 2 * 2 + (kind == frame_kind::uyvy);
        return y * stride + x;
    }
    /// Cb (0) or Cr (1).
    index_t chroma(int c, index_t i, index_t j) const {
        if (groups()) return j * stride + i * 4 + 2 * c + (kind == frame_kind::yuyv);
        index_t const first = stride * height;
        if (kind == frame_kind::nv12) return first + j * stride + 2 * i + c;
        if (kind == frame_kind::nv21) return first + j * stride + 2 * i + 1 - c;
        int const plane = kind == frame_kind::i420 ? c : 1 - c;
        return first + plane * (stride / 2) * ((height + 1) / 2) + j * (stride / 2) + i;
    }

    /// The view of the library.
    template <class U>
    quoin::video_view<U> view_of(std::span<U> s) const {
        switch (kind) {
        case frame_kind::nv12:
            return quoin::nv12_view(s, width, height, stride, how);
        case frame_kind::nv21:
            return quoin::nv21_view(s, width, height, stride, how);
        case frame_kind::i420:
            return quoin::i420_view(s, width, height, stride, how);
        case frame_kind::yv12:
            return quoin::yv12_view(s, width, height, stride, how);
        case frame_kind::yuyv:
            return quoin::yuyv_view(s, width, height, stride, how);
        default:
            return quoin::uyvy_view(s, width, height, stride, how);
        }
    }
    quoin::video_view<T> view() { return view_of(std::span<T>(memory)); }
    quoin::video_view<T const> view() const { return view_of(std::span<T const>(memory)); }

    void fill(unsigned seed) {
        std::mt19937 random(seed);
        for (T& v : memory) v = static_cast<T>(random());
    }
    T at(index_t place) const { return memory[static_cast<std::size_t>(place)]; }

    /// Where sample i lies, in quarters of a pixel from the middle of the first.
    index_t place_of(index_t i, bool along_rows) const {
        bool const at_first =
            along_rows ? how.siting == quoin::chroma_siting::top_left : how.siting != quoin::chroma_siting::center;
        return 8 * i + (at_first ? 0 : 2);
    }
    /// The two samples around a pixel and the weight of the second, in eighths.
    struct between {
        index_t first, second, weight;
    };
    between around(index_t x, index_t count, bool along_rows) const {
        bool const halved = !along_rows || !groups();
        if (!halved) return {x, x, 0};
        if (how.filter == quoin::chroma_filter::nearest) return {x / 2, x / 2, 0};
        index_t first = -1;
        while (place_of(first + 1, along_rows) <= 4 * x) ++first;
        index_t const weight = 4 * x - place_of(first, along_rows);
        return {std::clamp<index_t>(first, 0, count - 1), std::clamp<index_t>(first + 1, 0, count - 1), weight};
    }
    /// The pixel that a reader gets.
    quoin::ycbcr<T> pixel(index_t x, index_t y) const {
        auto const h = around(x, columns(), false), v = around(y, rows(), true);
        auto const read = [&](int c) {
            auto const row = [&](index_t j) {
                return (8 - h.weight) * at(chroma(c, h.first, j)) + h.weight * at(chroma(c, h.second, j));
            };
            return static_cast<T>(((8 - v.weight) * row(v.first) + v.weight * row(v.second) + 32) / 64);
        };
        return {at(luma(x, y)), read(0), read(1)};
    }

    /// Writes an image.
    void write(quoin::image_view<quoin::ycbcr<T> const> in) {
        for (index_t y = 0; y < height; ++y)
            for (index_t x = 0; x < width; ++x) memory[static_cast<std::size_t>(luma(x, y))] = in.load(x, y).y;
        // The group of an odd width holds the last luma twice.
        if (groups() && width % 2 != 0)
            for (index_t y = 0; y < height; ++y)
                memory[static_cast<std::size_t>(luma(width, y))] = in.load(width - 1, y).y;
        bool const center = how.siting == quoin::chroma_siting::center;
        bool const top = how.siting == quoin::chroma_siting::top_left;
        std::vector<index_t> const along_x = center ? std::vector<index_t>{0, 1, 1} : std::vector<index_t>{1, 2, 1};
        std::vector<index_t> const along_y = groups() ? std::vector<index_t>{0, 1, 0}
                                             : top    ? std::vector<index_t>{1, 2, 1}
                                                      : std::vector<index_t>{0, 1, 1};
        for (int c = 0; c < 2; ++c)
            for (index_t j = 0; j < rows(); ++j)
                for (index_t i = 0; i < columns(); ++i) {
                    index_t sum = 0, weights = 0;
                    for (index_t dy = -1; dy <= 1; ++dy)
                        for (index_t dx = -1; dx <= 1; ++dx) {
                            index_t const x = std::clamp<index_t>(2 * i + dx, 0, width - 1);
                            index_t const y = std::clamp<index_t>((groups() ? j : 2 * j) + dy, 0, height - 1);
                            index_t const w =
                                along_x[static_cast<std::size_t>(dx + 1)] * along_y[static_cast<std::size_t>(dy + 1)];
                            auto const p = in.load(x, y);
                            sum += w * (c == 0 ? p.cb : p.cr);
                            weights += w;
                        }
                    memory[static_cast<std::size_t>(chroma(c, i, j))] =
                        static_cast<T>((2 * sum + weights) / (2 * weights));
                }
    }
};

inline std::vector<quoin::chroma_sampling> all_samplings() {
    std::vector<quoin::chroma_sampling> all;
    for (auto siting : {quoin::chroma_siting::left, quoin::chroma_siting::center, quoin::chroma_siting::top_left})
        for (auto filter : {quoin::chroma_filter::linear, quoin::chroma_filter::nearest})
            all.push_back({siting, filter});
    return all;
}

} // namespace test

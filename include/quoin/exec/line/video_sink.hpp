// SPDX-License-Identifier: BSL-1.0
// The sink that writes a block into a video_view: luma at once, and means of the differences when their rows are there.
#pragma once

#include <quoin/exec/line/video_rows.hpp>
#include <quoin/exec/line/view_sink.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Writes `count` pixels P that lie in lines, one for each channel, to the memory of a frame, and nothing else.
template <class Lanes, class P, class T>
constexpr void join_elements(T const* const (&lines)[channels_v<P>], index_t count, T* to) {
    constexpr int step = channels_v<P>;
    auto const pixels = [&](index_t i) {
        return make_pixel<P>([&](auto c) { return Lanes::template load_as<T>(lines[decltype(c)::value] + i); });
    };
    index_t i = 0;
    for (; i + Lanes::count <= count; i += Lanes::count) Lanes::template store_pixels<P>(to + i * step, pixels(i));
    if (i < count) {
        T rest[Lanes::count * step];
        Lanes::template store_pixels<P>(rest, pixels(i));
        for (index_t k = 0; k < (count - i) * step; ++k) to[i * step + k] = rest[k];
    }
}

/// A block begins with an even row and an even column. Where a sample has a part of the row above its block, that row
/// is computed first; see rows_before().
template <class Lanes, class View>
class video_sink {
    using T = typename View::channel_type;
    using P = typename View::pixel_type;
    using S = chroma_sum<T>;
    using pair = chroma_pair<T>;
    using group = video_group<T>;

    static constexpr index_t margin = Lanes::count < 2 ? 2 : Lanes::count; // left of a line; pairs are read there

public:
    video_sink(View const& out, rect block, line_memory* memory) : out_(out), block_(block) {
        index_t const room = block.width + 4 * Lanes::count;
        bool const groups = out.layout().luma_step == 2;
        luma_ = line_array<T>(memory, groups || thirds() ? room : 0);
        for (int k = 0; k < 2; ++k) {
            samples_[k] = line_array<T>(memory, room);
            for (int i = 0; i < 3; ++i) rows_[i][k] = line_array<T>(memory, i < count_of_rows() ? room : 0);
        }
        if (groups)
            for (auto& half : halves_) half = line_array<T>(memory, room);
    }

    /// The columns and rows of blocks that no sample crosses.
    static blocks fit(View const& out, blocks b) {
        if (out.layout().halves_rows) b.rows = (b.rows + 1) / 2 * 2;
        // A sample has parts of the columns on both sides.
        if (out.sampling().siting != chroma_siting::center) b.cols = (b.size.width + 63) / 64 * 64;
        return b;
    }

    /// The rows above the block that its first samples need.
    rect rows_before() const {
        if (!thirds() || block_.y == 0) return {};
        return {block_.x, block_.y - 1, block_.width, 1};
    }

    class writer {
    public:
        QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, P> const& p) const {
            luma_.put(x, p.y);
            Lanes::store(cb_ + x, p.cb);
            Lanes::store(cr_ + x, p.cr);
        }
        QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, P> const& p, int count) const {
            luma_.put(x, p.y, count);
            Lanes::store(cb_ + x, p.cb);
            Lanes::store(cr_ + x, p.cr);
        }
        QUOIN_INLINE void prefetch_below(index_t x) const { luma_.prefetch_below(x); }

        using packed_row = typename view_sink<Lanes, image_view<T>>::template packed_row<T>;
        packed_row luma_;
        T *cb_, *cr_;
    };

    QUOIN_INLINE writer row(index_t y) {
        bool const in_place = out_.layout().luma_step == 1 && y >= block_.y;
        T* const luma = in_place ? out_.luma_row(y) : luma_.data() + margin - block_.x;
        index_t const left = margin - block_.x;
        return {{luma, in_place ? out_.layout().luma_stride : 0, false}, line(y, 0) + left, line(y, 1) + left};
    }

    /// Ends a row: writes the samples that have all their rows.
    void end_row(index_t y) {
        if (y < block_.y) return;
        bool const halves = out_.layout().halves_rows, last = y == out_.height() - 1;
        if (halves && y % 2 == 0 && !last) return;
        for (int k = 0; k < 2; ++k) {
            // The rows of the samples, and beyond the edges the outermost.
            index_t const upper = halves ? y / 2 * 2 : y;
            take_means(edged(upper > 0 ? upper - 1 : 0, k, thirds()), edged(upper, k, true), edged(y, k, halves),
                       samples_[k].data());
        }
        write_samples(y);
    }

private:
    bool thirds() const { return out_.layout().halves_rows && out_.sampling().siting == chroma_siting::top_left; }
    int count_of_rows() const { return !out_.layout().halves_rows ? 1 : thirds() ? 3 : 2; }
    T* line(index_t y, int k) { return rows_[y % count_of_rows()][k].data(); }

    /// A row of Cb or Cr, addressed by the column in the block, with the outermost repeated beyond the edges; or null.
    T const* edged(index_t y, int k, bool wanted) {
        if (!wanted) return nullptr;
        T* const at = line(y, k) + margin;
        at[-1] = at[0];
        at[block_.width] = at[block_.width - 1];
        return at;
    }

    /// The means of up to three rows, for each pair of columns.
    void take_means(T const* above, T const* here, T const* below, T* to) const {
        bool const center = out_.sampling().siting == chroma_siting::center;
        int const shift = (above ? 2 : below ? 1 : 0) + (center ? 1 : 2);
        S const half = static_cast<S>(1 << (shift - 1)), weight = above ? S{2} : S{1};
        for (index_t i = 0; i < samples(); i += Lanes::count) {
            auto const columns = [=](T const* row) QUOIN_LAMBDA_INLINE {
                auto const p = Lanes::template load_pixels<pair>(row + 2 * i);
                auto const even = convert<S>(p.first), odd = convert<S>(p.second);
                if (center) return convert<S>(even + odd);
                auto const left = convert<S>(Lanes::template load_pixels<pair>(row + 2 * i - 2).second);
                return convert<S>(left + even * S{2} + odd);
            };
            auto all = convert<S>(columns(here) * weight);
            if (above) all = convert<S>(all + columns(above));
            if (below) all = convert<S>(all + columns(below));
            Lanes::store(to + i, convert<T>((all + half) >> shift));
        }
    }
    index_t samples() const { return (block_.width + 1) / 2; }

    void write_samples(index_t y) {
        auto const& to = out_.layout();
        index_t const j = to.halves_rows ? y / 2 : y, first = block_.x / 2;
        T* const cb = out_.cb_row(j) + first * to.chroma_step;
        T* const cr = out_.cr_row(j) + first * to.chroma_step;
        T const *const blue = samples_[0].data(), *const red = samples_[1].data();
        if (to.chroma_step == 1) {
            join_elements<Lanes, T>({blue}, samples(), cb);
            join_elements<Lanes, T>({red}, samples(), cr);
        } else if (to.chroma_step == 2) {
            if (cb < cr) join_elements<Lanes, pair>({blue, red}, samples(), cb);
            else join_elements<Lanes, pair>({red, blue}, samples(), cr);
        } else {
            // An odd width leaves half of the last group: its luma repeats the last one.
            T* const luma = luma_.data() + margin;
            if (block_.width % 2 != 0) luma[block_.width] = luma[block_.width - 1];
            T *const even = halves_[0].data(), *const odd = halves_[1].data();
            split_elements<Lanes, pair>(static_cast<T const*>(luma), samples(), {even, odd});
            T* const y_at = out_.luma_row(j) + first * 4;
            if (y_at < cb) join_elements<Lanes, group>({even, blue, odd, red}, samples(), y_at);
            else join_elements<Lanes, group>({blue, even, red, odd}, samples(), cb);
        }
    }

    View out_;
    rect block_;
    line_array<T> luma_;       // where it cannot be written at once
    line_array<T> rows_[3][2]; // Cb and Cr of row y in y modulo their number
    line_array<T> samples_[2];
    line_array<T> halves_[2];
};

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The rows of a video_view as a source of the line engine: luma where it lies, and lines of differences for each pixel.
#pragma once

#include <quoin/exec/line/line_source.hpp>
#include <quoin/exec/line/source_rows.hpp>
#include <quoin/image/video_view.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A type in which the weighted sums of samples are exact.
template <class T>
using chroma_sum = std::conditional_t<sizeof(T) == 1, std::int16_t, std::int32_t>;

/// Copies `count` elements with this step to lines, starting with lines[c] = from[c] for each c below Step. Nothing
/// behind the last element is read.
template <class Lanes, class P, class T>
constexpr void split_elements(T const* from, index_t count, T* const (&lines)[channels_v<P>]) {
    constexpr int step = channels_v<P>;
    index_t i = 0;
    auto const put = [&](T const* at) {
        auto const pixels = Lanes::template load_pixels<P>(at);
        for_each_channel<P>([&](auto c) {
            if (lines[decltype(c)::value])
                Lanes::store(lines[decltype(c)::value] + i, get_channel<decltype(c)::value>(pixels));
        });
    };
    for (; i + Lanes::count <= count; i += Lanes::count) put(from + i * step);
    if (i < count) {
        T rest[Lanes::count * step] = {};
        for (index_t k = 0; k < (count - i) * step; ++k) rest[k] = from[i * step + k];
        put(rest);
    }
}

/// Rows of a frame. The lines have room for whole steps on both sides.
template <class Lanes, class View>
class video_rows {
    using T = typename View::channel_type;
    using S = chroma_sum<T>;
    using pair = chroma_pair<T>;
    using group = video_group<T>;

public:
    using pixel_type = typename View::pixel_type;
    static constexpr bool keeps_lines = true, reads_in_place = false;

    video_rows(View const& v, line_memory* memory) : view_(v), memory_(memory) {}
    View const& view() const { return view_; }
    extent size() const { return view_.size(); }

    void prepare(interval c) {
        columns_ = c;
        half_ = view_.chroma_size();
        // The samples that these columns read, and those that the line of a row gets.
        pairs_ = {c.begin / 2, (c.end + 1) / 2};
        samples_ = {max<index_t>(pairs_.begin - 1, 0), min(pairs_.end + 1, half_.width)};
        room_ = pairs_.end - pairs_.begin + 2 + 2 * Lanes::count;
        bool const groups = view_.layout().luma_step == 2;
        if (groups) luma_.renew(memory_, 2 * room_);
        for (int i = 0; i < 2; ++i) {
            raw_row_[i] = -1;
            full_[i].renew(memory_, 2 * room_);
            if (groups) halves_[i].renew(memory_, room_);
            for (int k = 0; k < 2; ++k) raw_[i][k].renew(memory_, room_);
        }
        made_ = -1;
    }

    auto row(index_t y) {
        bool const odd = view_.layout().halves_rows && y % 2 != 0;
        index_t const j = view_.layout().halves_rows ? y / 2 : y;
        chroma_weights const weights = view_.row_weights();
        int const before = odd ? weights.odd_at : weights.before, behind = odd ? weights.behind : weights.even_at;
        index_t const first = odd ? j : max<index_t>(j - 1, 0), second = odd ? min(j + 1, half_.height - 1) : j;
        bool const one_row = before == 0 || behind == 0 || first == second;
        index_t const only = before == 0 ? second : first;
        // Rows of one sample row are the same, but for the luma.
        if (!(one_row && made_ == only)) {
            for (int k = 0; k < 2; ++k) {
                if (one_row) {
                    T const* const r = sample_row(only, k);
                    expand(
                        full_[k].data() + Lanes::count,
                        [=](index_t i) QUOIN_LAMBDA_INLINE { return Lanes::template load_as<S>(r + i) * S{4}; }, r);
                } else {
                    T const* const a = sample_row(first, k);
                    T const* const b = sample_row(second, k);
                    S const wa = static_cast<S>(before), wb = static_cast<S>(behind);
                    expand(
                        full_[k].data() + Lanes::count,
                        [=](index_t i) QUOIN_LAMBDA_INLINE {
                            return Lanes::template load_as<S>(a + i) * wa + Lanes::template load_as<S>(b + i) * wb;
                        },
                        nullptr);
                }
            }
            made_ = one_row ? only : -1;
        }
        index_t const left = Lanes::count - 2 * pairs_.begin;
        return cursor<packed_cursor<Lanes, T>>{luma(y), {full_[0].data() + left, full_[1].data() + left}};
    }

private:
    template <class Luma>
    struct cursor {
        Luma luma;
        T const* differences[2];

        QUOIN_INLINE auto load(index_t x) const {
            return lane_pixel<Lanes, pixel_type>{luma.load(x), Lanes::template load_as<T>(differences[0] + x),
                                                 Lanes::template load_as<T>(differences[1] + x)};
        }
        QUOIN_INLINE void prefetch_below(index_t x) const { luma.prefetch_below(x); }
        template <class F>
        QUOIN_INLINE void split(index_t begin, index_t end, F const& f) const {
            split_steps(luma, begin, end, [&](auto const& part, index_t from, index_t to) QUOIN_LAMBDA_INLINE {
                f(video_rows::cursor<std::remove_cvref_t<decltype(part)>>{part, {differences[0], differences[1]}}, from,
                  to);
            });
        }
    };

    /// The luma of a row: in place, or if it has gaps, in a line.
    packed_cursor<Lanes, T> luma(index_t y) {
        T const* const at = view_.luma_row(y);
        if (view_.layout().luma_step == 1) return {at, view_.width(), view_.layout().luma_stride};
        T* const line = luma_.data() + Lanes::count - 2 * pairs_.begin;
        return {line, columns_.end + Lanes::count, 0};
    }

    /// The samples of Cb (0) or Cr (1) of a row, addressed by their column, the outermost repeated beyond the edges.
    T const* sample_row(index_t j, int k) {
        int const slot = static_cast<int>(j % 2);
        if (raw_row_[slot] != j) {
            read_samples(j, slot);
            raw_row_[slot] = j;
        }
        return raw_[slot][k].data() + Lanes::count - samples_.begin;
    }
    void read_samples(index_t j, int slot) {
        T* const lines[] = {raw_[slot][0].data() + Lanes::count, raw_[slot][1].data() + Lanes::count};
        index_t const count = samples_.end - samples_.begin, step = view_.layout().chroma_step;
        T const* const cb = view_.cb_row(j) + samples_.begin * step;
        T const* const cr = view_.cr_row(j) + samples_.begin * step;
        bool const swapped = cr < cb;
        if (step == 1) {
            split_elements<Lanes, T>(cb, count, {lines[0]});
            split_elements<Lanes, T>(cr, count, {lines[1]});
        } else if (step == 2) {
            split_elements<Lanes, pair>(swapped ? cr : cb, count, {lines[swapped], lines[!swapped]});
        } else {
            // Groups begin with luma or with a sample, whichever comes first.
            T const* const y = view_.luma_row(j) + samples_.begin * 4;
            read_groups(y < cb ? y : cb, y < cb, count, lines);
            raw_row_[1 - slot] = -1; // there is one line of luma
        }
        for (T* const line : lines) {
            line[-1] = line[0];
            line[count] = line[count - 1];
        }
    }
    void read_groups(T const* from, bool luma_first, index_t count, T* const (&lines)[2]) {
        // Every other luma, then all of them in order.
        T* const even = halves_[0].data();
        T* const odd = halves_[1].data();
        if (luma_first) split_elements<Lanes, group>(from, count, {even, lines[0], odd, lines[1]});
        else split_elements<Lanes, group>(from, count, {lines[0], even, lines[1], odd});
        T* const to = luma_.data() + Lanes::count + 2 * (samples_.begin - pairs_.begin);
        index_t const skip = pairs_.begin - samples_.begin;
        for (index_t i = skip; i < pairs_.end - samples_.begin; i += Lanes::count)
            Lanes::template store_pixels<pair>(
                to + 2 * i, {Lanes::template load_as<T>(even + i), Lanes::template load_as<T>(odd + i)});
    }

    /// The differences of all columns, from weighted sums of rows at the samples around them.
    template <class Sum>
    void expand(T* to, Sum const& sum, T const* only) {
        chroma_weights const w = view_.column_weights();
        if (only && w.even_at == 4 && w.odd_at == 4) {
            for (index_t i = pairs_.begin; i < pairs_.end; i += Lanes::count, to += 2 * Lanes::count) {
                auto const sample = Lanes::template load_as<T>(only + i);
                Lanes::template store_pixels<pair>(to, {sample, sample});
            }
            return;
        }
        auto const rounded = [](auto const& v) QUOIN_LAMBDA_INLINE { return convert<T>(scale_down<4>(v)); };
        S const before = static_cast<S>(w.before), even = static_cast<S>(w.even_at), odd = static_cast<S>(w.odd_at),
                behind = static_cast<S>(w.behind);
        for (index_t i = pairs_.begin; i < pairs_.end; i += Lanes::count, to += 2 * Lanes::count) {
            auto const here = sum(i), next = sum(i + 1);
            auto const right = rounded(here * odd + next * behind);
            if (before == 0) Lanes::template store_pixels<pair>(to, {rounded(here * even), right});
            else Lanes::template store_pixels<pair>(to, {rounded(sum(i - 1) * before + here * even), right});
        }
    }

    View view_;
    line_memory* memory_;
    interval columns_{}, pairs_{}, samples_{};
    extent half_{};
    index_t room_ = 0;
    index_t raw_row_[2] = {-1, -1}; // the rows of samples in raw_
    index_t made_ = -1;             // the row of samples of which full_ is made, or -1 if of two
    line_array<T> luma_;
    line_array<T> raw_[2][2];
    line_array<T> full_[2];
    line_array<T> halves_[2]; // even and odd columns of luma
};

} // namespace detail

QUOIN_NAMESPACE_END

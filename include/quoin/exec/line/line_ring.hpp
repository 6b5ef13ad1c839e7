// SPDX-License-Identifier: BSL-1.0
// The lines of a local stage: a ring of padded rows of the upstream pixels.
#pragma once

#include <quoin/core/image_alignment.hpp>
#include <quoin/core/tuning.hpp>
#include <quoin/exec/line/line_source.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A border as a value: the mapping of coordinates outside an axis, or the channels of a constant.
template <class T>
class line_border {
public:
    template <class Border>
        requires(!Border::has_value)
    constexpr explicit line_border(Border const& border) : periodic(Border::periodic), fold_(&fold<Border>) {
        if constexpr (!std::is_empty_v<Border>) {
            static_assert(std::is_trivially_copyable_v<Border> && sizeof(Border) <= sizeof(state_),
                          "quoin: a border is a small value, trivially copyable and of at most 32 bytes");
            __builtin_memcpy(state_, &border, sizeof(Border));
        }
    }
    constexpr explicit line_border(line_array<T>&& constant) : constant_(std::move(constant)) {}

    constexpr bool has_value() const { return constant_.data(); }
    constexpr T value(int channel) const { return constant_.data()[channel]; }
    /// The coordinate in [0, n) that is read instead of i.
    constexpr index_t operator()(index_t i, index_t n) const { return fold_(state_, i, n); }

    bool periodic = false;

private:
    template <class Border>
    static constexpr index_t fold(unsigned char const* state, index_t i, index_t n) {
        if constexpr (std::is_empty_v<Border>) {
            return Border{}(i, n);
        } else {
            alignas(Border) unsigned char copy[sizeof(Border)];
            __builtin_memcpy(copy, state, sizeof(Border));
            return (*reinterpret_cast<Border const*>(copy))(i, n);
        }
    }

    line_array<T> constant_;
    index_t (*fold_)(unsigned char const*, index_t, index_t) = nullptr;
    unsigned char state_[32] = {};
};

/// The rows of a view, if they can be read in place because they lie in memory as lines do.
template <class T>
struct rows_in_place {
    T const* origin = nullptr;
    index_t stride = 0;
    constexpr T const* row(index_t y) const { return origin + y * stride; }
};

/// Each row that upstream has computed stays in one of footprint.rows() lines until no window needs it. Borders are
/// written beside the line, so a filter need not test for them. If rows are read in place, a line holds only their
/// padded ends. Nothing here depends on a filter or on the lanes, so a program has one copy for each channel type.
template <class T>
class line_ring {
public:
    /// The last `ahead` rows of `reach` belong to windows further down. None of these is below the last row, so rows
    /// that only they would have are any others.
    constexpr line_ring(owned<line_source<T>> upstream, footprint reach, int channels, line_border<T>&& border,
                        rows_in_place<T> in_place, line_memory* memory, int ahead = 0)
        : upstream_(std::move(upstream)), border_(std::move(border)), in_place_(in_place), reach_(reach),
          channels_(channels), size_(upstream_->size()), end_(size_.height + reach.down - ahead), from_(memory) {}
    constexpr line_ring(line_ring&&) = default;

    constexpr void observe(row_observer* observer, int pass) {
        observer_ = observer;
        pass_ = pass;
    }

    constexpr extent size() const { return size_; }
    constexpr line_memory* memory() const { return from_; } ///< the memory of the block
    constexpr footprint reach() const { return reach_; }
    constexpr index_t row() const { return row_; } ///< that of the last move_to()
    constexpr interval input() const { return input_; }
    constexpr index_t plane() const { return plane_; }         ///< the distance from one channel of a line to the next
    constexpr index_t line_size() const { return line_size_; } ///< the size of all channels
    constexpr index_t front() const { return front_; }         ///< the values before the first column

    /// Allocates the lines that these columns of the result need. They are read in steps of `step` pixels. There is
    /// room for `in_front` additional values before a line.
    QUOIN_NOINLINE constexpr void prepare(interval result, index_t step, index_t in_front) {
        index_t const w = size_.width;
        step_ = step;
        input_ = border_.periodic ? interval{0, w} : inside({result.begin - reach_.left, result.end + reach_.right}, w);
        edges_left_ = max<index_t>(0, reach_.left - result.begin);
        edges_right_ = max<index_t>(0, result.end + reach_.right - w);
        upstream_->prepare(input_);

        constexpr index_t align = static_cast<index_t>(image_alignment / sizeof(T));
        front_ = round_up(reach_.left + in_front, align);
        plane_ = front_ + round_up(input_.end - input_.begin + reach_.right + 2 * step, align);
        // Lines at a distance near a multiple of a page would compete for the same sets of the first-level cache.
        constexpr index_t page = 4096 / sizeof(T), apart = tuning::lines_apart / sizeof(T);
        if (index_t const near = (plane_ + apart) % page; plane_ > page / 2 && near < 2 * apart)
            plane_ += 2 * apart - near;
        line_size_ = plane_ * channels_;
        int const rows = reach_.rows();
        memory_.renew(from_, line_size_ * (rows + border_.has_value()));
        room_ = rows + tuning::rows_before_rewinding;
        lines_.renew(from_, room_);
        places_.renew(from_, room_);
        held_.renew(from_, rows);
        for (int i = 0; i < rows; ++i) held_.data()[i] = nowhere;
        if (in_place_.origin) in_place_lines_.renew(from_, room_);
        top_ = 0;
        row_ = nowhere;
        if (border_.has_value()) {
            for (int c = 0; c < channels_; ++c) {
                T* const line = place(rows) - front_ + c * plane_;
                for (index_t i = 0; i < plane_; ++i) line[i] = border_.value(c);
            }
        } else {
            edges_.renew(from_, edges_left_ + edges_right_);
            for (index_t i = 0; i < edges_left_; ++i) edges_.data()[i] = border_(i - edges_left_, w) - input_.begin;
            for (index_t i = 0; i < edges_right_; ++i)
                edges_.data()[edges_left_ + i] = border_(w + i, w) - input_.begin;
        }
    }

    /// Makes lines() those of the rows y - up .. y + down. Returns whether the last call was for row y - 1. Rows inside
    /// the image come first and in order, so that every row is computed once and in rising order. Only a periodic
    /// border needs the order of the window.
    constexpr bool move_to(index_t y) {
        bool const follows = y == row_ + 1;
        bool const inside_image = row_ >= reach_.up && y + reach_.down < size_.height;
        row_ = y;
        if (follows && inside_image && top_ + reach_.rows() < room_) [[likely]] {
            // The line of the row that leaves the window takes the row that enters it.
            int const last = reach_.rows() - 1, free = places_.data()[top_++];
            index_t const v = y + reach_.down;
            held_.data()[free] = v;
            fill_line(place(free), v);
            set_line(last, v, free);
        } else {
            find_lines(y, follows);
        }
        return follows;
    }

    /// The addresses of column input().begin in the rows of the window, from the top.
    constexpr T const* const* lines() const { return lines_.data() + top_; }
    /// The same for the rows themselves, if they are read in place.
    constexpr T const* const* in_place_lines() const {
        return in_place_.origin ? in_place_lines_.data() + top_ : lines();
    }
    /// The distance from a pixel to the one to prefetch. In a narrow part of a row that is the last one of a window,
    /// because the row before the part was read for the part to the left.
    constexpr index_t in_place_ahead() const {
        constexpr index_t line = 64 / sizeof(T);
        index_t const rows = rows_ahead((input_.end - input_.begin) * static_cast<index_t>(sizeof(T)));
        return rows * in_place_.stride + (rows > 1 ? reach_.right + line - 1 : 0);
    }

private:
    static constexpr index_t nowhere = -2; // not even the row before row 0

    static constexpr index_t round_up(index_t n, index_t step) { return (n + step - 1) / step * step; }

    constexpr T* place(int i) { return memory_.data() + i * line_size_ + front_; }

    constexpr void set_line(int i, index_t source, int p) {
        places_.data()[top_ + i] = p;
        lines_.data()[top_ + i] = place(p);
        if (in_place_.origin)
            in_place_lines_.data()[top_ + i] = p == reach_.rows() ? place(p) : in_place_.row(source) + input_.begin;
    }

    /// Finds every row of a window, those inside the image first.
    QUOIN_NOINLINE constexpr void find_lines(index_t y, bool follows) {
        if (follows) return move_lines(y);
        top_ = 0;
        if (border_.periodic) return find_lines_of(y, [](index_t) { return true; });
        find_lines_of(y, [&](index_t v) { return v >= 0 && v < size_.height; });
        find_lines_of(y, [&](index_t v) { return v < 0 || v >= size_.height; });
    }
    /// The lines of the window before, without the first one, and that of the row that enters.
    constexpr void move_lines(index_t y) {
        int const last = reach_.rows() - 1, from = top_ + 1;
        top_ = 0;
        for (int i = 0; i < last; ++i) {
            places_.data()[i] = places_.data()[from + i];
            lines_.data()[i] = lines_.data()[from + i];
            if (in_place_.origin) in_place_lines_.data()[i] = in_place_lines_.data()[from + i];
        }
        index_t const v = y + reach_.down;
        set_line(last, folded(v), place_of(y, v));
    }
    template <class Wanted>
    constexpr void find_lines_of(index_t y, Wanted const& wanted) {
        for (int i = 0; i < reach_.rows(); ++i) {
            index_t const v = y - reach_.up + i;
            if (wanted(v)) set_line(i, folded(v), place_of(y, v));
        }
    }

    /// The line of row v for the window around y. The row is found in the ring, or computed into a line outside of the
    /// window.
    constexpr int place_of(index_t y, index_t v) {
        int const rows = reach_.rows();
        if (border_.has_value() && (v < 0 || v >= size_.height)) return rows;
        index_t const source = folded(v);
        index_t* const held = held_.data();
        int free = -1;
        for (int i = 0; i < rows; ++i) {
            if (held[i] == source) return i;
            if (free < 0 && !in_window(y, held[i])) free = i;
        }
        held[free] = source;
        fill_line(place(free), source);
        return free;
    }

    constexpr index_t folded(index_t v) const {
        v = min(v, end_ - 1);
        return border_.has_value() || (v >= 0 && v < size_.height) ? v : border_(v, size_.height);
    }

    constexpr bool in_window(index_t y, index_t held) const {
        if (held == nowhere) return false;
        if (held >= y - reach_.up && held <= y + reach_.down) return true;
        for (index_t v = y - reach_.up; v < 0 && v <= y + reach_.down; ++v)
            if (folded(v) == held) return true;
        for (index_t v = max(size_.height, y - reach_.up); v <= y + reach_.down; ++v)
            if (folded(v) == held) return true;
        return false;
    }

    QUOIN_NOINLINE constexpr void fill_line(T* line, index_t y) {
        observed_row const seen(observer_, pass_);
        if (in_place_.origin) copy_ends(line, in_place_.row(y));
        else upstream_->fill(line, plane_, input_, y);
        index_t const w = size_.width - input_.begin;
        for (int c = 0; c < channels_; ++c) {
            T* const plane = line + c * plane_;
            if (border_.has_value()) {
                for (index_t i = -edges_left_; i < 0; ++i) plane[i] = border_.value(c);
                for (index_t i = 0; i < edges_right_; ++i) plane[w + i] = border_.value(c);
            } else {
                index_t const* const edges = edges_.data();
                for (index_t i = 0; i < edges_left_; ++i) plane[i - edges_left_] = plane[edges[i]];
                for (index_t i = 0; i < edges_right_; ++i) plane[w + i] = plane[edges[edges_left_ + i]];
            }
        }
    }

    /// memcpy for a few dozen bytes beyond 64, without a function call.
    static void copy_bytes(T* to, T const* from, std::size_t size) {
        constexpr std::size_t step = 64;
        if (size < step) return static_cast<void>(__builtin_memcpy(to, from, size));
        auto* const out = reinterpret_cast<unsigned char*>(to);
        auto const* const in = reinterpret_cast<unsigned char const*>(from);
        for (std::size_t i = 0; i + step < size; i += step) __builtin_memcpy(out + i, in + i, step);
        __builtin_memcpy(out + size - step, in + size - step, step);
    }

    /// Copies the pixels of steps whose windows leave the image, and the pixels that the border maps to.
    constexpr void copy_ends(T* line, T const* row) const {
        index_t const ends = reach_.left + step_ + reach_.right;
        auto const copy = [&](index_t begin, index_t end) {
            if (std::is_constant_evaluated())
                for (index_t x = begin; x < end; ++x) line[x - input_.begin] = row[x];
            else if (begin < end)
                copy_bytes(line + (begin - input_.begin), row + begin,
                           static_cast<std::size_t>(end - begin) * sizeof(T));
        };
        if (edges_left_ > 0 || (edges_right_ > 0 && border_.periodic)) copy(input_.begin, min(input_.end, ends));
        // The first column from which whole steps reach the end.
        index_t const last = input_.end - (size_.width + 1 - ends);
        if (last > 0) copy(max(input_.begin, input_.end - round_up(last, step_)), input_.end);
    }

    owned<line_source<T>> upstream_;
    line_border<T> border_;
    rows_in_place<T> in_place_;
    footprint reach_;
    int channels_;
    extent size_;
    index_t end_; // of the rows in windows
    index_t step_ = 1;
    interval input_{};
    index_t edges_left_ = 0, edges_right_ = 0; // columns outside the image that windows read
    index_t front_ = 0, plane_ = 0, line_size_ = 0;
    row_observer* observer_ = nullptr;
    int pass_ = 0;
    index_t row_ = nowhere; // the center row of the window
    line_memory* from_;
    line_array<T> memory_;
    // The window begins at top_ of these lists and moves on in them. From time to time it goes back to their beginning.
    line_array<T const*> lines_, in_place_lines_;
    line_array<int> places_; // the lines of the window, from the top
    int top_ = 0, room_ = 0;
    line_array<index_t> held_;  // the row that each line of the ring holds
    line_array<index_t> edges_; // the columns of a line that are read for columns outside the image
};

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The least and the greatest values over structuring elements.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/core/structuring_element.hpp>
#include <quoin/filter/detail/extrema.hpp>

#include <memory>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// An element as numbers, which a stage reads. First the chords: dx, dy, length, and the index of the length among the
/// different ones. Behind them the different lengths in rising order: the length, the least dy of its chords, and the
/// dx of the first one.
struct element_numbers {
    static constexpr int in_chord = 4, in_length = 3;
    int chords, lengths;
    std::shared_ptr<int const[]> numbers;

    explicit element_numbers(structuring_element const& e) : chords(static_cast<int>(e.chords().size())), lengths(0) {
        constexpr std::size_t most = structuring_element::most_side + 1;
        int index[most] = {};
        for (auto const& c : e.chords()) index[c.length] = 1;
        for (int& i : index)
            if (i != 0) i = lengths++;
        std::shared_ptr<int[]> all(new int[static_cast<std::size_t>(in_chord * chords + in_length * lengths)]);
        int *chord = all.get(), *const by_length = all.get() + in_chord * chords;
        for (int k = 0; k < lengths; ++k) by_length[in_length * k] = 0;
        for (auto const& c : e.chords()) {
            int const k = index[c.length], values[] = {c.dx, c.dy, c.length, k};
            for (int v : values) *chord++ = v;
            int* const own = by_length + in_length * k;
            if (own[0] != 0) continue;
            own[0] = c.length;
            own[1] = c.dy;
            own[2] = c.dx;
        }
        numbers = std::move(all);
    }
    index_t size() const { return in_chord * chords + in_length * lengths; }
};

/// Calls put(x, extreme) for `Steps` steps of the values at x of `count` lines.
template <int Steps, class Lanes, class Order, class K, class Put>
QUOIN_INLINE void join_lines(K const* const* lines, int count, index_t x, Put const& put) {
    using V = decltype(Lanes::template load_as<K>(lines[0]));
    std::remove_const_t<V> all[Steps];
    unrolled<Steps>([&](auto s) QUOIN_LAMBDA_INLINE {
        all[s] = Lanes::template load_as<K>(lines[0] + x + decltype(s)::value * Lanes::count);
    });
    for (int i = 1; i < count; ++i) {
        K const* const from = lines[i] + x;
        unrolled<Steps>([&](auto s) QUOIN_LAMBDA_INLINE {
            all[s] = Order::of(all[s], Lanes::template load_as<K>(from + decltype(s)::value * Lanes::count));
        });
    }
    unrolled<Steps>([&](auto s) QUOIN_LAMBDA_INLINE { put(x + decltype(s)::value * Lanes::count, all[s]); });
}
template <class Lanes, class Order, class K, class Put>
QUOIN_NOINLINE void join_lines(K const* const* lines, int count, index_t columns, Put const put) {
    constexpr int steps = sizeof(K) == 1 ? 4 : sizeof(K) == 2 ? 2 : 1;
    index_t x = 0;
    for (; x + steps * Lanes::count <= columns; x += steps * Lanes::count)
        join_lines<steps, Lanes, Order>(lines, count, x, put);
    for (; x < columns; x += Lanes::count) join_lines<1, Lanes, Order>(lines, count, x, put);
}

/// The extreme of the pixels around a pixel that belong to an element, or what Ends makes of it and of the pixel. The
/// numbers of the element are elsewhere.
///
/// A sweep makes the extremes of the different lengths of chords of each row, each from a shorter length, and keeps
/// them as lines. A row of results is the extreme of one line for each chord.
template <class T, bool Greatest, class Ends = extreme_alone<T>>
class extreme_of_element {
    using rectangle = extreme_of_rectangle<T, Greatest, Ends>;

public:
    using vectorized = void;
    using channelwise = void;
    using default_border = typename rectangle::default_border;
    using order = typename rectangle::order;
    using key = typename order::key;
    using outside_of = T;
    static constexpr char const* name = rectangle::name;

    extreme_of_element(structuring_element const& e, element_numbers const& n)
        : numbers_(n.numbers.get()), chords_(n.chords), lengths_(n.lengths) {
        rect const around = e.bounds();
        top_ = static_cast<int>(around.y);
        bottom_ = static_cast<int>(around.bottom()) - 1;
        bounds_ = {max(0, -static_cast<int>(around.x)), max(0, static_cast<int>(around.right()) - 1), max(0, -top_),
                   max(0, bottom_)};
        is_rectangle_ = e.is_rectangle() && around.contains(point{0, 0});
    }

    QUOIN_FN quoin::footprint footprint() const { return bounds_.footprint(); }
    QUOIN_FN auto outside(T value) const { return Ends::outside(value); }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        if (is_rectangle_) return bounds_(w);
        auto const at = [&](int i, int j) QUOIN_LAMBDA_INLINE { return order::key_of(Ends::compared(w(i, j))); };
        auto k = at(numbers_[0], numbers_[1]);
        for (int const *c = numbers_, *const end = c + element_numbers::in_chord * chords_; c != end;
             c += element_numbers::in_chord)
            for (int i = 0; i < c[2]; ++i) k = order::of(k, at(c[0] + i, c[1]));
        return Ends::result(order::value_of(k), w(0, 0));
    }

    QUOIN_FN bool sweeps() const { return !is_rectangle_ || bounds_.sweeps(); }
    template <class>
    std::size_t sweep_size(index_t columns) const {
        if (is_rectangle_) return bounds_.template sweep_size<T>(columns);
        index_t lines = 3;
        for (int k = 0; k < lengths_; ++k)
            if (keeps(length(k))) lines += kept_rows(length(k));
        return head_bytes() + extreme_lines<key>::bytes(columns + bounds_.width(), lines);
    }
    template <class Lanes, class R>
    void sweep(row_sweep<typename Ends::input> const& row, R* to) const {
        if (is_rectangle_) return bounds_.template sweep<Lanes>(row, to);
        sweep_with<Lanes>(row, [to, pixels = row.line(0)](index_t x, auto const& k) QUOIN_LAMBDA_INLINE {
            auto const extreme = order::value_of(k);
            if constexpr (Ends::reads_pixel)
                Lanes::store(to + x, Ends::result(extreme, Lanes::template load_as<typename Ends::input>(pixels + x)));
            else Lanes::store(to + x, extreme);
        });
    }

    /// Reads the numbers there.
    void read(int const* numbers) { numbers_ = numbers; }

private:
    /// One of the different lengths of chords, and its lines among those that are kept.
    struct lines_of_length {
        int pixels, top, first;
    };
    QUOIN_FN lines_of_length length(int k) const {
        int const* const n = numbers_ + element_numbers::in_chord * chords_ + element_numbers::in_length * k;
        return {n[0], n[1], n[2]};
    }
    /// Single pixels of the input are read where they are.
    static bool keeps(lines_of_length const& l) { return l.pixels > 1 || rectangle::makes_keys; }
    index_t kept_rows(lines_of_length const& l) const { return bottom_ - l.top + 1; }
    std::size_t head_bytes() const {
        auto const pointers = static_cast<std::size_t>(chords_) * sizeof(key const*);
        return 64 + (pointers + 63) / 64 * 64;
    }
    /// Lines begin so that the first chord of the length reads them at a multiple of 64 bytes.
    index_t start(lines_of_length const& l) const {
        constexpr index_t align = 64 / static_cast<index_t>(sizeof(key));
        return align - 1 - (bounds_.left + l.first + align - 1) % align;
    }

    template <class Lanes, class Put>
    void sweep_with(row_sweep<typename Ends::input> const& row, Put const& put) const {
        index_t const pitch = extreme_lines<key>::pitch(row.columns + bounds_.width());
        index_t* const entered = reinterpret_cast<index_t*>(row.memory);
        auto const** const lines = reinterpret_cast<key const**>(row.memory + 64);
        key* const scratch = reinterpret_cast<key*>(row.memory + head_bytes());
        key* const kept = scratch + 3 * pitch;
        if (!row.follows) *entered = 0;
        for (int dy = row.follows ? bottom_ : top_; dy <= bottom_; ++dy)
            enter<Lanes>(row, dy, (*entered)++, kept, scratch, pitch);

        key const* first_line[structuring_element::most_side + 1];
        key* next = kept;
        for (int k = 0; k < lengths_; ++k) {
            lines_of_length const l = length(k);
            first_line[k] = next + start(l) + bounds_.left;
            if (keeps(l)) next += kept_rows(l) * pitch;
        }
        int const* chord = numbers_;
        for (int i = 0; i < chords_; ++i, chord += element_numbers::in_chord) {
            int const dx = chord[0], dy = chord[1], k = chord[3];
            lines_of_length const l = length(k);
            if constexpr (!rectangle::makes_keys)
                if (l.pixels == 1) {
                    lines[i] = row.line(dy) + dx;
                    continue;
                }
            index_t const place = (*entered - 1 - (bottom_ - dy)) % kept_rows(l);
            lines[i] = first_line[k] + place * pitch + dx;
        }
        join_lines<Lanes, order>(static_cast<key const* const*>(lines), chords_, row.columns, put);
    }

    /// Makes the lines of the row dy rows down, the row with this number.
    template <class Lanes>
    void enter(row_sweep<typename Ends::input> const& row, int dy, index_t number, key* kept, key* scratch,
               index_t pitch) const {
        index_t const columns = row.columns + bounds_.width() - 1;
        key const* last; // extremes of `span` neighbors
        index_t span = 1;
        if constexpr (rectangle::makes_keys) {
            lines_of_length const shortest = length(0);
            bool const single = shortest.pixels == 1;
            key* const keys = single ? kept + number % kept_rows(shortest) * pitch + start(shortest) : scratch;
            make_keys<Lanes, order, Ends>(row.line(dy) - bounds_.left, keys, columns);
            last = keys;
            if (single) kept += kept_rows(shortest) * pitch;
        } else {
            last = row.line(dy) - bounds_.left;
        }
        for (int k = 0; k < lengths_; ++k) {
            lines_of_length const l = length(k);
            if (l.pixels == 1) continue;
            for (int line = 1; l.pixels > 4 * span; line ^= 3) {
                join<Lanes>(last, scratch + line * pitch, columns, span, 4 * span);
                last = scratch + line * pitch;
                span *= 4;
            }
            key* const to = kept + number % kept_rows(l) * pitch + start(l);
            join<Lanes>(last, to, columns, span, l.pixels);
            last = to;
            span = l.pixels;
            kept += kept_rows(l) * pitch;
        }
    }
    /// Extremes of `next` neighbors, of those of `span`, for span < next <= 4 span.
    template <class Lanes>
    static void join(key const* from, key* to, index_t columns, index_t span, index_t next) {
        index_t const parts = (next + span - 1) / span, n = columns - next + 1;
        index_t offsets[4] = {0, span, 2 * span, 3 * span};
        offsets[parts - 1] = next - span;
        if (parts == 2) join_shifted<Lanes, order, 2>(from, to, n, offsets);
        else if (parts == 3) join_shifted<Lanes, order, 3>(from, to, n, offsets);
        else join_shifted<Lanes, order, 4>(from, to, n, offsets);
    }

    int const* numbers_;
    int chords_, lengths_;
    rectangle bounds_{};
    int top_ = 0, bottom_ = 0;
    bool is_rectangle_ = false;
};

/// The same. It owns the numbers, and copies share them.
template <class T, bool Greatest, class Ends = extreme_alone<T>>
class shared_extreme_of_element : public extreme_of_element<T, Greatest, Ends> {
public:
    using far = extreme_of_element<T, Greatest, Ends>;
    using far_numbers = int;

    explicit shared_extreme_of_element(structuring_element const& e)
        : shared_extreme_of_element(e, element_numbers(e)) {}

    int const* numbers() const { return owned_.numbers.get(); }
    index_t size() const { return owned_.size(); }
    far with_numbers(int const* elsewhere) const {
        far f = *this;
        f.read(elsewhere);
        return f;
    }

private:
    shared_extreme_of_element(structuring_element const& e, element_numbers const& n) : far(e, n), owned_(n) {}

    element_numbers owned_;
};

/// The extreme of the element, or of the reflected one.
template <class T, bool Greatest, class Ends = extreme_alone<T>>
shared_extreme_of_element<T, Greatest, Ends> make_extreme(structuring_element const& e, bool turned) {
    return shared_extreme_of_element<T, Greatest, Ends>(turned ? e.reflected() : e);
}

} // namespace detail

QUOIN_NAMESPACE_END

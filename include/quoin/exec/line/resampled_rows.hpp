// SPDX-License-Identifier: BSL-1.0
// A resampling stage of the line engine.
#pragma once

#include <quoin/core/image_alignment.hpp>
#include <quoin/exec/line/joined_halves.hpp>
#include <quoin/exec/line/joined_passes.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The distance between the channels of a line of `width` values, of which `behind` more may be read.
template <class T>
constexpr index_t resampled_plane(index_t width, index_t behind) {
    constexpr index_t align = static_cast<index_t>(image_alignment / sizeof(T));
    return (width + behind + align - 1) / align * align;
}

/// Whether a stage says by what its sums are divided; see resampling_functor.
template <class F>
concept divides_exactly = requires(F const& f) {
    { f.rounding().whole() } -> std::same_as<double>;
};

/// What both nodes have: the stage and the lines that it reads.
template <class T, class F>
class resampling_node {
public:
    resampling_node(F const& f, owned<line_source<T>> upstream, int channels, line_memory* memory)
        : f_(f), upstream_(std::move(upstream)), channels_(channels), memory_(memory) {}

    extent size() const { return result_extent(f_, upstream_->size()); }
    bool copies() const { return f_.taps().copies; }
    line_source<T>& upstream() const { return *upstream_; }
    void observe(row_observer* observer, int pass) {
        observer_ = observer;
        pass_ = pass;
    }

protected:
    void fill_line(T* line, index_t plane, interval columns, index_t y) {
        observed_row const seen(observer_, pass_);
        upstream_->fill(line, plane, columns, y);
    }

    [[no_unique_address]] F f_;
    owned<line_source<T>> upstream_;
    int channels_;
    line_memory* memory_;
    row_observer* observer_ = nullptr;
    int pass_ = 0;
};

/// Rows of weighted sums along rows. One line holds a row of the input. If the input has lines in memory, they are read
/// there, but for the steps that would read behind a row: the line then holds its end.
template <class Lanes, class T, class F>
class resampled_columns : public resampling_node<T, F> {
    using weight = typename F::weight;
    using sums_type = typename Lanes::template tap_sums<T, weight>;
    using resampling_node<T, F>::f_, resampling_node<T, F>::upstream_, resampling_node<T, F>::channels_,
        resampling_node<T, F>::memory_;

public:
    using resampling_node<T, F>::resampling_node;

    void prepare(interval columns) {
        auto const taps = f_.taps();
        input_ = taps.input_of(columns);
        upstream_->prepare(input_);
        sums_ = sums_type(taps);
        plane_ = resampled_plane<T>(input_.end - input_.begin, sums_.slack() + 2 * Lanes::count);
        line_.renew(memory_, plane_ * channels_);
        table_.renew(memory_, sums_.bytes(columns) / static_cast<index_t>(sizeof(aligned_bytes)));
        sums_.arrange(taps, columns, reinterpret_cast<std::byte*>(table_.data()));
        row_ = -1;
        in_place_end_ = columns.begin;
        while (in_place_end_ + Lanes::count <= columns.end &&
               taps.first[in_place_end_ + Lanes::count - 1] + taps.count + sums_.slack() <= input_.end)
            in_place_end_ += Lanes::count;
        copied_ = in_place_end_ < columns.end ? taps.first[in_place_end_] : input_.end;
    }
    void move_to(index_t y) {
        if (y == row_) return;
        row_ = y;
        in_place_ = place(y);
        if (in_place_) {
            std::copy(in_place_ + copied_, in_place_ + input_.end, line_.data() + (copied_ - input_.begin));
            prefetch(y + 1);
        } else {
            this->fill_line(line_.data(), plane_, input_, y);
        }
    }

    /// The sums of this pass are divided by a power of two, if it is to be joined.
    byte_columns columns_of_bytes()
        requires(std::same_as<T, std::uint8_t> && !std::is_floating_point_v<weight> && divides_exactly<F>)
    {
        auto const whole = static_cast<std::uint64_t>(f_.rounding().whole());
        if (!std::has_single_bit(whole)) return {};
        byte_columns pass{.input = upstream_.operator->(), .shift = std::countr_zero(whole)};
        if constexpr (std::same_as<weight, split_weight>) pass.split_weights = f_.taps();
        else pass.weights = f_.taps();
        pass.observer = this->observer_;
        pass.pass = this->pass_;
        return pass;
    }

    number_columns columns_of_numbers()
        requires((std::same_as<T, std::uint16_t> || std::same_as<T, float>) && std::same_as<weight, double>)
    {
        number_columns pass{.weights = f_.taps(), .observer = this->observer_, .pass = this->pass_};
        if constexpr (std::same_as<T, float>) pass.floats = upstream_.operator->();
        else pass.shorts = upstream_.operator->();
        return pass;
    }

    struct cursor_type {
        [[no_unique_address]] typename F::rounding_type round;
        sums_type sums;
        T const* line;
        T const* in_place; // the same until in_place_end, if the line lies in memory
        index_t in_place_end;
        QUOIN_INLINE auto load(index_t x) const { return round(sums(x < in_place_end ? in_place : line, x)); }
        QUOIN_INLINE void prefetch_below(index_t) const {}
    };
    cursor_type cursor(int channel) const {
        return {f_.rounding(), sums_, line_.data() + channel * plane_ - input_.begin, in_place_,
                in_place_ ? in_place_end_ : std::numeric_limits<index_t>::min()};
    }

private:
    /// Row y of the input, column 0, if it is a line in memory.
    T const* place(index_t y) const {
        if (channels_ > 1 || Lanes::count == 1) return nullptr;
        memory_read const read = upstream_->memory(input_, y);
        return read.is_line ? static_cast<T const*>(read.data) - input_.begin : nullptr;
    }

    /// A line below is needed only when this one has passed all stages.
    void prefetch(index_t y) const {
        if (y >= upstream_->size().height) return;
        memory_read const read = upstream_->memory(input_, y);
        for (index_t i = 0; i < read.bytes; i += 64)
            __builtin_prefetch(static_cast<std::byte const*>(read.data) + i, 0, second_level);
    }

    struct alignas(image_alignment) aligned_bytes {
        std::byte bytes[image_alignment];
    };

    interval input_{};
    index_t plane_ = 0, row_ = -1;
    T const* in_place_ = nullptr; // column 0 of the row, if it is read in memory
    index_t in_place_end_ = 0, copied_ = 0; // the first result that reads the line, and the first input there
    line_array<T> line_;
    line_array<aligned_bytes> table_;
    sums_type sums_;
};

/// The value of a step of weighted lines: round(sum). `factors` holds the weights of two lines each, for every 16 bits
/// of them apart. `low` says whether the low bits of a weight are not 0.
template <class Weight, class Round, class Line>
QUOIN_INLINE auto rounded_lines(Round const& round, Line const& line, Weight const* weights,
                                [[maybe_unused]] std::int32_t const* factors, int used, [[maybe_unused]] bool low) {
    if constexpr (std::is_floating_point_v<Weight>) {
        auto sum = line(0) * weights[0];
        for (int k = 1; k < used; ++k) sum = sum + line(k) * weights[k];
        return round(sum);
    } else {
        constexpr bool split = std::same_as<Weight, split_weight>;
        auto sum = dot_empty(line(0)), low_sum = sum;
        if (split && low) {
            for (int k = 0; k < used; k += 2) {
                auto const a = line(k), b = line(k + 1);
                sum.add_pair(a, b, *factors++);
                low_sum.add_pair(a, b, *factors++);
            }
        } else {
            for (int k = 0; k < used; k += 2, factors += split ? 2 : 1) sum.add_pair(line(k), line(k + 1), *factors);
        }
        if constexpr (split) sum = sum.joined(split_weight::low_bits, low_sum);
        if constexpr (requires { round.packed(sum); }) return round.packed(sum);
        else return round(sum.value());
    }
}

/// Rows of weighted sums down columns. Row r of the input is in line r % count, so that rows may come in any order.
template <class Lanes, class T, class F>
class resampled_lines : public resampling_node<T, F> {
    using weight = typename F::weight;
    using value = std::conditional_t<std::is_floating_point_v<weight>, weight, T>;
    static constexpr bool wide = std::same_as<T, std::int16_t> || std::same_as<T, std::int32_t>;
    using result = stage_result_t<F, T>;
    static constexpr bool joins_bytes =
        Lanes::count > 1 && wide && std::same_as<result, std::uint8_t> && divides_exactly<F>;
    static constexpr bool joins_numbers =
        Lanes::count > 1 && std::same_as<T, double> && std::same_as<weight, double> &&
        (std::same_as<result, std::uint16_t> || std::same_as<result, float>);
    using resampling_node<T, F>::f_, resampling_node<T, F>::upstream_, resampling_node<T, F>::channels_,
        resampling_node<T, F>::memory_;

public:
    using resampling_node<T, F>::resampling_node;

    void prepare(interval columns) {
        columns_ = columns;
        if constexpr (joins_bytes)
            if (joined_.prepare(upstream_->columns_of_bytes(), std::numeric_limits<T>::max(), f_.taps(),
                                f_.rounding().whole(), columns, channels_, memory_))
                return;
        if constexpr (joins_numbers) {
            double whole = 1;
            if constexpr (divides_exactly<F>) whole = f_.rounding().whole();
            if (joined_.prepare(upstream_->columns_of_numbers(), f_.taps(), whole, columns, channels_, memory_)) return;
        }
        upstream_->prepare(columns);
        index_t const count = f_.taps().count;
        plane_ = resampled_plane<T>(columns.end - columns.begin, 2 * Lanes::count);
        lines_.renew(memory_, count * plane_ * channels_);
        held_.renew(memory_, count);
        window_.renew(memory_, count + 1);
        factors_.renew(memory_, count + 1);
        for (index_t i = 0; i < count; ++i) held_.data()[i] = -1;
    }
    void move_to(index_t y) {
        auto const taps = f_.taps();
        if constexpr (joins_bytes)
            if (joined_.active()) return joined_.move_to(y, taps, this->observer_, this->pass_);
        if constexpr (joins_numbers)
            if (joined_.active()) return joined_.move_to(y, this->observer_, this->pass_);
        weights_ = taps.weights_of(y);
        used_ = taps.used[y];
        if constexpr (!std::is_floating_point_v<weight>) set_factors();
        for (int k = 0; k < used_; ++k) {
            index_t const row = taps.first[y] + k, at = row % taps.count;
            T* const line = lines_.data() + at * plane_ * channels_;
            window_.data()[k] = line;
            if (held_.data()[at] == row) continue;
            this->fill_line(line, plane_, columns_, row);
            held_.data()[at] = row;
        }
        window_.data()[used_] = window_.data()[0]; // for a last line without a partner
    }

    /// See joined_passes::pixels().
    result const* pixels(index_t y, interval columns, result* to) {
        if constexpr (joins_bytes)
            if (joined_.active()) return joined_.pixels(y, f_.taps(), columns, to, this->observer_, this->pass_);
        return nullptr;
    }

    struct cursor_type {
        [[no_unique_address]] typename F::rounding_type round;
        T const* const* lines;
        weight const* weights;
        std::int32_t const* factors;
        int used;
        bool low;
        index_t offset;
        result const* joined;
        QUOIN_INLINE auto load(index_t x) const {
            if constexpr (joins_bytes || joins_numbers)
                if (joined) return Lanes::template load_as<result>(joined + x);
            auto const line = [&](int k) QUOIN_LAMBDA_INLINE {
                return Lanes::template load_as<value>(lines[k] + (x + offset));
            };
            return rounded_lines(round, line, weights, factors, used, low);
        }
        QUOIN_INLINE void prefetch_below(index_t) const {}
    };
    cursor_type cursor(int channel) const {
        return {f_.rounding(),
                window_.data(),
                weights_,
                factors_.data(),
                used_,
                low_,
                channel * plane_ - columns_.begin,
                joined_.line(channel)};
    }

private:
    void set_factors() {
        std::int32_t* to = factors_.data();
        low_ = false;
        for (int k = 0; k < used_; k += 2) {
            weight const a = weights_[k], b = k + 1 < used_ ? weights_[k + 1] : weight{};
            if constexpr (std::same_as<weight, split_weight>) {
                *to++ = dot_factors(a.high, b.high);
                *to++ = dot_factors(a.low, b.low);
                low_ = low_ || a.low != 0 || b.low != 0;
            } else {
                *to++ = dot_factors(a, b);
            }
        }
    }

    interval columns_{};
    index_t plane_ = 0;
    line_array<T> lines_;
    line_array<index_t> held_;    // the row in each line
    line_array<T const*> window_; // the lines of the current row
    line_array<std::int32_t> factors_;
    weight const* weights_ = nullptr;
    int used_ = 0;
    bool low_ = false; // whether the low bits of a split_weight are not 0
    using joined_numbers = std::conditional_t<joins_numbers, joined_halves<Lanes, result>, passes_apart>;
    [[no_unique_address]] std::conditional_t<joins_bytes, joined_passes<Lanes>, joined_numbers> joined_;
};

/// The node of a resampling stage for channels T.
template <class Lanes, class T, class F>
using resampled_node =
    std::conditional_t<F::along == axis::columns, resampled_columns<Lanes, T, F>, resampled_lines<Lanes, T, F>>;

/// Rows of a resampling stage for pixels P.
template <class Lanes, class P, class F>
class resampled_rows {
    using node = resampled_node<Lanes, channel_t<P>, F>;

public:
    using pixel_type = stage_result_t<F, P>;
    static constexpr bool keeps_lines = true, reads_in_place = false;

    explicit resampled_rows(node&& n) : node_(std::move(n)) {}
    extent size() const { return node_.size(); }
    void prepare(interval columns) { node_.prepare(columns); }

    /// Whether the stage does nothing, so that copy() may fill a line past it.
    bool copies() const { return std::same_as<pixel_type, P> && node_.copies(); }
    byte_columns columns_of_bytes()
        requires requires(node& n) { n.columns_of_bytes(); }
    {
        return node_.columns_of_bytes();
    }
    number_columns columns_of_numbers()
        requires requires(node& n) { n.columns_of_numbers(); }
    {
        return node_.columns_of_numbers();
    }
    void copy(channel_t<pixel_type>* line, index_t plane, interval columns, index_t y) {
        if constexpr (std::same_as<pixel_type, P>) node_.upstream().fill(line, plane, columns, y);
    }

    /// Writes whole pixels to the memory of the result, if there is a way for that.
    template <class Writer>
    bool write_pixels(Writer const& to, interval columns, index_t y)
        requires std::same_as<typename Writer::pixel_type, pixel_type> && (channels_v<P> >= 3) &&
                 requires(node& n, channel_t<pixel_type>* p) {
                     n.pixels(y, columns, p);
                     to.stream(y, p, y);
                 }
    {
        auto const* const line = node_.pixels(y, columns, to.streaming ? nullptr : to.place(columns.begin));
        if (line && to.streaming) to.stream(columns.begin, line, columns.end - columns.begin);
        return line;
    }

    auto row(index_t y) {
        node_.move_to(y);
        return cursor(std::make_integer_sequence<int, channels_v<P>>{});
    }

private:
    struct cursor_type {
        typename node::cursor_type channels[channels_v<P>];
        QUOIN_INLINE lane_pixel<Lanes, pixel_type> load(index_t x) const {
            return make_pixel<pixel_type>([&](auto c)
                                              QUOIN_LAMBDA_INLINE { return channels[decltype(c)::value].load(x); });
        }
        QUOIN_INLINE void prefetch_below(index_t) const {}
    };
    template <int... C>
    cursor_type cursor(std::integer_sequence<int, C...>) const {
        return {{node_.cursor(C)...}};
    }

    node node_;
};

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The nodes of pointwise stages in a chain that is chosen at run time.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/filter/detail/tables.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <class Lanes, class P, class F>
struct pointwise_cursor {
    held_functor<F> f;
    [[no_unique_address]] row_place<F> place;
    line_cursor<Lanes, P> from;

    QUOIN_INLINE auto load(index_t x) const {
        return apply_at<Lanes, stage_result_t<F, P>, P>(f, place, x, from.load(x));
    }
    QUOIN_INLINE void prefetch_below(index_t) const {}
};

/// A line of the upstream pixels, for a stage that cannot work in the memory of its result.
template <class T>
class kept_line {
public:
    kept_line(owned<line_source<T>> upstream, int channels, line_memory* memory)
        : upstream_(std::move(upstream)), channels_(channels), memory_(memory) {}
    extent size() const { return upstream_->size(); }
    void prepare(interval columns, int step) {
        upstream_->prepare(columns);
        plane_ = columns.end - columns.begin + step;
        line_.renew(memory_, plane_ * channels_);
    }
    T const* fill(interval columns, index_t y) {
        upstream_->fill(line_.data(), plane_, columns, y);
        return line_.data();
    }
    void fill_elsewhere(T* line, index_t plane, interval columns, index_t y) {
        upstream_->fill(line, plane, columns, y);
    }
    index_t plane() const { return plane_; }

private:
    owned<line_source<T>> upstream_;
    int channels_;
    index_t plane_ = 0;
    line_memory* memory_;
    line_array<T> line_;
};

/// Lines of f(channel) for each channel, computed in place if the type stays the same.
template <class Lanes, class T, class F>
class pointwise_lines final : public line_source<stage_result_t<F, T>> {
    using R = stage_result_t<F, T>;
    static constexpr bool in_place = std::same_as<R, T>;

public:
    pointwise_lines(F const& f, owned<line_source<T>> upstream, int channels, line_memory* memory)
        : line_source<R>(upstream->size()), f_(f), from_(std::move(upstream), in_place ? 0 : channels, memory),
          channels_(channels) {}

    void prepare(interval columns) override { from_.prepare(columns, Lanes::count); }
    void fill(R* line, index_t plane, interval columns, index_t y) override {
        if constexpr (in_place) {
            from_.fill_elsewhere(line, plane, columns, y);
            for (int c = 0; c < channels_; ++c) compute(line + c * plane, line + c * plane, columns, y);
        } else {
            T const* const from = from_.fill(columns, y);
            for (int c = 0; c < channels_; ++c) compute(from + c * from_.plane(), line + c * plane, columns, y);
        }
    }

private:
    void compute(T const* from, R* to, interval columns, index_t y) const {
        index_t const x = columns.begin;
        pointwise_cursor<Lanes, T, F> const cursor{f_, row_place<F>::of(*this, y), {from - x, 0}};
        store_steps<Lanes, R, false>(cursor, to - x, 0, x, columns.end);
    }

    [[no_unique_address]] F f_;
    kept_line<T> from_;
    int channels_;
};

/// Lines of channels that are looked up in a table for each, in place.
template <class Lanes, class T>
class looked_up_lines final : public line_source<T> {
    static constexpr bool of_bytes = std::same_as<T, std::uint8_t> && Lanes::has_byte_table;
    static auto stage_of(T const* table) {
        if constexpr (of_bytes) return table_stage<Lanes, 1>(byte_lut<1>(table));
        else return far_lut<T, T, 1>(table);
    }
    using stage = decltype(stage_of(nullptr));

public:
    looked_up_lines(owned<line_source<T>> upstream, T const* tables, int channels)
        : line_source<T>(upstream->size()), from_(std::move(upstream)) {
        for (int c = 0; c < channels; ++c) stages_.push_back(stage_of(tables + c * values_of<T>));
    }

    void prepare(interval columns) override { from_->prepare(columns); }
    void fill(T* line, index_t plane, interval columns, index_t y) override {
        from_->fill(line, plane, columns, y);
        index_t const x = columns.begin;
        for (std::size_t c = 0; c < stages_.size(); ++c) {
            T* const to = line + static_cast<index_t>(c) * plane - x;
            pointwise_cursor<Lanes, T, stage> const cursor{stages_[c], {}, {to, 0}};
            store_steps<Lanes, T, false>(cursor, to, 0, x, columns.end);
        }
    }

private:
    owned<line_source<T>> from_;
    std::vector<stage> stages_;
};

/// A functor of colors that passes alpha on, and whose colors do not depend on it, has `using leaves_alpha = void;`. It
/// is compiled for three channels alone.
template <class F>
concept leaves_alpha = requires { typename F::leaves_alpha; };

/// Lines of f(pixel), for pixels P of several channels.
template <class Lanes, class P, class F>
class pixels_as_lines final : public line_source<channel_t<stage_result_t<F, P>>> {
    using R = stage_result_t<F, P>;

public:
    /// Of more channels than P has, those behind it stay.
    pixels_as_lines(F const& f, owned<line_source<channel_t<P>>> upstream, int channels, line_memory* memory)
        : line_source<channel_t<R>>(upstream->size()), f_(f), from_(std::move(upstream), channels, memory),
          channels_(channels) {}

    void prepare(interval columns) override { from_.prepare(columns, Lanes::count); }
    void fill(channel_t<R>* line, index_t plane, interval columns, index_t y) override {
        channel_t<P> const* const from = from_.fill(columns, y);
        index_t const x = columns.begin;
        pointwise_cursor<Lanes, P, F> const cursor{f_, row_place<F>::of(*this, y), {from - x, from_.plane()}};
        store_steps<Lanes, R, false>(cursor, line - x, plane, x, columns.end);
        if constexpr (std::same_as<channel_t<P>, channel_t<R>>)
            for (int c = channels_v<P>; c < channels_; ++c)
                std::copy_n(from + c * from_.plane(), columns.end - x, line + c * plane);
    }

private:
    [[no_unique_address]] F f_;
    kept_line<channel_t<P>> from_;
    int channels_;
};

} // namespace detail

QUOIN_NAMESPACE_END

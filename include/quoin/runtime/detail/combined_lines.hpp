// SPDX-License-Identifier: BSL-1.0
// The nodes of stages with several inputs in a chain that is chosen at run time.
#pragma once

#include <quoin/pipe/zip.hpp>
#include <quoin/runtime/detail/pointwise_lines.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// f(pixel, pixel, ...) of the pixels P in lines.
template <class Lanes, class P, class F, int Inputs>
struct combined_cursor {
    held_functor<F> f;
    line_cursor<Lanes, P> from[Inputs];

    QUOIN_INLINE auto load(index_t x) const {
        if constexpr (Inputs == 2) return apply_pointwise<Lanes, P, P, P>(f, from[0].load(x), from[1].load(x));
        else return apply_pointwise<Lanes, P, P, P, P>(f, from[0].load(x), from[1].load(x), from[2].load(x));
    }
    QUOIN_INLINE void prefetch_below(index_t) const {}
};

/// Lines of f(channel, channel, ...) for each channel. The first input is computed in place. A gray input stands for
/// all channels.
template <class Lanes, class T, class F, int Inputs>
class combined_lines final : public line_source<T> {
public:
    template <class Builder>
    combined_lines(F const& f, owned<line_source<T>> first, int channels, Builder* others, line_memory* memory)
        : combined_lines(f, std::move(first), channels, others, memory, std::make_integer_sequence<int, Inputs - 1>{}) {
    }

    void prepare(interval columns) override {
        first_->prepare(columns);
        for (int k = 0; k < Inputs - 1; ++k) from_[k].prepare(columns, Lanes::count);
    }
    void fill(T* line, index_t plane, interval columns, index_t y) override {
        index_t const x = columns.begin;
        first_->fill(line, plane, columns, y);
        T const* others[Inputs - 1];
        for (int k = 0; k < Inputs - 1; ++k) others[k] = from_[k].fill(columns, y);
        for (int c = 0; c < channels_; ++c) {
            T* const to = line + c * plane - x;
            combined_cursor<Lanes, T, F, Inputs> cursor{f_, {}};
            cursor.from[0] = {to, 0};
            for (int k = 0; k < Inputs - 1; ++k)
                cursor.from[k + 1] = {others[k] + (channels_from_[k] == 1 ? 0 : c) * from_[k].plane() - x, 0};
            store_steps<Lanes, T, false>(cursor, to, 0, x, columns.end);
        }
    }

private:
    template <class Builder, int... K>
    combined_lines(F const& f, owned<line_source<T>> first, int channels, Builder* others, line_memory* memory,
                   std::integer_sequence<int, K...>)
        : line_source<T>(first->size()), f_(f), first_(std::move(first)), channels_(channels),
          from_{kept(others[K], channels_from_[K], memory)...} {}

    template <class Builder>
    static kept_line<T> kept(Builder& other, int& channels, line_memory* memory) {
        channels = other.channels();
        return {other.template take<T>(), channels, memory};
    }

    [[no_unique_address]] F f_;
    owned<line_source<T>> first_;
    int channels_;
    int channels_from_[Inputs - 1] = {};
    kept_line<T> from_[Inputs - 1];
};

/// Lines of f(pixel, pixel), for pixels P of several channels.
template <class Lanes, class P, class F>
class combined_pixels final : public line_source<channel_t<P>> {
    using T = channel_t<P>;

public:
    combined_pixels(F const& f, owned<line_source<T>> first, owned<line_source<T>> second, line_memory* memory)
        : line_source<T>(first->size()), f_(f), first_(std::move(first)),
          second_(std::move(second), channels_v<P>, memory) {}

    void prepare(interval columns) override {
        first_->prepare(columns);
        second_.prepare(columns, Lanes::count);
    }
    void fill(T* line, index_t plane, interval columns, index_t y) override {
        index_t const x = columns.begin;
        first_->fill(line, plane, columns, y);
        T const* const second = second_.fill(columns, y);
        combined_cursor<Lanes, P, F, 2> const cursor{f_, {{line - x, plane}, {second - x, second_.plane()}}};
        store_steps<Lanes, P, false>(cursor, line - x, plane, x, columns.end);
    }

private:
    [[no_unique_address]] F f_;
    owned<line_source<T>> first_;
    kept_line<T> second_;
};

/// Lines of the channels of one image, with those of another behind them.
template <class T>
class joined_lines final : public line_source<T> {
public:
    joined_lines(owned<line_source<T>> first, int channels, owned<line_source<T>> second)
        : line_source<T>(first->size()), first_(std::move(first)), second_(std::move(second)), channels_(channels) {}

    void prepare(interval columns) override {
        first_->prepare(columns);
        second_->prepare(columns);
    }
    void fill(T* line, index_t plane, interval columns, index_t y) override {
        first_->fill(line, plane, columns, y);
        second_->fill(line + channels_ * plane, plane, columns, y);
    }

private:
    owned<line_source<T>> first_, second_;
    int channels_;
};

} // namespace detail

QUOIN_NAMESPACE_END

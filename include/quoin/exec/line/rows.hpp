// SPDX-License-Identifier: BSL-1.0
// A pipeline as rows that read each other. Pointwise stages work in registers, and local stages keep a ring of lines.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/exec/line/gathered_rows.hpp>
#include <quoin/exec/line/local_rows.hpp>
#include <quoin/exec/line/resampled_rows.hpp>
#include <quoin/exec/line/swept_rows.hpp>
#include <quoin/exec/line/tabulate.hpp>
#include <quoin/exec/line/transposed_rows.hpp>
#include <quoin/exec/line/video_rows.hpp>
#include <quoin/pipe/zip.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Rows of f(pixel).
template <class Lanes, class Upstream, class F>
class pointwise_rows {
    using P = typename Upstream::pixel_type;

public:
    using pixel_type = stage_result_t<F, P>;
    static constexpr bool keeps_lines = Upstream::keeps_lines;
    static constexpr bool reads_in_place = Upstream::reads_in_place;

    constexpr pointwise_rows(Upstream&& upstream, F const& f) : upstream_(std::move(upstream)), f_(f) {}
    constexpr extent size() const { return upstream_.size(); }
    constexpr void prepare(interval c) { upstream_.prepare(c); }

    QUOIN_INLINE auto row(index_t y) {
        return cursor<decltype(upstream_.row(y))>{f_, row_place<F>::of(*this, y), upstream_.row(y)};
    }
    constexpr memory_read memory(interval columns, index_t y) const
        requires requires(Upstream const& u) { u.memory(columns, y); }
    {
        memory_read const read = upstream_.memory(columns, y);
        return {read.data, read.bytes, false};
    }

private:
    template <class Cursor>
    struct cursor {
        [[no_unique_address]] held_functor<F> f;
        [[no_unique_address]] row_place<F> place;
        Cursor upstream;

        QUOIN_INLINE auto load(index_t x) const { return call(static_cast<P const*>(nullptr), x, upstream.load(x)); }
        QUOIN_INLINE void prefetch_below(index_t x) const { upstream.prefetch_below(x); }
        template <class G>
        QUOIN_INLINE void split(index_t begin, index_t end, G const& g) const {
            split_steps(upstream, begin, end, [&](auto const& part, index_t from, index_t to) QUOIN_LAMBDA_INLINE {
                g(pointwise_rows::cursor<std::remove_cvref_t<decltype(part)>>{f, place, part}, from, to);
            });
        }

        template <class Q>
        QUOIN_INLINE auto call(Q const*, index_t x, lane_pixel<Lanes, Q> const& p) const {
            return apply_at<Lanes, pixel_type, Q>(f, place, x, p);
        }
        template <class... Q, class Parts>
        QUOIN_INLINE auto call(zipped<Q...> const*, index_t x, Parts const& parts) const {
            return apply([&](auto const&... p)
                             QUOIN_LAMBDA_INLINE { return apply_at<Lanes, pixel_type, Q...>(f, place, x, p...); },
                         parts);
        }
    };

    Upstream upstream_;
    [[no_unique_address]] F f_;
};

/// Rows of zipped inputs.
template <class... Inputs>
class zip_rows {
public:
    using pixel_type = zipped<typename Inputs::pixel_type...>;
    static constexpr bool keeps_lines = (Inputs::keeps_lines || ...);
    static constexpr bool reads_in_place = false;

    constexpr explicit zip_rows(Inputs&&... inputs) : inputs_{{{std::move(inputs)}...}} {}
    constexpr extent size() const { return get<0>(inputs_).size(); }
    constexpr void prepare(interval c) {
        for_each([&](auto& in) { in.prepare(c); });
    }

    QUOIN_INLINE auto row(index_t y) { return row(y, std::make_integer_sequence<int, sizeof...(Inputs)>{}); }

private:
    template <class... Cursors>
    struct cursor {
        flat_tuple<Cursors...> parts;
        QUOIN_INLINE auto load(index_t x) const {
            auto const load = [x](auto const&... c)
                                  QUOIN_LAMBDA_INLINE { return flat_tuple<decltype(c.load(x))...>{{{c.load(x)}...}}; };
            return apply(load, parts);
        }
        QUOIN_INLINE void prefetch_below(index_t x) const {
            apply([x](auto const&... c) QUOIN_LAMBDA_INLINE { (c.prefetch_below(x), ...); }, parts);
        }
    };

    template <int I>
    QUOIN_INLINE auto& input() {
        return mutable_leaf<I>(inputs_);
    }
    template <int I, class T>
    static QUOIN_INLINE T& mutable_leaf(tuple_leaf<I, T>& leaf) {
        return leaf.value;
    }
    template <class F>
    constexpr void for_each(F const& f) {
        unrolled<sizeof...(Inputs)>([&](auto i) { f(input<decltype(i)::value>()); });
    }
    template <int... I>
    QUOIN_INLINE auto row(index_t y, std::integer_sequence<int, I...>) {
        return cursor<decltype(input<I>().row(y))...>{{{{input<I>().row(y)}...}}};
    }

    flat_tuple<Inputs...> inputs_;
};

/// Rows of a rectangle of upstream, from its bottom up if MirrorsRows.
template <class Upstream, bool MirrorsRows>
class cropped_rows {
public:
    using pixel_type = typename Upstream::pixel_type;
    static constexpr bool keeps_lines = Upstream::keeps_lines;
    static constexpr bool reads_in_place = Upstream::reads_in_place;

    constexpr cropped_rows(Upstream&& upstream, rect region) : upstream_(std::move(upstream)), region_(region) {}
    constexpr extent size() const { return region_.size(); }
    constexpr void prepare(interval c) { upstream_.prepare({c.begin + region_.x, c.end + region_.x}); }

    QUOIN_INLINE auto row(index_t y) {
        index_t const from = MirrorsRows ? region_.bottom() - 1 - y : region_.y + y;
        return cursor<decltype(upstream_.row(from))>{upstream_.row(from), region_.x};
    }

private:
    template <class Cursor>
    struct cursor {
        Cursor upstream;
        index_t left;

        QUOIN_INLINE auto load(index_t x) const { return upstream.load(x + left); }
        QUOIN_INLINE void prefetch_below(index_t x) const { upstream.prefetch_below(x + left); }
        template <class G>
        QUOIN_INLINE void split(index_t begin, index_t end, G const& g) const {
            split_steps(upstream, begin + left, end + left,
                        [&](auto const& part, index_t from, index_t to) QUOIN_LAMBDA_INLINE {
                            g(cropped_rows::cursor<std::remove_cvref_t<decltype(part)>>{part, left}, from - left,
                              to - left);
                        });
        }
    };

    Upstream upstream_;
    rect region_;
};

/// The same with mirrored columns: each row is stored in a line, which is read backwards.
template <class Lanes, class Upstream, bool MirrorsRows>
class mirrored_rows {
    using P = typename Upstream::pixel_type;
    using T = channel_t<P>;

public:
    using pixel_type = P;
    static constexpr bool keeps_lines = true;
    static constexpr bool reads_in_place = false;

    constexpr mirrored_rows(Upstream&& upstream, rect region, line_memory* memory)
        : upstream_(std::move(upstream)), region_(region), memory_(memory) {}
    constexpr extent size() const { return region_.size(); }
    constexpr void prepare(interval c) {
        input_ = {region_.right() - c.end, region_.right() - c.begin};
        upstream_.prepare(input_);
        plane_ = input_.end - input_.begin + 2 * Lanes::count; // the last step of a row begins before its pixels
        line_.renew(memory_, plane_ * channels_v<P>);
    }

    constexpr auto row(index_t y) {
        auto const from = upstream_.row(MirrorsRows ? region_.bottom() - 1 - y : region_.y + y);
        T* const line = line_.data() + Lanes::count - input_.begin;
        split_steps(from, input_.begin, input_.end, [&](auto const& part, index_t x, index_t to) QUOIN_LAMBDA_INLINE {
            store_steps<Lanes, P, true>(part, line, plane_, x, to);
        });
        return cursor{line + region_.right() - Lanes::count, plane_};
    }

private:
    struct cursor {
        T const* last; // the last step, which becomes the first
        index_t plane;

        QUOIN_INLINE lane_pixel<Lanes, P> load(index_t x) const {
            return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                return Lanes::reversed(Lanes::template load_as<T>(last - x + decltype(c)::value * plane));
            });
        }
        QUOIN_INLINE void prefetch_below(index_t) const {}
    };

    Upstream upstream_;
    rect region_;
    interval input_{};
    index_t plane_ = 0;
    line_memory* memory_;
    line_array<T> line_;
};

/// Builds the rows of a pipeline. Every local stage reads lines. Only a local stage directly behind a gray view also
/// reads rows in place.
template <class Lanes>
class row_builder {
public:
    constexpr row_builder(row_observer* observer, int* passes, line_memory* memory)
        : observer_(observer), passes_(passes), memory_(memory) {}

    template <class View>
    constexpr auto source(View const& v) const {
        if constexpr (is_video_view<View>) return video_rows<Lanes, View>(v, memory_);
        else return source_rows<Lanes, View>{v};
    }
    template <class... Rows>
    constexpr auto zip(Rows&&... inputs) const {
        return zip_rows<Rows...>{std::move(inputs)...};
    }

    template <class Rows>
    constexpr Rows pointwise(Rows&& rows) const {
        return std::move(rows);
    }
    template <class Rows, class F, class... More>
    constexpr auto pointwise(Rows&& rows, F const& f, More const&... more) const {
        constexpr int tabulated = table_run<Lanes, typename Rows::pixel_type, F, More...>();
        if constexpr (tabulated > 0) {
            return tabulate(std::move(rows), std::make_integer_sequence<int, tabulated>{},
                            std::make_integer_sequence<int, 1 + int{sizeof...(More)} - tabulated>{},
                            flat_tuple<F, More...>{{{f}, {more}...}});
        } else {
            return pointwise(pointwise_rows<Lanes, Rows, F>{std::move(rows), f}, more...);
        }
    }

    template <class Rows, class F, class Border>
    constexpr auto stage(kind_constant<stage_kind::local>, Rows&& rows, F const& f, Border const& border) const {
        using P = typename Rows::pixel_type;
        constexpr bool in_place =
            Lanes::count > 1 && takes_lanes<F, Lanes> && lies_in_lines<Rows> && !concepts::reads_row_sums<F> &&
            (concepts::channelwise_functor<F> || !concepts::sweeping_functor<F>);
        footprint reach = footprint_of(f);
        if constexpr (concepts::reads_above<F>) ++reach.up;
        int const ahead = rows_ahead_of(f);
        reach.down += ahead;
        rows_in_place<channel_t<P>> place;
        if constexpr (in_place) place = {rows.view().data(), rows.view().stride()};
        if constexpr (in_place && concepts::sweeping_functor<F>)
            if (f.sweeps()) place = {};
        line_ring<channel_t<P>> ring(as_lines<Lanes>(std::move(rows), memory_), reach, channels_v<P>,
                                     value_of<P>(f, border), place, memory_, ahead);
        ring.observe(observer_, ++*passes_);
        if constexpr (concepts::sweeping_functor<F>) return swept_rows<Lanes, P, F, in_place>(f, std::move(ring));
        else if constexpr (takes_lanes<F, Lanes>) return local_rows<Lanes, P, F, in_place>{f, std::move(ring)};
        else return scalar_local_rows<Lanes, P, F>{f, std::move(ring)};
    }

    template <class Rows, class F, class Border>
    constexpr auto stage(kind_constant<stage_kind::rearrange>, Rows&& rows, F const& f, Border const&) const {
        rect const region = f.region(rows.size());
        if constexpr (transposes<F> && moves_pixels<Lanes, Rows>) {
            return transposed_view_rows<Lanes, typename Rows::pixel_type>(rows.view(), F::mirrors_columns,
                                                                          F::mirrors_rows, memory_);
        } else if constexpr (transposes<F>) {
            rows_in_place<channel_t<typename Rows::pixel_type>> place;
            if constexpr (lies_in_lines<Rows>) place = {rows.view().data(), rows.view().stride()};
            return transposed_rows<Lanes, Rows>(std::move(rows), region, F::mirrors_columns, F::mirrors_rows, place,
                                                memory_);
        } else if constexpr (F::mirrors_columns)
            return mirrored_rows<Lanes, Rows, F::mirrors_rows>{std::move(rows), region, memory_};
        else if constexpr (has_parts<Rows>) return source(view_part(rows.view(), region, F::mirrors_rows));
        else return cropped_rows<Rows, F::mirrors_rows>{std::move(rows), region};
    }

    template <class Rows, class F, class Border>
    constexpr auto stage(kind_constant<stage_kind::resample>, Rows&& rows, F const& f, Border const&) const {
        using P = typename Rows::pixel_type;
        resampled_node<Lanes, channel_t<P>, F> node(f, as_lines<Lanes>(std::move(rows), memory_), channels_v<P>,
                                                    memory_);
        node.observe(observer_, ++*passes_);
        return resampled_rows<Lanes, P, F>(std::move(node));
    }

    template <class Rows, class F, class Border>
    constexpr auto stage(kind_constant<stage_kind::gather>, Rows&& rows, F const& f, Border const& border) const {
        return gathered_rows<Lanes, std::remove_cvref_t<decltype(rows.view())>, F, Border>{rows.view(), f, border,
                                                                                           memory_};
    }

private:
    template <class P, class F, class Border>
    constexpr line_border<channel_t<P>> value_of(F const& f, Border const& border) const {
        if constexpr (Border::has_value) {
            P const value = outside_pixel<P>(f, border);
            line_array<channel_t<P>> channels(memory_, channels_v<P>);
            for_each_channel<P>([&](auto c) { channels.data()[c] = get_channel<decltype(c)::value>(value); });
            return line_border<channel_t<P>>(std::move(channels));
        } else {
            return line_border<channel_t<P>>(border);
        }
    }

    template <class Rows, int... Table, int... Rest, class Stages>
    constexpr auto tabulate(Rows&& rows, std::integer_sequence<int, Table...>, std::integer_sequence<int, Rest...>,
                            Stages const& s) const {
        using table = table_stage<Lanes, max(1, most_tables_in<sizeof...(Table), Stages>)>;
        return pointwise(pointwise_rows<Lanes, Rows, table>{std::move(rows), table(get<Table>(s)...)},
                         get<int{sizeof...(Table)} + Rest>(s)...);
    }

    row_observer* observer_;
    int* passes_;
    line_memory* memory_;
};

template <class Lanes, class Pipeline>
constexpr auto make_rows(Pipeline const& p, row_observer* observer, line_memory* memory) {
    int passes = 0;
    return fold(row_builder<Lanes>(observer, &passes, memory), p);
}

} // namespace detail

QUOIN_NAMESPACE_END

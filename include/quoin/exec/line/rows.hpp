// SPDX-License-Identifier: BSL-1.0
// A pipeline as rows that pull each other: pointwise stages compose in registers, local stages hold a ring of lines.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/exec/line/local_rows.hpp>
#include <quoin/exec/line/tabulate.hpp>
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
    static constexpr bool reads_lent = Upstream::reads_lent;

    constexpr pointwise_rows(Upstream const& upstream, F const& f) : upstream_(upstream), f_(f) {}
    constexpr index_t width() const { return upstream_.width(); }
    constexpr index_t height() const { return upstream_.height(); }
    constexpr index_t bytes_per_column() const { return upstream_.bytes_per_column(); }
    constexpr index_t halo() const { return upstream_.halo(); }
    constexpr void prepare(columns c) { upstream_.prepare(c); }

    QUOIN_INLINE auto row(index_t y) { return cursor<decltype(upstream_.row(y))>{f_, upstream_.row(y)}; }

private:
    template <class Cursor>
    struct cursor {
        [[no_unique_address]] held_functor<F> f;
        Cursor upstream;

        QUOIN_INLINE auto load(index_t x) const { return call(static_cast<P const*>(nullptr), upstream.load(x)); }
        QUOIN_INLINE void prefetch_below(index_t x) const { upstream.prefetch_below(x); }
        template <class G>
        QUOIN_INLINE void split(index_t begin, index_t end, G const& g) const {
            split_steps(upstream, begin, end, [&](auto const& part, index_t from, index_t to) QUOIN_LAMBDA_INLINE {
                g(pointwise_rows::cursor<std::remove_cvref_t<decltype(part)>>{f, part}, from, to);
            });
        }

        template <class Q>
        QUOIN_INLINE auto call(Q const*, lane_pixel<Lanes, Q> const& p) const {
            return apply_pointwise<Lanes, pixel_type, Q>(f, p);
        }
        template <class... Q, class Parts>
        QUOIN_INLINE auto call(zipped<Q...> const*, Parts const& parts) const {
            return apply(
                [&](auto const&... p) QUOIN_LAMBDA_INLINE { return apply_pointwise<Lanes, pixel_type, Q...>(f, p...); },
                parts);
        }
    };

    Upstream upstream_;
    [[no_unique_address]] F f_;
};

/// Rows of several inputs at once.
template <class... Inputs>
class zip_rows {
public:
    using pixel_type = zipped<typename Inputs::pixel_type...>;
    static constexpr bool keeps_lines = (Inputs::keeps_lines || ...);
    static constexpr bool reads_lent = false;

    constexpr explicit zip_rows(Inputs const&... inputs) : inputs_{{{inputs}...}} {}
    constexpr index_t width() const { return get<0>(inputs_).width(); }
    constexpr index_t height() const { return get<0>(inputs_).height(); }
    constexpr index_t bytes_per_column() const {
        return apply([](auto const&... in) { return (in.bytes_per_column() + ...); }, inputs_);
    }
    constexpr index_t halo() const {
        index_t most = 0;
        apply([&](auto const&... in) { ((most = max(most, in.halo())), ...); }, inputs_);
        return most;
    }
    constexpr void prepare(columns c) {
        for_each([&](auto& in) { in.prepare(c); });
    }

    QUOIN_INLINE auto row(index_t y) { return row(y, std::make_integer_sequence<int, sizeof...(Inputs)>{}); }

private:
    template <class... Cursors>
    struct cursor {
        flat_tuple<Cursors...> parts;
        QUOIN_INLINE auto load(index_t x) const {
            auto const load = [x](auto const&... c) QUOIN_LAMBDA_INLINE {
                return flat_tuple<decltype(c.load(x))...>{{{c.load(x)}...}};
            };
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

/// What fills the lines of a local stage, wrapped by the evaluation's observer where there is one (see observe.hpp).
template <class Rows>
constexpr Rows const& lines_of(Rows const& rows) {
    return rows;
}
template <class Rows, class Observer>
constexpr auto lines_of(Rows const& rows, Observer observer) {
    return observer.lines(rows);
}

template <class Lanes, class Source, class... Stages, class... Observer>
constexpr auto make_rows(pipeline<Source, Stages...> const& p, Observer... observer);

template <class Lanes, class Source, class... Observer>
constexpr auto head_rows(Source const& s, Observer... observer) {
    if constexpr (is_zip<Source>)
        return apply([=](auto const&... in) { return zip_rows{make_rows<Lanes>(in, observer...)...}; }, s.inputs);
    else return source_rows<Lanes, Source>{s};
}

/// Adds the stages from I on to the rows so far; `border` is what the last extend() said.
template <class Lanes, int I, class Rows, class Border, class... Stages, class... Observer>
constexpr auto add_stages(Rows const& rows, Border const& border, flat_tuple<Stages...> const& stages,
                          Observer... observer) {
    if constexpr (I == sizeof...(Stages)) {
        return rows;
    } else {
        auto const& stage = get<I>(stages);
        using F = std::remove_cvref_t<decltype(stage)>;
        if constexpr (is_extend<F>) {
            return add_stages<Lanes, I + 1>(rows, stage.border, stages, observer...);
        } else if constexpr (local_functor<F>) {
            using upstream = std::remove_cvref_t<decltype(lines_of(rows, observer...))>;
            return add_stages<Lanes, I + 1>(
                local_rows<Lanes, upstream, F, Border>{lines_of(rows, observer...), stage, border}, border, stages,
                observer...);
        } else {
            constexpr int run = table_run<Lanes, typename Rows::pixel_type, I, Stages...>();
            if constexpr (run > 0) {
                return [&]<int... K>(std::integer_sequence<int, K...>) {
                    using table = pointwise_rows<Lanes, Rows, table_stage<Lanes>>;
                    return add_stages<Lanes, I + run>(table{rows, table_stage<Lanes>(get<I + K>(stages)...)}, border,
                                                      stages, observer...);
                }(std::make_integer_sequence<int, run>{});
            } else {
                return add_stages<Lanes, I + 1>(pointwise_rows<Lanes, Rows, F>{rows, stage}, border, stages,
                                                observer...);
            }
        }
    }
}

/// The pipeline as rows. An observer, one or none, is copied.
template <class Lanes, class Source, class... Stages, class... Observer>
constexpr auto make_rows(pipeline<Source, Stages...> const& p, Observer... observer) {
    return add_stages<Lanes, 0>(head_rows<Lanes>(p.source(), observer...), reflect_101, p.stages(), observer...);
}

} // namespace detail

QUOIN_NAMESPACE_END

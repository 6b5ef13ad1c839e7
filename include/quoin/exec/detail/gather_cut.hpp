// SPDX-License-Identifier: BSL-1.0
// Where a pipeline is cut because a stage needs its input in memory: a gathering stage behind others, and a whole one.
#pragma once

#include <quoin/pipe/zip.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Whether F only names another part of an image_view: crop, flip_y.
template <class F>
inline constexpr bool is_part = false;
template <concepts::rearranging_functor F>
inline constexpr bool is_part<F> = !F::mirrors_columns && !transposes<F>;

/// The stage before which a pipeline is cut: the last gathering stage with another stage before it that computes
/// pixels, or the last whole stage, whose result is a view; -1 if there is none. If ReadsParts is set, parts of an
/// image_view are views.
template <bool ReadsParts, class T>
inline constexpr int gather_cut = -1;
template <bool ReadsParts, class Source, class... Stages>
inline constexpr int gather_cut<ReadsParts, pipeline<Source, Stages...>> = [] {
    int cut = -1, i = 0;
    bool computed = is_zip<Source>, whole = false;
    [[maybe_unused]] auto const visit = [&]<class F>(F const*) {
        constexpr stage_kind kind = kind_of<F>;
        if (kind == stage_kind::whole || (kind == stage_kind::gather && computed)) cut = i;
        if (kind == stage_kind::whole) computed = false;
        else if (kind != stage_kind::border && !(ReadsParts && !whole && is_part<F>)) computed = true;
        whole |= kind == stage_kind::whole; // whose result may lie in planes, which have no parts
        ++i;
    };
    (visit(static_cast<Stages const*>(nullptr)), ...);
    return cut;
}();
/// gather_cut of the line engine.
template <class T>
inline constexpr int line_cut = -1;
template <class Source, class... Stages>
inline constexpr int line_cut<pipeline<Source, Stages...>> =
    gather_cut<is_image_view<Source>, pipeline<Source, Stages...>>;

/// The number of the last extend() among the first N stages; -1 if there is none.
template <int N, class... Stages>
constexpr int last_extend() {
    int last = -1, i = 0;
    ((last = i < N && is_extend<Stages> ? i : last, ++i), ...);
    return last;
}

/// The stages First ... First + sizeof...(I) - 1 of a tuple.
template <int First, class... Stages, int... I>
QUOIN_FN auto slice(flat_tuple<Stages...> const& s, std::integer_sequence<int, I...>) {
    return flat_tuple<std::remove_cvref_t<decltype(get<First + I>(s))>...>{{{get<First + I>(s)}...}};
}

/// Whether the pipeline is cut before stage I because that is a whole one.
template <int I, class T>
inline constexpr bool cuts_whole = false;
template <int I, class Source, class... Stages>
    requires(I >= 0)
inline constexpr bool cuts_whole<I, pipeline<Source, Stages...>> =
    concepts::whole_functor<std::remove_cvref_t<decltype(get<I>(std::declval<flat_tuple<Stages...> const&>()))>>;

/// The first N stages of a pipeline.
template <int N, class Source, class... Stages>
auto before_cut(pipeline<Source, Stages...> const& p) {
    return pipeline{p.source(), slice<0>(p.stages(), std::make_integer_sequence<int, N>{})};
}
/// The stages from N on behind a view of the result of those before them.
template <int N, class View, class Source, class... Stages>
auto behind_cut(View const& between, pipeline<Source, Stages...> const& p) {
    constexpr int border = last_extend<N, Stages...>();
    auto const rest = slice<N>(p.stages(), std::make_integer_sequence<int, int{sizeof...(Stages)} - N>{});
    if constexpr (border < 0) return pipeline{between, rest};
    else return pipeline{between, concat(slice<border>(p.stages(), std::integer_sequence<int, 0>{}), rest)};
}

} // namespace detail

QUOIN_NAMESPACE_END

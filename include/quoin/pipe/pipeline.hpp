// SPDX-License-Identifier: BSL-1.0
// pipeline: a source and its stages as one cheap value, made by operator|. Nothing is computed before a policy runs it.
#pragma once

#include <quoin/image/view.hpp>
#include <quoin/pipe/fold.hpp>

QUOIN_NAMESPACE_BEGIN

template <class Source, class... Stages>
class pipeline;

namespace detail {

template <class T>
inline constexpr bool is_pipeline = false;
template <class... T>
inline constexpr bool is_pipeline<pipeline<T...>> = true;
template <class T>
inline constexpr bool is_zip = false;

/// The node of zipped inputs, which are folded in their order, as the parts of braces are.
template <class Node>
struct zip_node {
    Node node;
    template <class Visitor, class... Inputs>
    QUOIN_FN explicit zip_node(Visitor const& v, Inputs&&... inputs) : node(v.zip(std::move(inputs)...)) {}
};

template <class P>
struct type_of {
    using type = P;
};

/// What the stages make of a pixel type.
struct pixel_type_visitor {
    template <class P>
    static type_of<P> pointwise(type_of<P>) {
        return {};
    }
    template <class P, class F, class... More>
    static auto pointwise(type_of<P>, F const&, More const&... more) {
        return pointwise(type_of<stage_result_t<F, P>>{}, more...);
    }
    template <class P, class F, class Border>
    static auto stage(auto, type_of<P>, F const&, Border const&) {
        return type_of<stage_result_t<F, P>>{};
    }
};

/// What they make of an extent.
struct extent_visitor {
    static QUOIN_FN extent pointwise(extent e, auto const&...) { return e; }
    static QUOIN_FN extent stage(auto, extent e, auto const& f, auto const&) { return result_extent(f, e); }
};

} // namespace detail

namespace concepts {

/// What can stand at the head of a pipeline: a view, or several zipped inputs.
template <class S>
concept source = concepts::view<S> || detail::is_zip<S>;

} // namespace concepts

/// The stages applied to the source, one after the other, as if each made a whole image of its own that the next reads
/// (with its border at that image's edge). A cheap value: copying copies no pixels.
template <class Source, class... Stages>
class pipeline {
public:
    using pixel_type = typename decltype(detail::fold_stages<0>(
        detail::pixel_type_visitor{}, detail::type_of<typename Source::pixel_type>{}, reflect_101_border{},
        std::declval<detail::flat_tuple<Stages...> const&>()))::type;

    QUOIN_FN pipeline(Source const& source, detail::flat_tuple<Stages...> const& stages)
        : source_(source), stages_(stages) {}

    QUOIN_FN Source const& source() const { return source_; }
    QUOIN_FN detail::flat_tuple<Stages...> const& stages() const { return stages_; }
    /// The extent of the result.
    constexpr extent size() const {
        return detail::fold_stages<0>(detail::extent_visitor{}, extent{source_.width(), source_.height()},
                                      reflect_101_border{}, stages_);
    }
    constexpr index_t width() const { return size().width; }
    constexpr index_t height() const { return size().height; }

private:
    Source source_;
    [[no_unique_address]] detail::flat_tuple<Stages...> stages_;
};

/// Makes a node of each part of a pipeline, from the source on, and returns the last one. A visitor has
///     source(view)                   the node of a view
///     zip(node...)                   of zipped inputs, each folded by the same visitor, the first one first
///     pointwise(node, f, more...)    of pointwise stages that follow each other
///     stage(kind_constant<kind>, node, f, border)   of a stage of another kind, with the border of the last extend()
///                                                   before it
/// Nodes are handed on as rvalues.
template <class Visitor, class Source, class... Stages>
QUOIN_FN auto fold(Visitor const& v, pipeline<Source, Stages...> const& p) {
    if constexpr (detail::is_zip<Source>) {
        auto const zipped_inputs = [&](auto const&... in) {
            return detail::zip_node<decltype(v.zip(fold(v, in)...))>{v, fold(v, in)...};
        };
        return detail::fold_stages<0>(v, detail::apply(zipped_inputs, p.source().inputs).node, reflect_101_border{},
                                      p.stages());
    } else {
        return detail::fold_stages<0>(v, v.source(p.source()), reflect_101_border{}, p.stages());
    }
}

namespace concepts {

/// A view, zipped inputs or a pipeline: what the terminals evaluate.
template <class T>
concept evaluable = concepts::source<T> || detail::is_pipeline<T>;

} // namespace concepts

/// The pipeline itself; a bare source becomes a pipeline without stages.
template <concepts::evaluable T>
QUOIN_FN auto as_pipeline(T const& t) {
    if constexpr (detail::is_pipeline<T>) return t;
    else return pipeline<T>{t, {}};
}

namespace detail {

template <class... A, class... B>
QUOIN_FN flat_tuple<A..., B...> concat(flat_tuple<A...> const& a, flat_tuple<B...> const& b) {
    return detail::apply(
        [&](auto const&... x) {
            return detail::apply([&](auto const&... y) { return flat_tuple<A..., B...>{{{x}..., {y}...}}; }, b);
        },
        a);
}

/// The pipeline with the stage f behind; closures add their stages one by one, from I on.
template <int I = 0, class Source, class... Stages, class F>
QUOIN_FN auto append(pipeline<Source, Stages...> const& p, F const& f) {
    using P = typename pipeline<Source, Stages...>::pixel_type;
    if constexpr (is_extend<F>) {
        return pipeline<Source, Stages..., F>{p.source(), concat(p.stages(), flat_tuple<F>{{{f}}})};
    } else if constexpr (is_composed<F>) {
        if constexpr (I == decltype(f.stages)::size) return p;
        else return append<I + 1>(append(p, get<I>(f.stages)), f);
    } else if constexpr (expanding_stage<F>) {
        return append(p, f.template expand<P>());
    } else {
        static_assert(
            concepts::callable_stage<F, P>,
            "quoin::operator|: this is no stage for these pixels; a pointwise stage is callable as f(pixel), a "
            "local stage has a footprint and is callable as f(window)");
        if constexpr (concepts::callable_stage<F, P>) {
            static_assert(
                concepts::pixel<stage_result_t<F, P>>,
                "quoin::operator|: this stage returns what is no pixel; return a number, an rgb, an rgba or a "
                "type with quoin::pixel_traits");
        }
        if constexpr (kind_of<F> != stage_kind::pointwise)
            (void)result_extent(f, p.size()); // throws what is wrong with it here
        if constexpr (concepts::stage_for<F, P>)
            return pipeline<Source, Stages..., F>{p.source(), concat(p.stages(), flat_tuple<F>{{{f}}})};
        else return p; // after the sentence above, so that the rest of the chain gives no error of its own
    }
}

} // namespace detail

/// source | stage, pipeline | stage: the pipeline with one stage more (a closure adds all of its stages).
template <class L, class F>
    requires(concepts::evaluable<std::remove_cvref_t<L>> || concepts::owning_image<std::remove_cvref_t<L>>)
QUOIN_FN auto operator|(L&& left, F const& stage) {
    if constexpr (concepts::owning_image<std::remove_cvref_t<L>>) {
        static_assert(!concepts::owning_image<std::remove_cvref_t<L>>,
                      "quoin::operator|: an owning image cannot be the source of a pipeline, which would copy it or "
                      "outlive it; write image.view() | stage");
        return detail::append(as_pipeline(left.view()), stage);
    } else {
        return detail::append(as_pipeline(left), stage);
    }
}

/// stage | stage: a closure to be applied to a source later.
template <class F, class G>
    requires(detail::known_stage<F> && !concepts::evaluable<F>)
QUOIN_FN auto operator|(F const& first, G const& second) {
    auto const stages = [](auto const& s) {
        if constexpr (detail::is_composed<std::remove_cvref_t<decltype(s)>>) return s.stages;
        else return detail::flat_tuple<std::remove_cvref_t<decltype(s)>>{{{s}}};
    };
    auto const joined = detail::concat(stages(first), stages(second));
    return [&]<class... S>(detail::flat_tuple<S...> const& all) { return composed<S...>{all}; }(joined);
}

QUOIN_NAMESPACE_END

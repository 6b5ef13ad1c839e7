// SPDX-License-Identifier: BSL-1.0
// pipeline: a source and its stages as one small value, made by operator|. A policy evaluates it later.
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

/// The node of zipped inputs. It is made with braces, which fold the inputs in order.
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

/// Computes the pixel type of the result from that of the source.
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

/// Computes the extent of the result from that of the source.
struct extent_visitor {
    static QUOIN_FN extent pointwise(extent e, auto const&...) { return e; }
    static QUOIN_FN extent stage(auto, extent e, auto const& f, auto const&) { return result_extent(f, e); }
};

} // namespace detail

namespace concepts {

/// The head of a pipeline: a view, or several zipped inputs.
template <class S>
concept source = concepts::view<S> || detail::is_zip<S>;

} // namespace concepts

/// A source and the stages behind it. The result is as if each stage made a whole image, which the next stage reads
/// with its own border. A pipeline is a small value, and a copy of it copies no pixels.
template <class Source, class... Stages>
class pipeline {
public:
    using pixel_type = typename decltype(detail::fold_stages<0>(
        detail::pixel_type_visitor{}, detail::type_of<typename Source::pixel_type>{}, detail::unchosen_border{},
        std::declval<detail::flat_tuple<Stages...> const&>()))::type;

    QUOIN_FN pipeline(Source const& source, detail::flat_tuple<Stages...> const& stages)
        : source_(source), stages_(stages) {}

    QUOIN_FN Source const& source() const { return source_; }
    QUOIN_FN detail::flat_tuple<Stages...> const& stages() const { return stages_; }
    /// The extent of the result.
    constexpr extent size() const {
        return detail::fold_stages<0>(detail::extent_visitor{}, extent{source_.width(), source_.height()},
                                      detail::unchosen_border{}, stages_);
    }
    constexpr index_t width() const { return size().width; }
    constexpr index_t height() const { return size().height; }

private:
    Source source_;
    [[no_unique_address]] detail::flat_tuple<Stages...> stages_;
};

/// Makes a node of each part of a pipeline, from the source on, and returns the last node. A visitor has
///     source(view)                   the node of a view
///     zip(node...)                   the node of zipped inputs, each folded by the same visitor, in order
///     pointwise(node, f, more...)    the node of consecutive pointwise stages
///     stage(kind_constant<kind>, node, f, border)   the node of a local or rearranging stage, with the border of the
///                                                   last extend() before it. Without one it is the stage's
///                                                   default_border, or reflect_101
/// Nodes are passed as rvalues.
template <class Visitor, class Source, class... Stages>
QUOIN_FN auto fold(Visitor const& v, pipeline<Source, Stages...> const& p) {
    if constexpr (detail::is_zip<Source>) {
        auto const zipped_inputs = [&](auto const&... in) {
            return detail::zip_node<decltype(v.zip(fold(v, in)...))>{v, fold(v, in)...};
        };
        return detail::fold_stages<0>(v, detail::apply(zipped_inputs, p.source().inputs).node,
                                      detail::unchosen_border{}, p.stages());
    } else {
        return detail::fold_stages<0>(v, v.source(p.source()), detail::unchosen_border{}, p.stages());
    }
}

namespace concepts {

/// A view, zipped inputs or a pipeline, which a policy can evaluate.
template <class T>
concept evaluable = concepts::source<T> || detail::is_pipeline<T>;

/// An argument of run(), to_image() and the terminals: an evaluable value, or an image. These functions do not keep the
/// image after they return, so it needs no view().
template <class T>
concept readable = concepts::evaluable<T> || concepts::owning_image<T>;

} // namespace concepts

/// t as a pipeline. A pipeline does not change; a source, or the view of an image, becomes a pipeline without stages.
template <concepts::readable T>
QUOIN_FN auto as_pipeline(T const& t) {
    if constexpr (detail::is_pipeline<T>) return t;
    else if constexpr (concepts::owning_image<T>) return pipeline<decltype(t.view())>{t.view(), {}};
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

/// The pipeline with f as its last stage.
template <class Source, class... Stages, class F>
QUOIN_FN auto append(pipeline<Source, Stages...> const& p, F const& f) {
    return pipeline<Source, Stages..., F>{p.source(), concat(p.stages(), flat_tuple<F>{{{f}}})};
}

/// source | stage | ... for the stages of a closure. It is one function, because compilers list all calls that lead to
/// an error.
template <class Pipeline, class... Stages, int... I>
QUOIN_FN auto append_all(Pipeline const& p, flat_tuple<Stages...> const& stages, std::integer_sequence<int, I...>) {
    return (p | ... | get<I>(stages));
}

template <class T>
inline constexpr bool is_zipped = false;
template <class... P>
inline constexpr bool is_zipped<zipped<P...>> = true;

/// What the rest of a chain follows after an error message, so that it gives no further errors.
template <class P>
QUOIN_FN auto behind_error(type_of<P>) {
    return pipeline<image_view<P const>>{{}, {}};
}
template <class First, class... Rest>
QUOIN_FN auto behind_error(type_of<zipped<First, Rest...>>) {
    return behind_error(type_of<First>{});
}

template <class Stage, class Pixel>
inline constexpr bool fits = false;

/// Whether a pixel, or one of zipped pixels, is stored in half or bfloat16.
template <class P>
inline constexpr bool has_narrow_floats = concepts::narrow_float<channel_t<P>>;
template <class... P>
inline constexpr bool has_narrow_floats<zipped<P...>> = (has_narrow_floats<P> || ...);

/// Whether F computes in the type of its pixels. A function of single pixels may compute with them in float.
template <class F>
inline constexpr bool computes_in_channels =
    (expanding_stage<F> || concepts::vectorized_functor<F>) && !requires { requires F::takes_narrow_floats; };

/// What the rest of a chain follows where convert_to<float> is missing.
template <class P>
QUOIN_FN auto in_float(type_of<P>) {
    return type_of<rebind_t<P, float>>{};
}
template <class... P>
QUOIN_FN auto in_float(type_of<zipped<P...>>) {
    return type_of<zipped<rebind_t<P, float>...>>{};
}

/// The error message for a stage that cannot follow these pixels. The compiler names both types with it.
template <class Stage, class Pixel>
QUOIN_FN void check_stage() {
    if constexpr (std::is_function_v<std::remove_pointer_t<Stage>>) {
        static_assert(fits<Stage, Pixel>,
                      "quoin::operator|: this is a function of other arguments and no stage for these pixels; call the "
                      "function that makes a stage, as in gaussian(1.5), and otsu(policy, pipeline), which ends one");
    } else if constexpr (requires { typename Stage::ends_a_pipeline; }) {
        static_assert(fits<Stage, Pixel>,
                      "quoin::operator|: this function ends a pipeline and is no stage; call it with a policy, as in "
                      "otsu(policy, pipeline)");
    } else if constexpr (concepts::readable<Stage>) {
        static_assert(fits<Stage, Pixel>,
                      "quoin::operator|: an image, a view or a pipeline is no stage; combine two by zip(a, b) | f, and "
                      "write a result by run(policy, pipeline, image)");
    } else if constexpr (concepts::border<Stage>) {
        static_assert(fits<Stage, Pixel>,
                      "quoin::operator|: a border is no stage; write extend(border) before the local "
                      "stages that read it, as in view | extend(replicate) | gaussian3");
    } else if constexpr (std::is_class_v<Stage> && !std::copy_constructible<Stage>) {
        static_assert(fits<Stage, Pixel>,
                      "quoin::operator|: a pipeline copies its stages, and this one cannot be copied; let it hold a "
                      "pointer to what cannot be copied");
    } else if constexpr (is_zipped<Pixel>) {
        static_assert(fits<Stage, Pixel>,
                      "quoin::operator|: this is no stage for zipped pixels; behind zip(a, b) stands a pointwise stage "
                      "that is callable as f(pixel of a, pixel of b)");
    } else if constexpr (concepts::callable_stage<Stage, Pixel>) {
        static_assert(
            fits<Stage, Pixel>,
            "quoin::operator|: this stage returns what is no pixel; return a number, an rgb, an rgba or a type with "
            "quoin::pixel_traits");
    } else if constexpr (std::invocable<Stage&, Pixel> && !std::invocable<Stage const&, Pixel>) {
        static_assert(fits<Stage, Pixel>,
                      "quoin::operator|: this stage changes itself when it is called, and pixels come in any order; "
                      "make it callable as f(pixel) const, a lambda without mutable");
    } else if constexpr (std::invocable<Stage const&, Pixel, position<std::int32_t>>) {
        static_assert(
            fits<Stage, Pixel>,
            "quoin::operator|: this stage takes a position beside its pixel; write positioned(f), or give the "
            "functor `using takes_position = void;`");
    } else if constexpr (std::invocable<Stage const&, Pixel&> && !concepts::local_functor<Stage>) {
        static_assert(
            fits<Stage, Pixel>,
            "quoin::operator|: this stage wants to change the pixel that it gets, and stages only read; let it "
            "take the pixel by value and return the new one");
    } else if constexpr (std::invocable<Stage const&, window_archetype<Pixel>> && !concepts::local_functor<Stage>) {
        static_assert(fits<Stage, Pixel>,
                      "quoin::operator|: this stage takes a window and has no footprint; give it `static constexpr "
                      "quoin::footprint footprint{columns, rows};`");
    } else {
        static_assert(fits<Stage, Pixel>,
                      "quoin::operator|: this is no stage for these pixels; a pointwise stage is callable as f(pixel), "
                      "a local stage has a footprint and is callable as f(window), or as f(window, row) with `using "
                      "takes_row = void;`");
    }
}

/// Whether P can be outside of an image for which Stage defines the border.
template <class Stage, class P>
inline constexpr bool surrounds = true;
template <class Q, class P>
inline constexpr bool surrounds<extend_stage<constant_border<Q>>, P> =
    channels_v<Q> == 1 || channels_v<Q> == channels_v<P>;
template <class Q, class... P>
inline constexpr bool surrounds<extend_stage<constant_border<Q>>, zipped<P...>> = true; // no local stage reads these

/// Whether the border of its own that a stage may have fits pixels P.
template <class F, class P>
inline constexpr bool own_border_fits = true;
template <class F, class P>
    requires requires { typename F::own_border; }
inline constexpr bool own_border_fits<F, P> = surrounds<extend_stage<typename F::own_border>, P>;

/// Whether the last extend() of the pipeline fits a local stage behind it.
template <class Source, class... Stages>
constexpr bool border_fits(pipeline<Source, Stages...> const*) {
    bool fit = true;
    if constexpr ((is_extend<Stages> || ...)) {
        using P = typename pipeline<Source, Stages...>::pixel_type;
        ((fit = is_extend<Stages> ? surrounds<Stages, P> : fit), ...);
    }
    return fit;
}

/// The border of the last extend() of the pipeline, reflect_101 without one.
template <class Source, class... Stages>
constexpr border_kind last_border(pipeline<Source, Stages...> const& p) {
    border_kind last = border_kind::reflect_101;
    [[maybe_unused]] auto const look = [&]<class F>([[maybe_unused]] F const& stage) {
        if constexpr (is_extend<F>) last = kind_of_border(stage.border);
    };
    apply([&](auto const&... stage) { (look(stage), ...); }, p.stages());
    return last;
}

/// The name of a function in `view | crop`. A function with overloads is no object. This parameter selects one.
template <class R, class... Arguments>
struct function_name {
    constexpr function_name(R (*)(Arguments...)) {}
};
/// The error message for the name of a function that makes a stage.
template <class Source>
QUOIN_FN Source const& uncalled(Source const& source) {
    static_assert(!concepts::readable<Source>,
                  "quoin::operator|: this is a function that makes a stage, and no stage; call it with its parameters, "
                  "as in crop(0, 0, 64, 64) and extend(replicate)");
    return source;
}

} // namespace detail

/// source | stage and pipeline | stage: the pipeline with one more stage. A closure adds all of its stages. A function
/// of a pixel is a stage too.
/// @throws invalid_argument if a rearranging stage does not fit the extent, such as a crop outside of it.
template <class L, class F>
    requires concepts::readable<std::remove_cvref_t<L>>
QUOIN_FN auto operator|(L&& left, F const& stage) {
    using source_type = std::remove_cvref_t<L>;
    static_assert(!concepts::owning_image<source_type>,
                  "quoin::operator|: an owning image cannot be the source of a pipeline, which would copy it or "
                  "outlive it; write image.view() | stage");
    auto const p = as_pipeline(left);
    using P = typename std::remove_const_t<decltype(p)>::pixel_type;
    if constexpr (detail::is_extend<F>) {
        return detail::append(p, stage);
    } else if constexpr (detail::is_composed<F>) {
        return detail::append_all(p, stage.stages, std::make_integer_sequence<int, decltype(stage.stages)::size>{});
    } else if constexpr (detail::has_narrow_floats<P> && detail::computes_in_channels<F>) {
        static_assert(detail::fits<F, P>,
                      "quoin::operator|: half and bfloat16 are stored, and stages compute in float; write convert_to<"
                      "float> before this stage, and convert_to<half> at the end if the result is stored so");
        return detail::behind_error(detail::in_float(detail::type_of<P>{}));
    } else if constexpr (detail::expanding_stage<F> && !detail::is_zipped<P>) {
        auto const all = detail::expansion<P>(stage, p.size(), detail::last_border(p));
        return detail::append_all(p, all.stages, std::make_integer_sequence<int, decltype(all.stages)::size>{});
    } else if constexpr (std::is_function_v<F> && concepts::stage_for<F*, P>) {
        return detail::append(p, &stage);
    } else if constexpr (concepts::stage_for<F, P> && !detail::expanding_stage<F>) {
        constexpr bool placed = !concepts::positioned_functor<F> || kind_of<F> == stage_kind::pointwise;
        static_assert(placed, "quoin::operator|: only a pointwise stage takes a position, and this one has another "
                              "kind; put a pointwise stage with takes_position before or behind it");
        if constexpr (concepts::positioned_functor<F>) detail::check_positions(p.size());
        if constexpr (kind_of<F> != stage_kind::pointwise)
            (void)result_extent(stage, p.size()); // throws here and not during an evaluation
        constexpr bool fits =
            kind_of<F> != stage_kind::local || detail::border_fits(static_cast<decltype(p)*>(nullptr));
        static_assert(fits, "quoin::extend: the constant of this border has another number of channels than the pixels "
                            "that the local stage reads; give constant(number), or a pixel like those");
        constexpr bool own_fits = detail::own_border_fits<F, P>;
        static_assert(own_fits, "quoin::operator|: the constant of this stage's border has another number of channels "
                                "than the pixels that the stage reads; give constant(number), or a pixel like those");
        if constexpr (placed && fits && own_fits) return detail::append(p, stage);
        else return detail::behind_error(detail::type_of<P>{});
    } else {
        constexpr bool ends = requires { typename F::ends_a_pipeline; };
        if constexpr (!ends && !detail::is_zipped<P> && requires { F::template check_pixel<P>(); })
            F::template check_pixel<P>();
        else if constexpr (!concepts::owning_image<source_type>) detail::check_stage<F, P>();
        return detail::behind_error(detail::type_of<P>{});
    }
}

/// The error message for `view | extend`.
template <concepts::readable Source>
QUOIN_FN auto operator|(Source const& source, detail::function_name<extend_stage<replicate_border>, replicate_border>) {
    return detail::uncalled(source);
}

/// stage | stage: a closure, which is applied to a source later.
template <class F, class G>
    requires(detail::known_stage<F> && !concepts::evaluable<F>)
QUOIN_FN auto operator|(F const& first, G const& second) {
    static_assert(!concepts::readable<G>, "quoin::operator|: an image, a view or a pipeline stands left of the stages; "
                                          "write view | stage");
    auto const stages = [](auto const& s) {
        if constexpr (detail::is_composed<std::remove_cvref_t<decltype(s)>>) return s.stages;
        else return detail::flat_tuple<std::decay_t<decltype(s)>>{{{s}}};
    };
    if constexpr (concepts::readable<G>) {
        return first;
    } else {
        auto const joined = detail::concat(stages(first), stages(second));
        return [&]<class... S>(detail::flat_tuple<S...> const& all) { return composed<S...>{all}; }(joined);
    }
}

/// The error message for a left operand that is neither a source nor a stage that quoin knows.
template <class L, class F>
    requires(detail::known_stage<F> && !concepts::readable<L> && !detail::known_stage<L>)
QUOIN_FN F operator|(L const&, F const& stage) {
    static_assert(
        concepts::readable<L>,
        "quoin::operator|: left of this stage stands neither a view or a pipeline nor a stage that quoin "
        "knows; begin a closure with vectorized(f) or one of quoin's stages, end with a reduction, and read an "
        "any_view by as<P>()");
    return stage;
}

QUOIN_NAMESPACE_END

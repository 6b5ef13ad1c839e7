// SPDX-License-Identifier: BSL-1.0
// Checks the arguments of terminals, with the same error messages for all of them. Not public.
#pragma once

#include <quoin/exec/serial.hpp>
#include <quoin/image/image_view.hpp>
#include <quoin/pipe/pipeline.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

using view_of_bytes = image_view<std::uint8_t const>;

/// The pixel type of the stages so far, and whether their vectorized lambdas return the same pixel type for lanes as
/// for scalars.
template <class P, bool Agree>
struct lane_check {
    static constexpr bool agree = Agree;
};
template <class F>
inline constexpr bool is_vectorized_function = false;
template <class F>
inline constexpr bool is_vectorized_function<vectorized_function<F>> = true;
template <class Lanes, class F, class... P>
inline constexpr bool agrees = true;
template <class Lanes, class F, class... P>
inline constexpr bool agrees<Lanes, vectorized_function<F>, P...> =
    std::same_as<std::invoke_result_t<vectorized_function<F> const&, lane_pixel<Lanes, P>...>,
                 lane_pixel<Lanes, stored_t<std::invoke_result_t<vectorized_function<F> const&, P...>>>>;
template <class Lanes, class F, class... P>
inline constexpr bool agrees<Lanes, vectorized_function<F>, zipped<P...>> = agrees<Lanes, vectorized_function<F>, P...>;

template <class Lanes>
struct lane_visitor {
    template <class View>
    static auto source(View const&) {
        return lane_check<typename View::pixel_type, true>{};
    }
    template <class... P, bool... Agree>
    static auto zip(lane_check<P, Agree>...) {
        return lane_check<zipped<P...>, (Agree && ...)>{};
    }
    template <class P, bool Agree>
    static auto pointwise(lane_check<P, Agree> checked) {
        return checked;
    }
    template <class P, bool Agree, class F, class... More>
    static auto pointwise(lane_check<P, Agree>, F const&, More const&... more) {
        return pointwise(lane_check < stage_result_t<F, P>, Agree && agrees < Lanes, F, P >> {}, more...);
    }
    template <class P, bool Agree, class F>
    static auto stage(auto, lane_check<P, Agree>, F const&, auto const&) {
        return lane_check<stage_result_t<F, P>, Agree>{};
    }
};
template <class Lanes, class Source, class... Stages>
constexpr bool lanes_agree(pipeline<Source, Stages...> const*) {
    constexpr bool any = is_zip<Source> || (is_vectorized_function<Stages> || ...);
    if constexpr (Lanes::count == 1 || !any) return true;
    else return decltype(fold(lane_visitor<Lanes>{}, std::declval<pipeline<Source, Stages...> const&>()))::agree;
}

/// The argument of a terminal as a pipeline. After an error message it is any valid pipeline, so that no further errors
/// follow.
template <class Lanes, class What>
QUOIN_FN auto pipeline_of(What const& what) {
    static_assert(
        concepts::readable<What>,
        "quoin: a policy evaluates an image, a view or a pipeline, and this is none; give a closure of stages "
        "a source, view | closure, and read an any_view by as<P>()");
    if constexpr (concepts::readable<What>) {
        auto const p = as_pipeline(what);
        using pipeline_type = std::remove_const_t<decltype(p)>;
        constexpr bool zipped_pixels = is_zipped<typename pipeline_type::pixel_type>;
        constexpr bool agree = lanes_agree<Lanes>(static_cast<pipeline_type const*>(nullptr));
        static_assert(agree,
                      "quoin: a vectorized stage must return the same type of pixel for lanes as for scalars; end "
                      "it with convert<T>(...) or saturate<T>(...), since bytes less bytes are an int");
        static_assert(!zipped_pixels, "quoin: several images are evaluated as one; write zip(a, b) | f, and let f make "
                                      "one pixel of a pixel of each");
        if constexpr (!zipped_pixels && agree) return p;
        else return pipeline<view_of_bytes>{{}, {}};
    } else {
        return pipeline<view_of_bytes>{{}, {}};
    }
}

/// The same for a terminal that computes with the pixels.
template <class Lanes, class What>
QUOIN_FN auto computed_pipeline_of(What const& what) {
    auto const p = pipeline_of<Lanes>(what);
    constexpr bool narrow = has_narrow_floats<typename std::remove_const_t<decltype(p)>::pixel_type>;
    static_assert(!narrow, "quoin: half and bfloat16 are stored, and this function computes with pixels; give it "
                           "view | convert_to<float>");
    if constexpr (narrow) return pipeline<view_of_bytes>{{}, {}};
    else return p;
}

/// The error message for a terminal whose first argument is no policy.
template <class What>
QUOIN_FN serial missing_policy() {
    static_assert(!concepts::readable<What>,
                  "quoin: the policy is missing or not the first argument; it says where and how to compute, as in "
                  "to_image(quoin::simd{}, pipeline)");
    return {};
}

/// The name of a terminal in `pipeline | otsu`. A terminal is a template and no object. This parameter selects the
/// specialization that returns R for a view of bytes.
template <class R, class... More>
using terminal_name = function_name<R, serial const&, view_of_bytes const&, More...>;
/// The error message for a terminal behind operator|.
template <class What>
QUOIN_FN What const& ended(What const& what) {
    static_assert(!concepts::readable<What>,
                  "quoin::operator|: this function ends a pipeline and is no stage; call it with a policy, as in "
                  "otsu(policy, pipeline)");
    return what;
}

} // namespace detail
QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// What a stage of a pipeline is: the kinds of functors, what they take and what they return.
#pragma once

#include <quoin/core/detail/flat_tuple.hpp>
#include <quoin/pipe/border.hpp>
#include <quoin/pipe/window.hpp>

QUOIN_NAMESPACE_BEGIN

/// The pixels of several inputs at the same place; what a stage after zip() gets, as separate arguments.
template <class... P>
struct zipped {
    detail::flat_tuple<P...> parts;
};

namespace detail {

template <class F>
concept has_static_footprint = requires {
    { F::footprint } -> std::convertible_to<footprint const&>;
};
template <class F>
concept has_dynamic_footprint = requires(F const& f) {
    { f.footprint() } -> std::convertible_to<footprint>;
};

} // namespace detail

namespace concepts {

/// A local stage: it has a footprint, `static constexpr quoin::footprint footprint{columns, rows};` or, where only the
/// value knows, `quoin::footprint footprint() const`, and is called as f(window).
template <class F>
concept local_functor = detail::has_static_footprint<F> || detail::has_dynamic_footprint<F>;

} // namespace concepts

template <concepts::local_functor F>
QUOIN_FN footprint footprint_of(F const& f) {
    if constexpr (detail::has_static_footprint<F>) return F::footprint;
    else return f.footprint();
}

namespace concepts {

/// A functor that works on lanes as on scalars says so by `using vectorized = void;`. Any other functor is called with
/// one pixel at a time under every policy, in a loop that the compiler may vectorize by itself.
template <class F>
concept vectorized_functor = requires { typename F::vectorized; };

/// A vectorized functor from bytes to bytes that costs more than four instructions says so by `using tabulable =
/// void;`. Where the instruction set looks bytes up in registers, it is then evaluated once for all 256 bytes. Runs of
/// vectorized stages from bytes to bytes always are.
template <class F>
concept tabulable_functor = requires { typename F::tabulable; };

/// A functor that treats all channels alike says so by `using channelwise = void;`. It is then called once for each
/// channel, with scalars or gray windows, whatever the pixel type.
template <class F>
concept channelwise_functor = requires { typename F::channelwise; };

/// A channelwise local functor whose result follows from that of the row above has
/// `static constexpr bool reads_above = true;`. Where rows are computed one below the other, its windows have the
/// members `knows_above()` and `above()` of window.hpp and reach one row further up than its footprint; elsewhere they
/// have neither.
template <class F>
concept reads_above = requires { requires F::reads_above; };

/// A channelwise local functor that may need sums over many neighbors of its row has `using row_sums = U;`, U an
/// unsigned type (void: none), and `bool wants_row_sums() const`. Where rows are computed as a whole, its windows have
/// the member `row_sum(first, last)` of window.hpp, to be used if it wants them; elsewhere not.
template <class F>
concept reads_row_sums = requires { typename F::row_sums; } && !std::is_void_v<typename F::row_sums>;

/// A rearranging stage: it computes nothing and reads each pixel of a rectangle of its input once. It has
///     using rearranges = void;
///     static constexpr bool mirrors_columns, mirrors_rows;   whether the rectangle is turned around an axis
///     rect region(extent input) const;                       the rectangle, inside the input
/// The pixel (x, y) of the result is the pixel (x, y) of the region, counted from its right side where columns are
/// mirrored, and from its bottom where rows are.
template <class F>
concept rearranging_functor = requires(F const& f, extent e) {
    typename F::rearranges;
    { F::mirrors_columns } -> std::convertible_to<bool>;
    { F::mirrors_rows } -> std::convertible_to<bool>;
    { f.region(e) } -> std::same_as<rect>;
};

} // namespace concepts

namespace detail {

/// bool is no channel: a predicate makes 0 and 1 of type u8.
template <class R>
using stored_t = std::conditional_t<std::same_as<std::remove_cvref_t<R>, bool>, std::uint8_t, std::remove_cvref_t<R>>;

template <class F, class... P>
struct call_result {};
template <class F, class... P>
    requires std::invocable<F const&, P...>
struct call_result<F, P...> {
    using type = stored_t<std::invoke_result_t<F const&, P...>>;
};

/// The pixel type that F makes of P: of the pixel, of the pixels of zipped inputs, or of the window around it.
template <class F, class P>
struct stage_result;
template <concepts::rearranging_functor F, class P>
struct stage_result<F, P> {
    using type = P;
};
template <class F, class P>
    requires(!concepts::local_functor<F> && !concepts::channelwise_functor<F> && !concepts::rearranging_functor<F>)
struct stage_result<F, P> : call_result<F, P> {};
template <class F, class... P>
    requires(!concepts::local_functor<F> && !concepts::channelwise_functor<F> && !concepts::rearranging_functor<F>)
struct stage_result<F, zipped<P...>> : call_result<F, P...> {};
template <class F, class P>
    requires(concepts::local_functor<F> && !concepts::channelwise_functor<F>)
struct stage_result<F, P> : call_result<F, window_archetype<P>> {};

template <class P, class Channel>
struct rebound {};
template <class P, class Channel>
    requires requires { typename Channel::type; }
struct rebound<P, Channel> {
    using type = rebind_t<P, typename Channel::type>;
};
template <class F, class P>
    requires(concepts::local_functor<F> && concepts::channelwise_functor<F>)
struct stage_result<F, P> : rebound<P, call_result<F, window_archetype<channel_t<P>>>> {};
template <class F, class P>
    requires(!concepts::local_functor<F> && concepts::channelwise_functor<F>)
struct stage_result<F, P> : rebound<P, call_result<F, channel_t<P>>> {};
template <class F, class P, class... Rest>
    requires(!concepts::local_functor<F> && concepts::channelwise_functor<F>)
struct stage_result<F, zipped<P, Rest...>> : rebound<P, call_result<F, channel_t<P>, channel_t<Rest>...>> {};
template <class F, class... P>
    requires concepts::local_functor<F>
struct stage_result<F, zipped<P...>> {};

} // namespace detail

template <class F, class P>
using stage_result_t = typename detail::stage_result<F, P>::type;

namespace concepts {

/// F can be called with pixels of type P, or with windows onto them. It is copied and never assigned, so that a lambda
/// with captures will do.
template <class F, class P>
concept callable_stage = std::copy_constructible<F> && requires { typename detail::stage_result<F, P>::type; };

} // namespace concepts

/// A stage that computes nothing: from here on, local stages read outside the image by this border.
template <concepts::border B>
struct extend_stage {
    [[no_unique_address]] B border;
};

/// `view | extend(replicate) | gaussian3 | sobel_x`: the border of the local stages that follow, up to the next extend.
/// Without one it is reflect_101.
template <class B>
QUOIN_FN auto extend(B border) {
    static_assert(concepts::border<B>,
                  "quoin::extend: this is no border; give replicate, reflect, reflect_101, wrap or "
                  "constant(value)");
    if constexpr (concepts::border<B>) return extend_stage<B>{border};
    else return extend_stage<reflect_101_border>{};
}

/// A closure: stages in order, waiting for a source. `gray | gaussian3` makes one, some filters are one.
template <class... Stages>
struct composed {
    detail::flat_tuple<Stages...> stages;
};

template <class... Stages>
QUOIN_FN composed<Stages...> compose(Stages const&... stages) {
    return {detail::flat_tuple<Stages...>{{{stages}...}}};
}

namespace detail {

/// A stage that stands for others, chosen by the pixels that it meets: f.expand<P>() gives them as a composed.
template <class F>
concept expanding_stage = requires { typename F::expands; };

template <class F>
struct vectorized_function {
    using vectorized = void;
    [[no_unique_address]] F f;
    QUOIN_INLINE auto operator()(auto const&... pixels) const { return f(pixels...); }
};

} // namespace detail

/// Says of a generic lambda that it works on lanes as on scalars: it is written with operators and the operations of
/// lanes/arithmetic.hpp, and returns the same type of pixel for both.
template <class F>
QUOIN_FN auto vectorized(F f) {
    return detail::vectorized_function<F>{f};
}

namespace detail {

template <class T>
inline constexpr bool is_extend = false;
template <class B>
inline constexpr bool is_extend<extend_stage<B>> = true;
template <class T>
inline constexpr bool is_composed = false;
template <class... S>
inline constexpr bool is_composed<composed<S...>> = true;

/// What quoin recognizes as a stage without knowing the pixels: enough to let two stages form a closure.
template <class T>
concept known_stage = is_extend<T> || is_composed<T> || expanding_stage<T> || concepts::local_functor<T> ||
                      concepts::rearranging_functor<T> || concepts::vectorized_functor<T>;

} // namespace detail

namespace concepts {

/// F can follow something that makes pixels of type P: it can be called and what it returns can be stored, or it stands
/// for stages (a closure, gaussian, box) or for a border.
template <class F, class P>
concept stage_for = detail::is_extend<F> || detail::is_composed<F> || detail::expanding_stage<F> ||
                    (concepts::callable_stage<F, P> && concepts::pixel<stage_result_t<F, P>>);

} // namespace concepts

/// The kinds of stages. Whoever evaluates or describes a pipeline is told of a stage by its kind; see fold.hpp.
enum class stage_kind {
    border,    ///< computes nothing; says what the local stages behind it read outside the image
    pointwise, ///< f(pixel)
    local,     ///< f(window)
    rearrange  ///< other places of the same pixels
};
template <class F>
inline constexpr stage_kind kind_of = detail::is_extend<F>               ? stage_kind::border
                                      : concepts::local_functor<F>       ? stage_kind::local
                                      : concepts::rearranging_functor<F> ? stage_kind::rearrange
                                                                         : stage_kind::pointwise;

template <stage_kind Kind>
using kind_constant = std::integral_constant<stage_kind, Kind>;

/// The extent of what a stage makes of an input of this extent.
template <class F>
QUOIN_FN extent result_extent(F const& f, extent input) {
    if constexpr (concepts::rearranging_functor<F>) return f.region(input).size();
    else return input;
}

namespace detail {

QUOIN_FN rect needed_around(footprint reach, rect where, extent input, bool periodic) {
    if (periodic) return {0, 0, input.width, input.height};
    interval const xs = inside({where.x - reach.left, where.right() + reach.right}, input.width);
    interval const ys = inside({where.y - reach.up, where.bottom() + reach.down}, input.height);
    return {xs.begin, ys.begin, xs.end - xs.begin, ys.end - ys.begin};
}

} // namespace detail

/// The part of its input that a stage reads for a part of its result, `where`, which is not empty; `periodic` says so
/// of the border that a local stage reads by. Both ends of an axis never decrease where those of `where` do not, but
/// for mirrored axes, where they never increase.
template <class F>
QUOIN_FN rect needed_region(F const& f, rect where, extent input, [[maybe_unused]] bool periodic = false) {
    if constexpr (concepts::local_functor<F>) return detail::needed_around(footprint_of(f), where, input, periodic);
    if constexpr (concepts::rearranging_functor<F>) {
        rect const all = f.region(input);
        where.x = F::mirrors_columns ? all.right() - where.right() : all.x + where.x;
        where.y = F::mirrors_rows ? all.bottom() - where.bottom() : all.y + where.y;
    }
    return where;
}

QUOIN_NAMESPACE_END

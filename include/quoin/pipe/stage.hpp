// SPDX-License-Identifier: BSL-1.0
// The stages of a pipeline: the kinds of functors, their arguments and their results.
#pragma once

#include <quoin/core/detail/flat_tuple.hpp>
#include <quoin/core/error.hpp>
#include <quoin/core/tap_table.hpp>
#include <quoin/pipe/border.hpp>
#include <quoin/pipe/byte_table.hpp>
#include <quoin/pipe/detail/call_result.hpp>
#include <quoin/pipe/detail/expansion.hpp>
#include <quoin/pipe/whole.hpp>
#include <quoin/pipe/window.hpp>

QUOIN_NAMESPACE_BEGIN

/// The pixels of several inputs at the same place. The stage behind zip() gets them as separate arguments.
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

/// A functor of a local stage. It is called as f(window) and has a footprint:
/// `static constexpr quoin::footprint footprint{columns, rows};`, or `quoin::footprint footprint() const` if the
/// footprint depends on its value.
template <class F>
concept local_functor = detail::has_static_footprint<F> || detail::has_dynamic_footprint<F>;

} // namespace concepts

/// The footprint of a local functor.
template <concepts::local_functor F>
QUOIN_FN footprint footprint_of(F const& f) {
    if constexpr (detail::has_static_footprint<F>) return F::footprint;
    else return f.footprint();
}

namespace concepts {

/// A functor that takes lanes and scalars has `using vectorized = void;`. Any other functor is called with one pixel at
/// a time under every policy, in a loop that the compiler may vectorize itself.
template <class F>
concept vectorized_functor = requires { typename F::vectorized; };

/// A vectorized functor that maps each byte to a byte in more than four instructions has `using tabulable = void;`. If
/// the instruction set can look up bytes in registers, each block then computes a table of all 256 bytes. Two or more
/// consecutive vectorized stages that map each byte to a byte then become one, too.
template <class F>
concept tabulable_functor = requires { typename F::tabulable; };

/// A functor that treats all channels alike has `using channelwise = void;`. It is then called once for each channel,
/// with the values of that channel or a window of gray pixels, for every pixel type.
template <class F>
concept channelwise_functor = requires { typename F::channelwise; };

/// A channelwise local functor that can compute its result from that of the row above has
/// `static constexpr bool reads_above = true;`. In the line engine its windows have the members `knows_above()` and
/// `above()` of window.hpp, and reach one row further up than its footprint. Other windows have neither; test with
/// `requires`.
template <class F>
concept reads_above = requires { requires F::reads_above; };

/// A channelwise local functor that may need sums over many neighbors of its row has `using row_sums = U;`, with an
/// unsigned type U or void for none, and `bool wants_row_sums() const`. In the line engine its windows have the member
/// `row_sum(first, last)` of window.hpp, which is valid if it wants sums. Other windows do not have it; test with
/// `requires`.
template <class F>
concept reads_row_sums = requires { typename F::row_sums; } && !std::is_void_v<typename F::row_sums>;

/// A functor of a rearranging stage. The stage reads each pixel of a rectangle of its input once. The functor has
///     using rearranges = void;
///     static constexpr bool mirrors_columns, mirrors_rows;   whether the rectangle is mirrored
///     rect region(extent input) const;                       the rectangle, inside the input
///     static constexpr bool transposes;                      whether its axes change places; false without it
/// The pixel (x, y) of the result is the pixel (x, y) of the region, or the pixel (y, x) if the axes change places. If
/// columns are mirrored, the column counts from the right side of the region. If rows are mirrored, the row counts from
/// its bottom.
template <class F>
concept rearranging_functor = requires(F const& f, extent e) {
    typename F::rearranges;
    { F::mirrors_columns } -> std::convertible_to<bool>;
    { F::mirrors_rows } -> std::convertible_to<bool>;
    { f.region(e) } -> std::same_as<rect>;
};

/// A functor of a resampling stage. Along one axis, each value of the result is a weighted sum of consecutive values of
/// the input. Channels are treated alike. The functor has
///     using resamples = void;
///     static constexpr axis along;      columns: along a row; rows: down a column
///     using input_channel = ...;        the channel type that it accepts
///     using weight = ...;               i16, split_weight, float or double; see tap_table.hpp for the sums
///     tap_table<weight> taps() const;   for an input with taps().input columns or rows
///     rounding_type rounding() const;   a small functor: the value of the result for a sum_of<weight>, and for lanes
/// If that value is the sum divided by a number, rounded half up and saturated, the rounding functor should have
/// double whole() const, which returns the number. An engine may then compute passes of integers in another order.
template <class F>
concept resampling_functor = requires(F const& f) {
    typename F::resamples;
    typename F::input_channel;
    { F::along } -> std::convertible_to<axis>;
    { f.taps() } -> std::same_as<tap_table<typename F::weight>>;
    f.rounding()(sum_of<typename F::weight>{});
};

/// A functor of a gathering stage. Each pixel of the result is computed from pixels at any places of the input, and has
/// their type. The functor has
///     using gathers = void;
///     extent result(extent input) const;             the extent of the result
///     P at(view, border, x, y) const;                the pixel (x, y) of the result, on host and device
/// view is a view of pixels P, which is not empty, and border is that of the last extend() before the stage. A functor
/// that computes many pixels of a row faster than one by one also has
///     void row(view, border, T* line, plane, columns, y) const;
/// which writes channel c of column x of row y to line[x - columns.begin + c * plane], for each x in columns. One that
/// computes whole pixels of an image_view faster than channels apart also has
///     void write(image_view, border, T* to, columns, y) const;
/// which writes them as they lie in an image_view, the first channel of columns.begin to to[0]. One that has a border
/// of its own names its type, own_border. An evaluation needs all of the stage's input. If the input is not a view but
/// the result of other stages, it is first written to an image.
template <class F>
concept gathering_functor = requires(F const& f, extent e) {
    typename F::gathers;
    { f.result(e) } -> std::same_as<extent>;
};

} // namespace concepts

template <concepts::border B>
struct extend_stage;

namespace detail {

template <class T>
inline constexpr bool is_extend = false;
template <class B>
inline constexpr bool is_extend<extend_stage<B>> = true;

} // namespace detail

/// The kinds of stages. The visitors of fold() get a stage with its kind.
enum class stage_kind {
    border,    ///< computes nothing; defines the border of the local stages behind it
    pointwise, ///< f(pixel)
    local,     ///< f(window)
    rearrange, ///< the same pixels at other places
    resample,  ///< f(weighted sum along an axis)
    gather,    ///< f(image, x, y)
    whole      ///< f(image)
};
/// The kind of a stage F.
template <class F>
inline constexpr stage_kind kind_of = detail::is_extend<F>               ? stage_kind::border
                                      : concepts::local_functor<F>       ? stage_kind::local
                                      : concepts::rearranging_functor<F> ? stage_kind::rearrange
                                      : concepts::resampling_functor<F>  ? stage_kind::resample
                                      : concepts::gathering_functor<F>   ? stage_kind::gather
                                      : concepts::whole_functor<F>       ? stage_kind::whole
                                                                         : stage_kind::pointwise;

template <stage_kind Kind>
using kind_constant = std::integral_constant<stage_kind, Kind>;

namespace detail {

/// Whether the axes change places in a rearranging stage F.
template <class F>
inline constexpr bool transposes = false;
template <class F>
    requires requires { F::transposes; }
inline constexpr bool transposes<F> = F::transposes;

/// The pixel type that F returns for a pixel P, for the pixels of zipped inputs, or for a window of pixels P.
template <class F, class P>
struct stage_result;
template <class F, class P>
    requires(concepts::rearranging_functor<F> || concepts::gathering_functor<F>)
struct stage_result<F, P> {
    using type = P;
};
template <class F>
concept calls_pixels = kind_of<F> == stage_kind::pointwise && !concepts::channelwise_functor<F>;
template <calls_pixels F, class P>
struct stage_result<F, P> : pixel_result<F, P> {};
template <calls_pixels F, class... P>
struct stage_result<F, zipped<P...>> : pixel_result<F, P...> {};
template <class F, class P>
    requires(concepts::local_functor<F> && !concepts::channelwise_functor<F>)
struct stage_result<F, P> : window_result<F, P> {};

template <class P, class Channel>
struct rebound {};
template <class P, class Channel>
    requires requires { typename Channel::type; }
struct rebound<P, Channel> {
    using type = rebind_t<P, typename Channel::type>;
};
template <class F, class P>
    requires(concepts::local_functor<F> && concepts::channelwise_functor<F>)
struct stage_result<F, P> : rebound<P, window_result<F, channel_t<P>>> {};
template <class F, class P>
    requires(!concepts::local_functor<F> && concepts::channelwise_functor<F>)
struct stage_result<F, P> : rebound<P, pixel_result<F, channel_t<P>>> {};
template <class F, class P, class... Rest>
    requires(!concepts::local_functor<F> && concepts::channelwise_functor<F>)
struct stage_result<F, zipped<P, Rest...>> : rebound<P, pixel_result<F, channel_t<P>, channel_t<Rest>...>> {};
template <concepts::resampling_functor F, class P>
    requires std::same_as<channel_t<P>, typename F::input_channel>
struct stage_result<F, P> : rebound<P, call_result<typename F::rounding_type, sum_of<typename F::weight>>> {};
template <concepts::whole_functor F, class P>
    requires requires { typename F::template result_channel<channel_t<P>>; }
struct stage_result<F, P> {
    using type = rebind_t<P, typename F::template result_channel<channel_t<P>>>;
};
template <class F, class... P>
    requires(kind_of<F> != stage_kind::pointwise && kind_of<F> != stage_kind::rearrange)
struct stage_result<F, zipped<P...>> {};

} // namespace detail

/// The pixel type of the result of a stage F for input pixels P.
template <class F, class P>
using stage_result_t = typename detail::stage_result<F, P>::type;

namespace concepts {

/// F can be called with pixels of type P, or with windows of them. It is copied and never assigned, so a lambda with
/// captures is allowed.
template <class F, class P>
concept callable_stage = std::copy_constructible<F> && requires { typename detail::stage_result<F, P>::type; };

} // namespace concepts

/// A stage that computes nothing and defines the border of the local stages behind it.
template <concepts::border B>
struct extend_stage {
    [[no_unique_address]] B border;
};

/// Defines the border of the local stages that follow, up to the next extend(), as in
/// `view | extend(replicate) | gaussian3`. Without extend() it is the stage's default_border, or reflect_101.
template <class B>
QUOIN_FN extend_stage<std::conditional_t<concepts::border<B>, B, reflect_101_border>> extend(B border) {
    static_assert(concepts::border<B>,
                  "quoin::extend: this is no border; give replicate, reflect, reflect_101, wrap or "
                  "constant(value)");
    if constexpr (concepts::border<B>) return {border};
    else return {};
}

/// A closure: stages in order, without a source. `gray | gaussian3` makes one, and some filters are one.
template <class... Stages>
struct composed {
    detail::flat_tuple<Stages...> stages;
};

/// The closure of the given stages.
template <class... Stages>
QUOIN_FN composed<Stages...> compose(Stages const&... stages) {
    return {detail::flat_tuple<Stages...>{{{stages}...}}};
}

namespace detail {

template <class F>
struct vectorized_function {
    using vectorized = void;
    [[no_unique_address]] F f;
    QUOIN_INLINE auto operator()(auto const&... pixels) const { return f(pixels...); }
};

} // namespace detail

/// A vectorized stage that calls f. f is a generic lambda that takes lanes and scalars: it uses operators and the
/// functions of lanes/arithmetic.hpp, and returns the same pixel type for both.
template <class F>
QUOIN_FN auto vectorized(F f) {
    return detail::vectorized_function<F>{f};
}

namespace detail {

template <class T>
inline constexpr bool is_composed = false;
template <class... S>
inline constexpr bool is_composed<composed<S...>> = true;

/// A type that quoin recognizes as a stage without its pixel type. Two of these can form a closure.
template <class T>
concept known_stage =
    kind_of<T> != stage_kind::pointwise || is_composed<T> || expanding_stage<T> || concepts::vectorized_functor<T> ||
    concepts::byte_table_functor<T> || concepts::positioned_functor<T>;

} // namespace detail

namespace concepts {

/// F can follow pixels of type P. Either it can be called with them and returns a pixel, or it stands for other stages
/// (a closure, gaussian, box), or it is extend().
template <class F, class P>
concept stage_for = detail::is_extend<F> || detail::is_composed<F> || detail::expanding_stage<F> ||
                    (concepts::callable_stage<F, P> && concepts::pixel<stage_result_t<F, P>>);

} // namespace concepts

/// The extent of the result of a stage for an input of this extent.
template <class F>
QUOIN_FN extent result_extent(F const& f, extent input) {
    if constexpr (concepts::rearranging_functor<F>) {
        extent const size = f.region(input).size();
        return detail::transposes<F> ? extent{size.height, size.width} : size;
    } else if constexpr (concepts::resampling_functor<F>) {
        auto const taps = f.taps();
        bool const along_columns = F::along == axis::columns;
        index_t const side = along_columns ? input.width : input.height;
        if (side != taps.input)
            detail::raise("quoin: a resampling stage for ", taps.input, along_columns ? " columns" : " rows",
                          " cannot read an image of ", input.width, " x ", input.height);
        return along_columns ? extent{taps.size, input.height} : extent{input.width, taps.size};
    } else if constexpr (concepts::gathering_functor<F>) {
        return f.result(input);
    } else {
        return input;
    }
}

namespace detail {

QUOIN_FN rect needed_around(footprint reach, int ahead, rect where, extent input, bool periodic) {
    if (periodic) return {0, 0, input.width, input.height};
    interval const xs = inside({where.x - reach.left, where.right() + reach.right}, input.width);
    interval const ys = inside({where.y - reach.up, where.bottom() + reach.down + ahead}, input.height);
    return {xs.begin, ys.begin, xs.end - xs.begin, ys.end - ys.begin};
}

} // namespace detail

/// The rectangle of its input that a stage reads for the rectangle `where` of its result, which must not be empty.
/// If `periodic` is set, a local stage has a periodic border, and the rectangle is the whole input. That of a gathering
/// and of a whole stage always is. If the ends of `where` along an axis do not decrease, neither do those of the result
/// along the axis that it becomes; along a mirrored axis they do not increase.
template <class F>
QUOIN_FN rect needed_region(F const& f, rect where, extent input, [[maybe_unused]] bool periodic = false) {
    if constexpr (concepts::local_functor<F>)
        return detail::needed_around(footprint_of(f), detail::rows_ahead_of(f), where, input, periodic);
    if constexpr (concepts::gathering_functor<F> || concepts::whole_functor<F>)
        return {0, 0, input.width, input.height};
    if constexpr (concepts::rearranging_functor<F>) {
        rect const all = f.region(input);
        if (detail::transposes<F>) where = {where.y, where.x, where.height, where.width};
        where.x = F::mirrors_columns ? all.right() - where.right() : all.x + where.x;
        where.y = F::mirrors_rows ? all.bottom() - where.bottom() : all.y + where.y;
    }
    if constexpr (concepts::resampling_functor<F>) {
        if constexpr (F::along == axis::columns) {
            interval const xs = f.taps().input_of({where.x, where.right()});
            where.x = xs.begin;
            where.width = xs.end - xs.begin;
        } else {
            interval const ys = f.taps().input_of({where.y, where.bottom()});
            where.y = ys.begin;
            where.height = ys.end - ys.begin;
        }
    }
    return where;
}

QUOIN_NAMESPACE_END

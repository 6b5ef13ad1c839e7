// SPDX-License-Identifier: BSL-1.0
// Calls a functor for all pixels of a step: at once if it takes lanes, else pixel by pixel. A channelwise functor is
// called for each channel.
#pragma once

#include <quoin/pipe/pipeline.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Of a functor of more than 512 bytes, mostly tables, or with memory of its own, a copy for each row costs too much.
template <class F>
inline constexpr bool is_held_by_reference = sizeof(F) > 512 || !std::is_trivially_copyable_v<F>;
/// The type by which the cursor of a row holds a functor. It is a copy unless that costs too much, so the compiler
/// knows that stores do not alias it, and keeps it in registers.
template <class F>
using held_functor = std::conditional_t<is_held_by_reference<F>, F const&, F>;

/// The pixels of one step in memory, channel by channel.
template <class Lanes, class P>
struct lane_array {
    channel_t<P> values[channels_v<P>][Lanes::count];

    static QUOIN_INLINE lane_array from(lane_pixel<Lanes, P> const& pixels) {
        lane_array a;
        for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            Lanes::store(a.values[decltype(c)::value], get_channel<decltype(c)::value>(pixels));
        });
        return a;
    }
    QUOIN_INLINE lane_pixel<Lanes, P> pixels() const {
        return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            return Lanes::template load_as<channel_t<P>>(values[decltype(c)::value]);
        });
    }
    QUOIN_INLINE P load(int i) const {
        return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE { return values[decltype(c)::value][i]; });
    }
    QUOIN_INLINE void store(int i, P const& p) {
        for_each_channel<P>(
            [&](auto c) QUOIN_LAMBDA_INLINE { values[decltype(c)::value][i] = get_channel<decltype(c)::value>(p); });
    }
};

/// Whether F can be called with the pixels of a whole step.
template <class F, class Lanes>
inline constexpr bool takes_lanes = Lanes::count == 1 || concepts::vectorized_functor<F>;

template <class Expected, class Got>
QUOIN_INLINE Expected as_stored(Got const& got) {
    if constexpr (std::same_as<Expected, Got> || std::same_as<Got, bool>) {
        return static_cast<Expected>(got);
    } else {
        static_assert(
            std::same_as<Expected, Got>,
            "quoin: a vectorized stage must return the same type of pixel for lanes as for scalars; end it with "
            "convert<T>(...) or saturate<T>(...)");
        return Expected{};
    }
}

/// Calls f(pixels...) for every pixel of the step. R is the stored type of the result, and P... are the stored types of
/// the inputs.
template <class Lanes, class R, class... P, class F>
QUOIN_INLINE lane_pixel<Lanes, R> apply_pointwise(F const& f, lane_pixel<Lanes, P> const&... pixels) {
    using first = std::remove_cvref_t<decltype(get<0>(std::declval<flat_tuple<P...> const&>()))>;
    if constexpr (concepts::channelwise_functor<F> && channels_v < first >> 1) {
        return make_pixel<R>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int i = decltype(c)::value;
            if constexpr (takes_lanes<F, Lanes>) {
                return as_stored<typename Lanes::template type<channel_t<R>>>(f(get_channel<i>(pixels)...));
            } else {
                return apply_pointwise<Lanes, channel_t<R>, channel_t<P>...>(f, get_channel<i>(pixels)...);
            }
        });
    } else if constexpr (takes_lanes<F, Lanes>) {
        return as_stored<lane_pixel<Lanes, R>>(f(pixels...));
    } else {
        lane_array<Lanes, R> out;
        [&](auto const&... in) QUOIN_LAMBDA_INLINE {
            for (int i = 0; i < Lanes::count; ++i) out.store(i, static_cast<R>(f(in.load(i)...)));
        }(lane_array<Lanes, P>::from(pixels)...);
        return out.pixels();
    }
}

/// apply_pointwise for the step that begins at column x of the row `place`. f gets its position if it takes one.
template <class Lanes, class R, class... P, class F>
QUOIN_INLINE lane_pixel<Lanes, R> apply_at(F const& f, [[maybe_unused]] row_place<F> const& place,
                                           [[maybe_unused]] index_t x, lane_pixel<Lanes, P> const&... pixels) {
    if constexpr (!concepts::positioned_functor<F>) {
        return apply_pointwise<Lanes, R, P...>(f, pixels...);
    } else if constexpr (takes_lanes<F, Lanes>) {
        using I = typename Lanes::template type<std::int32_t>;
        position<I> const at{Lanes::rising(static_cast<std::int32_t>(x)), I(static_cast<std::int32_t>(place.y))};
        return apply_pointwise<Lanes, R, P...>(function_at<F, I>(f, at), pixels...);
    } else {
        lane_array<Lanes, R> out;
        [&](auto const&... in) QUOIN_LAMBDA_INLINE {
            for (int i = 0; i < Lanes::count; ++i)
                out.store(i, apply_at<scalar_lanes, R, P...>(f, place, min(x + i, place.last), in.load(i)...));
        }(lane_array<Lanes, P>::from(pixels)...);
        return out.pixels();
    }
}

/// The reach of the windows of f: the footprint, and one more row up if f reads_above and Rows has the row above.
template <class F, class Rows>
QUOIN_INLINE footprint window_reach(F const& f) {
    footprint reach = footprint_of(f);
    if constexpr (concepts::reads_above<F> && requires(Rows const& rows) { rows.above; }) ++reach.up;
    return reach;
}

/// Rows by their address. The loops of a functor without lanes are unrolled late; by then GCC keeps a copy of the rows
/// in memory, and writes it for each pixel.
template <class Rows>
struct rows_ref {
    Rows const* rows;
    QUOIN_INLINE auto const* operator()(int dy) const { return (*rows)(dy); }
};

/// A local functor f with the row that it takes.
template <class F>
struct functor_at_row : vectorized_mark<F>, channelwise_mark<F> {
    static constexpr bool reads_above = concepts::reads_above<F>;
    held_functor<F> f;
    index_t y;
    QUOIN_INLINE functor_at_row(F const& functor, index_t row) : f(functor), y(row) {}
    QUOIN_FN quoin::footprint footprint() const { return footprint_of(f); }
    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return f(w, y);
    }
};

template <class F>
inline constexpr bool is_held_by_reference<functor_at_row<F>> = false;

/// f as it is called for windows of row y.
template <class F>
QUOIN_INLINE F const& at_row(F const& f, index_t) {
    return f;
}
template <concepts::takes_row F>
QUOIN_INLINE functor_at_row<F> at_row(F const& f, index_t y) {
    return {f, y};
}

/// Calls f(window) for every pixel of the step that starts at column x. f must take lanes, and no row.
template <class Lanes, class R, class P, class F, class Rows>
QUOIN_INLINE lane_pixel<Lanes, R> apply_local(F const& f, Rows const& rows, index_t plane, index_t x) {
    if constexpr (concepts::channelwise_functor<F> && channels_v < P >> 1) {
        return make_pixel<R>([&](auto c) QUOIN_LAMBDA_INLINE {
            return apply_local<Lanes, channel_t<R>, channel_t<P>>(f, rows, plane, x + decltype(c)::value * plane);
        });
    } else {
        footprint const reach = window_reach<F, Rows>(f);
        if constexpr (concepts::vectorized_functor<F>)
            return as_stored<lane_pixel<Lanes, R>>(f(window<Lanes, P, Rows>{rows, plane, x, reach}));
        else return as_stored<lane_pixel<Lanes, R>>(f(window<Lanes, P, rows_ref<Rows>>{{&rows}, plane, x, reach}));
    }
}

/// The pixel P that f reads outside of its input under a constant border. The second pass of a filter reads results of
/// the first pass. Its functor therefore has `outside_of`, the channel type of the image, and `outside(value)`, the
/// result of the first pass for the constant.
template <class P, class F, class Border>
QUOIN_FN P outside_pixel(F const& f, Border const& border) {
    if constexpr (requires { typename F::outside_of; }) {
        auto const value = border.template value_as<rebind_t<P, typename F::outside_of>>();
        return make_pixel<P>([&](auto c) { return f.outside(get_channel<decltype(c)::value>(value)); });
    } else {
        return border.template value_as<P>();
    }
}

} // namespace detail

QUOIN_NAMESPACE_END

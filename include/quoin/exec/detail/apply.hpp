// SPDX-License-Identifier: BSL-1.0
// Calling a functor for all pixels of a step: at once where it understands lanes, one pixel after the other where not,
// channel by channel where it treats channels alike.
#pragma once

#include <quoin/pipe/pipeline.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// How the cursors of a row hold a functor: by value, so that no store can seem to change it and the inner loop keeps
/// it in registers; one that is mostly tables by reference, since copying it for each row would cost more.
template <class F>
using held_functor = std::conditional_t<(sizeof(F) > 512), F const&, F>;

/// The pixels of one step, laid out in memory channel by channel.
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

/// f(pixels...) for every pixel of the step. R is the stored result type, P... the stored input types.
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

/// What the windows of f may reach; of one that reads_above, a row further up where it is told of that row.
template <class F, class Rows>
QUOIN_INLINE footprint window_reach(F const& f) {
    footprint reach = footprint_of(f);
    if constexpr (concepts::reads_above<F> && requires(Rows const& rows) { rows.above; }) ++reach.up;
    return reach;
}

/// f(window) for every pixel of the step that starts at column x; f takes the lanes.
template <class Lanes, class R, class P, class F, class Rows>
QUOIN_INLINE lane_pixel<Lanes, R> apply_local(F const& f, Rows const& rows, index_t plane, index_t x) {
    if constexpr (concepts::channelwise_functor<F> && channels_v < P >> 1) {
        return make_pixel<R>([&](auto c) QUOIN_LAMBDA_INLINE {
            return apply_local<Lanes, channel_t<R>, channel_t<P>>(f, rows, plane, x + decltype(c)::value * plane);
        });
    } else {
        return as_stored<lane_pixel<Lanes, R>>(f(window<Lanes, P, Rows>{rows, plane, x, window_reach<F, Rows>(f)}));
    }
}

/// The pixel that f, whose input pixels are P, reads outside under a constant border. A later pass of a filter, whose
/// input is no image but sums of one, says by outside_of and outside(value) what the constant becomes there.
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

// SPDX-License-Identifier: BSL-1.0
// The functors of stages alone: called for steps of pixels in padded rows of plain memory, without an engine, under
// both lane families, and held against plain loops.
#pragma once

#include "support/types.hpp"
#include "support/values.hpp"

#include <quoin/exec/line/local_rows.hpp>
#include <quoin/lanes/simd_lanes.hpp>
#include <quoin/pipe/pipeline.hpp>

namespace test {

/// Whether windows have the words of functors that read what is above or sums over rows, as those of the line engine,
/// or pixels alone, as those of the tile engine.
enum class words { none, of_lines };

/// How far the windows of a stage, and of all those that it stands for, reach.
template <class P, class F>
quoin::footprint reach_of(F const& f) {
    if constexpr (quoin::detail::expanding_stage<F>) {
        return reach_of<P>(f.template expand<P>());
    } else if constexpr (quoin::detail::is_composed<F>) {
        quoin::footprint sum;
        auto const add = [&](quoin::footprint r) {
            sum = {sum.left + r.left, sum.right + r.right, sum.up + r.up, sum.down + r.down};
        };
        quoin::detail::apply([&](auto const&... stages) { (add(reach_of<P>(stages)), ...); }, f.stages);
        return sum;
    } else if constexpr (quoin::concepts::local_functor<F>) {
        return quoin::footprint_of(f);
    } else {
        return {};
    }
}

/// Whether a stage, or one of those that it stands for, knows such words.
template <class P, class F>
inline constexpr bool knows_words = quoin::concepts::reads_above<F> || quoin::concepts::reads_row_sums<F>;
template <class P, class... Stages>
inline constexpr bool knows_words<P, quoin::composed<Stages...>> = (knows_words<P, Stages> || ...);
template <class P, quoin::detail::expanding_stage F>
inline constexpr bool knows_words<P, F> = knows_words<P, decltype(std::declval<F const&>().template expand<P>())>;

/// f(window) of the steps of a row, apart, as small as it can be: this is compiled for each functor, type and family.
template <class Lanes, class R, class P, class F, class Rows>
QUOIN_NOINLINE void local_row(F const& f, Rows const rows, index_t plane, index_t x, index_t end,
                              quoin::channel_t<R>* out) {
    for (; x < end; x += Lanes::count) {
        auto const result = quoin::detail::apply_local<Lanes, R, P>(f, rows, plane, x);
        quoin::for_each_channel<R>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int i = decltype(c)::value;
            Lanes::store(out + x + i * plane, quoin::get_channel<i>(result));
        });
    }
}
template <class Lanes, class R, class P, class F>
QUOIN_NOINLINE void pointwise_row(F const& f, quoin::detail::row_place<F> const& place, quoin::channel_t<P> const* in,
                                  index_t plane, index_t end, quoin::channel_t<R>* out) {
    for (index_t x = 0; x < end; x += Lanes::count) {
        auto const pixels = quoin::make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            return Lanes::template load_as<quoin::channel_t<P>>(in + x + decltype(c)::value * plane);
        });
        auto const result = quoin::detail::apply_at<Lanes, R, P>(f, place, x, pixels);
        quoin::for_each_channel<R>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int i = decltype(c)::value;
            Lanes::store(out + x + i * plane, quoin::get_channel<i>(result));
        });
    }
}

/// A row of results: y, and those of the pixels from `begin` to `end` of the line `middle`, in planes of this size.
template <class T, class U>
using row_call = call<index_t, T const* const*, index_t, index_t, index_t, U*>;
/// What `compute` makes of each row of `in` around which there are as many pixels as `reach` says, in steps of `count`
/// pixels. There is room for `front` values more before each row.
template <class T, class U>
values by_rows(values const& in, quoin::footprint reach, int channels, index_t count, index_t front,
               row_call<T, U> compute);

/// f(window) of every pixel whose window lies inside.
template <class Lanes, words Words, class P, class F>
values local_alone(F const& f, values const& in) {
    using R = quoin::stage_result_t<F, P>;
    using T = quoin::channel_t<P>;
    using U = quoin::channel_t<R>;
    constexpr bool above = Words == words::of_lines && quoin::concepts::reads_above<F>;
    constexpr bool sums = Words == words::of_lines && quoin::concepts::reads_row_sums<F>;
    constexpr index_t front = sums ? 1 : 0;
    auto const row = [&](index_t y, T const* const* middle, index_t plane, index_t begin, index_t end, U* out) {
        auto const compute = [&](auto const& lines) {
            local_row<Lanes, R, P>(quoin::detail::at_row(f, y), lines, plane, begin, end, out);
        };
        if constexpr (above) {
            compute(quoin::detail::lines_and_above<T, U>{{middle}, out, y > 0});
        } else if constexpr (sums) {
            using S = typename F::row_sums;
            lines<S> row_sums(plane - front, 1, quoin::channels_v<P>, front);
            S sum = 7; // what lies in front of a row is in all of its sums
            for (index_t x = -front; x < plane * quoin::channels_v<P> - front; ++x)
                row_sums.row(0)[x] = sum = static_cast<S>(sum + static_cast<S>((*middle)[x]));
            compute(quoin::detail::lines_and_sums<T, S>{{middle}, row_sums.row(0)});
        } else {
            compute(quoin::detail::counted_lines<T>{middle});
        }
    };
    return by_rows<T, U>(in, quoin::footprint_of(f), quoin::channels_v<R>, Lanes::count, front, row);
}

/// The rows of an image of this extent.
struct whole {
    extent all;
    extent size() const { return all; }
};

/// f(pixel) of every pixel.
template <class Lanes, class P, class F>
values pointwise_alone(F const& f, values const& in) {
    using R = quoin::stage_result_t<F, P>;
    using T = quoin::channel_t<P>;
    using U = quoin::channel_t<R>;
    auto const row = [&](index_t y, T const* const* middle, index_t plane, index_t, index_t end, U* out) {
        pointwise_row<Lanes, R, P>(f, quoin::detail::row_place<F>::of(whole{in.size}, y), *middle, plane, end, out);
    };
    return by_rows<T, U>(in, {}, quoin::channels_v<R>, Lanes::count, 0, row);
}

/// What a stage makes of the pixels around which it finds all that it reads; of one that stands for others, what these
/// make one after the other.
template <class Lanes, words Words, class P, class F>
values alone(F const& f, values const& in) {
    if constexpr (quoin::detail::expanding_stage<F>) {
        return alone<Lanes, Words, P>(f.template expand<P>(), in);
    } else if constexpr (quoin::detail::is_composed<F>) {
        return quoin::detail::apply(
            [&](auto const& first, auto const&... rest) {
                if constexpr (sizeof...(rest) == 0) return alone<Lanes, Words, P>(first, in);
                else
                    return alone<Lanes, Words, quoin::stage_result_t<std::remove_cvref_t<decltype(first)>, P>>(
                        quoin::compose(rest...), alone<Lanes, Words, P>(first, in));
            },
            f.stages);
    } else if constexpr (quoin::concepts::local_functor<F>) {
        return local_alone<Lanes, Words, P>(f, in);
    } else {
        return pointwise_alone<Lanes, P>(f, in);
    }
}

/// What a stage's functors make of `in`, pixels P, in all ways in which an engine calls them.
struct ways {
    values one, several, one_with_words, several_with_words; ///< those with words are empty where it knows none
};
template <class P, class F>
ways all_ways(F const& stage, values const& in) {
    using quoin::scalar_lanes, quoin::simd_lanes;
    ways w{alone<scalar_lanes, words::none, P>(stage, in), alone<simd_lanes, words::none, P>(stage, in), {}, {}};
    if constexpr (knows_words<P, F>) {
        w.one_with_words = alone<scalar_lanes, words::of_lines, P>(stage, in);
        w.several_with_words = alone<simd_lanes, words::of_lines, P>(stage, in);
    }
    return w;
}

/// What is wrong with them, in words; an empty string where nothing is. With a tolerance all must be as near as it
/// says, and still the same bytes.
std::string difference(values const& expected, ways const& got, double tolerance);

/// A stage's functors alone on these pixels P.
template <class P>
std::string wrong_alone(auto const& stage, values const& in, values const& expected, double tolerance = 0) {
    return difference(expected, all_ways<P>(stage, in), tolerance);
}

/// The same on random pixels against formula(at, kind), which says what at(dx, dy) around it make of a channel of this
/// kind.
template <class P>
std::string wrong_alone(auto const& stage, auto const& formula, double tolerance = 0, extent size = {203, 25}) {
    using T = quoin::channel_t<P>;
    values const in = random_values<T>(size, quoin::channels_v<P>, 17, tolerance > 0);
    channel_kind const kind = kind_of_channel<T>();
    return wrong_alone<P>(stage, in, inner(in, reach_of<P>(stage), [&](auto const& at) { return formula(at, kind); }),
                          tolerance);
}

/// What is wrong with a stage in the engine, under every policy and tiling, between guards: it should be what the
/// functor makes alone, one pixel a step, of an image with its border around it.
template <class P>
std::string wrong_in_engine(auto const& stage, auto border, std::vector<extent> const& sizes = few_extents()) {
    using R = typename decltype(std::declval<quoin::image_view<P const>>() | stage)::pixel_type;
    unsigned seed = 1;
    for (extent const size : sizes) {
        auto const in = random_pixels<P>(size, ++seed);
        values const around = with_border(values_of(in), reach_of<P>(stage), border);
        auto const expected = pixels_of<R>(alone<quoin::scalar_lanes, words::none, P>(stage, around));
        std::string wrong = check_pipeline(in, expected, [&](auto v) { return v | quoin::extend(border) | stage; });
        if (!wrong.empty()) return "seed " + std::to_string(seed) + ", " + wrong;
    }
    return {};
}

} // namespace test

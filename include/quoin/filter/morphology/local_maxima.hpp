// SPDX-License-Identifier: BSL-1.0
// local_maxima, local_minima: the plateaus without a higher, or lower, neighbor.
#pragma once

#include <quoin/filter/detail/framed_levels.hpp>
#include <quoin/lanes/arithmetic.hpp>

#include <algorithm>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Sets `out` where a plateau has no neighbor of a higher level.
template <class Lanes, connectivity Neighbors, bool Minima, class T>
void find_maxima(framed_places const& places, image_view<T const> in, image_view<std::uint8_t> out) {
    using L = level_t<T>;
    std::int32_t const columns = places.columns();
    auto const levels = framed_values<L>(places), higher = framed_values<L>(places);
    auto const level = [&](std::int32_t i) { return levels[index_of(i)]; };
    fill_frame(places, levels.get(), lowest<L>);
    for (index_t y = 0; y < in.height(); ++y) read_levels<Minima>(in.row(y), in.width(), levels.get() + places.row(y));
    // Not 0 where a neighbor is higher. The last step of a row may go on in the frame and the next row.
    for (index_t y = 0; y < in.height(); ++y)
        for (std::int32_t x = 0; x < in.width(); x += Lanes::count) {
            L const* const at = levels.get() + places.row(y) + x;
            auto const load = [&](std::int32_t d) { return Lanes::template load_as<L>(at + d); };
            auto const here = load(0);
            auto most = max(max(load(-1), load(1)), max(load(-columns), load(columns)));
            if constexpr (Neighbors == connectivity::eight)
                most = max(most,
                           max(max(load(-columns - 1), load(-columns + 1)), max(load(columns - 1), load(columns + 1))));
            Lanes::store(higher.get() + places.row(y) + x,
                         static_cast<std::remove_const_t<decltype(here)>>(max(most, here) ^ here));
        }
    fill_frame(places, higher.get(), L{1});
    if constexpr (!std::integral<T>)
        for (std::int32_t i = 0; i < places.row(in.height()); ++i)
            if (level(i) == lowest<L>) higher[index_of(i)] = 1; // NaNs

    // A plateau that has a higher neighbor somewhere is none.
    auto const around = places.neighbors<Neighbors>();
    std::vector<std::int32_t> reached;
    auto const leave = [&](std::int32_t i) {
        higher[index_of(i)] = 1;
        reached.push_back(i);
    };
    bool differs = false;
    for (index_t y = 0; y < in.height(); ++y)
        for (std::int32_t i = places.row(y), end = i + columns - 2; i < end; ++i) {
            if (higher[index_of(i)] != 0) {
                differs |= std::integral<T> || level(i) != lowest<L>;
                continue;
            }
            bool leaves = false;
            for (std::int32_t const d : around) leaves |= higher[index_of(i + d)] != 0 && level(i + d) == level(i);
            if (!leaves) continue;
            leave(i);
            while (!reached.empty()) {
                std::int32_t const next = reached.back();
                reached.pop_back();
                for (std::int32_t const d : around)
                    if (higher[index_of(next + d)] == 0 && level(next + d) == level(next)) leave(next + d);
            }
        }
    for (index_t y = 0; y < in.height(); ++y) {
        L const* const row = higher.get() + places.row(y);
        for (index_t x = 0; x < in.width(); ++x) out(x, y) = differs && row[x] == 0 ? 255 : 0;
    }
}

template <bool Minima, class Policy, class T>
void local_extrema(Policy const& policy, char const* name, image_view<T const> in, image_view<std::uint8_t> out,
                   connectivity neighbors) {
    policy.bulk(1, [&](index_t) {
        framed_places const places(name, in.size());
        with_connectivity(neighbors, [&](auto c) {
            find_maxima<typename Policy::lanes, decltype(c)::value, Minima>(places, in, out);
        });
    });
}

} // namespace detail

/// The stage made by local_maxima() and local_minima().
template <bool Minima>
class local_extrema_fn {
public:
    using computes_whole = void;
    static constexpr char const* name = Minima ? "local_minima" : "local_maxima";
    template <class T>
        requires detail::gray_level<T>
    using result_channel = std::uint8_t;

    constexpr explicit local_extrema_fn(connectivity neighbors) : neighbors_(neighbors) {}

    template <class Policy, class T>
    void fill(Policy const& policy, image_view<T const> in, image_view<std::uint8_t> out) const {
        detail::local_extrema<Minima>(policy, name, in, out, neighbors_);
    }

private:
    connectivity neighbors_;
};

/// A whole stage, each channel: 255 where the pixel belongs to a plateau, connected pixels of one value, that no higher
/// pixel touches, and 0 elsewhere. Pixels outside do not count, so a plateau at the border can be one, as with
/// allow_borders of scikit-image. An image without an edge between its values has none. u8, u16, i16, i32, f32 -> u8.
/// Rounding: none. A NaN is 0 and is no neighbor; of the others -0 is below +0. Cost: one pass, and a flood of the
/// plateaus that touch something higher, on one thread; about 15 ns a pixel for u8. Memory: an image of the input where
/// it is no view, one of the result, and a copy of both.
/// @throws invalid_argument during the evaluation for more than 2^31 - 1 pixels.
/// Source: the definition of regional maxima in P. Soille, Morphological Image Analysis, 2003, section 6.3.3.
constexpr local_extrema_fn<false> local_maxima(connectivity neighbors = connectivity::eight) {
    return local_extrema_fn<false>(neighbors);
}

/// The same for plateaus that no lower pixel touches.
/// @throws invalid_argument as local_maxima().
constexpr local_extrema_fn<true> local_minima(connectivity neighbors = connectivity::eight) {
    return local_extrema_fn<true>(neighbors);
}

namespace detail {
template <bool Minima, class E>
struct local_extrema_entry : gray_level_entry<E> {
    static constexpr local_extrema_fn<Minima> stage(double const* values) {
        return local_extrema_fn<Minima>(connectivity_of(values[0]));
    }
};
} // namespace detail

/// The catalogue's entries.
struct local_maxima_entry : detail::local_extrema_entry<false, local_maxima_entry> {
    static constexpr operation about{.name = "local_maxima",
                                     .about = "255 at plateaus that no higher pixel touches, u8",
                                     .parameters = {detail::neighbors_parameter(connectivity::eight)},
                                     .rounding = "none",
                                     .floating = "the same; 0 at NaNs, which are no neighbors",
                                     .scikit_image = "255 * skimage.morphology.local_maxima(image)"};
};
struct local_minima_entry : detail::local_extrema_entry<true, local_minima_entry> {
    static constexpr operation about{.name = "local_minima",
                                     .about = "255 at plateaus that no lower pixel touches, u8",
                                     .parameters = {detail::neighbors_parameter(connectivity::eight)},
                                     .rounding = "none",
                                     .floating = "the same; 0 at NaNs, which are no neighbors",
                                     .scikit_image = "255 * skimage.morphology.local_minima(image)"};
};

QUOIN_NAMESPACE_END

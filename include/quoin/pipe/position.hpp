// SPDX-License-Identifier: BSL-1.0
// position: the place of a pixel, for pointwise stages that depend on it; the row, for local stages.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/geometry.hpp>

#include <cstdint>

QUOIN_NAMESPACE_BEGIN

/// The place of a pixel in the result of its stage: column x from the left, row y from the top, both from 0. V is
/// std::int32_t, or under the SIMD policies lanes of it: x, x + 1, x + 2, ... for the pixels of a step, and one y for
/// all. It is exact for sides up to 2^31, whatever tile or strip is computed. convert<float>(at.x) is exact up to 2^24,
/// and convert<double>(at.x) always. The last step of a row may have places beyond the row; their results are dropped.
/// A functor that takes one pixel at a time gets no such place.
template <class V>
struct position {
    V x, y;
};

namespace concepts {

/// A functor of a pointwise stage with `using takes_position = void;` gets the position behind its pixel: f(pixel,
/// position), and behind zip f(pixel, pixel, ..., position).
///     struct vignetted {
///         using vectorized = void;
///         using takes_position = void;
///         template <class V, class I>
///         QUOIN_INLINE V operator()(V const& v, position<I> const& at) const;
///     };
/// If it is channelwise, each channel of a pixel gets the same position.
template <class F>
concept positioned_functor = requires { typename F::takes_position; };

/// A functor of a local stage with `using takes_row = void;` gets the row behind its window: f(window, y), the index_t
/// that position::y would be. So its result may depend on the row, whatever tile or strip is computed. If it sweeps, it
/// finds the row in row_sweep::y.
template <class F>
concept takes_row = requires { typename F::takes_row; };

} // namespace concepts

namespace detail {

/// @throws invalid_argument for an extent in which positions would not be exact.
constexpr void check_positions(extent e) {
    constexpr index_t most = index_t{1} << 31;
    if (e.width > most || e.height > most)
        raise("quoin::operator|: a stage that takes positions cannot follow ", e.width, " x ", e.height,
              " pixels; sides are at most ", most);
}

template <class F>
struct vectorized_mark {};
template <class F>
    requires requires { typename F::vectorized; }
struct vectorized_mark<F> {
    using vectorized = void;
};
template <class F>
struct channelwise_mark {};
template <class F>
    requires requires { typename F::channelwise; }
struct channelwise_mark<F> {
    using channelwise = void;
};

template <class F>
struct positioned_function : vectorized_mark<F>, channelwise_mark<F> {
    using takes_position = void;
    [[no_unique_address]] F f;
    QUOIN_FN explicit positioned_function(F const& function) : f(function) {}
    QUOIN_INLINE auto operator()(auto const&... pixels_and_position) const
        requires requires { f(pixels_and_position...); }
    {
        return f(pixels_and_position...);
    }
};

/// f with this position behind its pixels.
template <class F, class V>
struct function_at : vectorized_mark<F>, channelwise_mark<F> {
    F const& f;
    position<V> at;
    QUOIN_INLINE function_at(F const& function, position<V> const& place) : f(function), at(place) {}
    QUOIN_INLINE auto operator()(auto const&... pixels) const { return f(pixels..., at); }
};

/// Where the row of a cursor lies: the row, and its last column. It is empty if the functor does not ask for it.
template <class F>
struct row_place {
    template <class Rows>
    static QUOIN_INLINE row_place of(Rows const&, index_t) {
        return {};
    }
};
template <concepts::positioned_functor F>
struct row_place<F> {
    index_t y, last;
    template <class Rows>
    static QUOIN_INLINE row_place of(Rows const& rows, index_t y) {
        return {y, rows.size().width - 1};
    }
};

} // namespace detail

/// A pointwise stage that calls f(pixel, position), for a function such as a lambda:
///     view | positioned([](std::uint8_t v, auto at) { return at.x < at.y ? v : std::uint8_t{0}; })
/// For lanes, `positioned(vectorized(f))`.
template <class F>
QUOIN_FN auto positioned(F f) {
    return detail::positioned_function<F>{f};
}

QUOIN_NAMESPACE_END

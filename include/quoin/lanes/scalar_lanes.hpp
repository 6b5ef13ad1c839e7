// SPDX-License-Identifier: BSL-1.0
// scalar_lanes: the lane family of policies that compute one pixel a step.
#pragma once

#include <quoin/core/geometry.hpp>
#include <quoin/core/pixel.hpp>
#include <quoin/core/tap_table.hpp>
#include <quoin/lanes/sums.hpp>

#include <cstddef>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A value times a weight of a tap_table.
template <class T, class Weight>
QUOIN_INLINE sum_of<Weight> weighted(T value, Weight weight) {
    if constexpr (std::same_as<Weight, split_weight>) return value * weight.value();
    else return static_cast<sum_of<Weight>>(value) * weight;
}

/// The sum of a tap_table for one result. `input` is the address of its first input.
template <class T, class Weight>
QUOIN_INLINE sum_of<Weight> tap_sum(T const* input, Weight const* weights, int used) {
    sum_of<Weight> sum = weighted(input[0], weights[0]);
    for (int k = 1; k < used; ++k) sum += weighted(input[k], weights[k]);
    return sum;
}

} // namespace detail

/// A lane family says what stands for a channel inside a filter, and how it is loaded and stored. In this family it is
/// the scalar itself, with one pixel a step. `count` pixels are loaded or stored at p, which needs no alignment.
struct scalar_lanes {
    static constexpr int count = 1;
    static constexpr bool has_byte_table = false, has_fast_byte_table = false;

    template <concepts::stored_channel T>
    using type = T;

    /// Loads count channels from p and converts them to U, which must hold every T.
    template <concepts::stored_channel U, concepts::stored_channel T>
    static QUOIN_INLINE U load_as(T const* p) {
        return static_cast<U>(*p);
    }

    /// load_as at p + Dx, for a caller that also loads at p.
    template <concepts::stored_channel U, int Dx, concepts::stored_channel T>
    static QUOIN_INLINE U load_beside(T const* p) {
        return static_cast<U>(p[Dx]);
    }

    template <concepts::stored_channel T>
    static QUOIN_INLINE void store(T* p, T value) {
        *p = value;
    }

    /// The running sums of a step: each value plus `before` and the values before it in the step. `before` becomes the
    /// last of these sums.
    template <concepts::channel T>
    static QUOIN_INLINE T running_sums(T& before, T value) {
        return before = static_cast<T>(before + value);
    }

    /// Value i is sum[i] + k0 * p[2 i] + k1 * p[2 i + 1] for the factors of byte_factors(k0, k1), with the limits of
    /// byte_sum.
    static QUOIN_INLINE std::int16_t add_neighbors(std::int16_t sum, std::uint8_t const* p, std::int32_t factors) {
        int const k0 = static_cast<signed char>(factors & 255), k1 = static_cast<signed char>((factors >> 8) & 255);
        return static_cast<std::int16_t>(sum + k0 * p[0] + k1 * p[1]);
    }

    /// Value i is (a[2 i] + a[2 i + 1] + b[2 i] + b[2 i + 1]) / 4: of u16 half up, of float by sums in double from the
    /// left, first those of a and of b.
    static QUOIN_INLINE std::uint16_t means_of_four(std::uint16_t const* a, std::uint16_t const* b) {
        return static_cast<std::uint16_t>((a[0] + a[1] + b[0] + b[1] + 2) >> 2);
    }
    static QUOIN_INLINE float means_of_four(float const* a, float const* b) {
        auto const pair = [](float const* p) QUOIN_LAMBDA_INLINE { return double{p[0]} + double{p[1]}; };
        return static_cast<float>((pair(a) + pair(b)) * 0.25);
    }

    /// first, first + 1, first + 2, ... for the pixels of a step.
    static QUOIN_INLINE std::int32_t rising(std::int32_t first) { return first; }

    /// The values of a step in reverse order.
    template <concepts::stored_channel T>
    static QUOIN_INLINE T reversed(T value) {
        return value;
    }

    /// Transposes a block of count rows and transposed_columns<T> columns: to[c * to_stride + r] = from[r * stride +
    /// c].
    template <concepts::stored_channel T>
    static constexpr int transposed_columns = 1;
    template <concepts::stored_channel T>
    static QUOIN_INLINE void transpose(T const* from, index_t, T* to, index_t) {
        *to = *from;
    }

    /// The sums of a tap_table along a line of values T.
    ///     tap_sums<T, Weight> sums(table);  sums.arrange(table, columns, memory);  sums(line, x)
    /// are the sums of the results x ... x + count - 1, where line[i] is input i. x is a whole number of steps from
    /// columns.begin. `memory` has bytes(columns) bytes and is aligned as the rows of images. Up to slack()
    /// values behind the inputs are read, and have no effect.
    template <class T, class Weight>
    class tap_sums {
    public:
        tap_sums() = default;
        constexpr explicit tap_sums(tap_table<Weight> const& table) : table_(table) {}
        static constexpr index_t slack() { return 0; }
        static constexpr index_t bytes(interval) { return 0; }
        static constexpr void arrange(tap_table<Weight> const&, interval, std::byte*) {}
        QUOIN_INLINE sum_of<Weight> operator()(T const* line, index_t x) const {
            return detail::tap_sum(line + table_.first[x], table_.weights_of(x), table_.used[x]);
        }

    private:
        tap_table<Weight> table_;
    };

    /// Loads count pixels of type P from interleaved channels.
    template <class P>
    static QUOIN_INLINE P load_pixels(channel_t<P> const* p) {
        return make_pixel<P>([p](auto c) { return p[decltype(c)::value]; });
    }

    template <class P>
    static QUOIN_INLINE void store_pixels(channel_t<P>* p, P const& value) {
        for_each_channel<P>([&](auto c) { p[decltype(c)::value] = get_channel<decltype(c)::value>(value); });
    }
};

/// The pixel type P inside a filter, under a lane family.
template <class Lanes, class P>
using lane_pixel = rebind_t<P, typename Lanes::template type<channel_t<P>>>;

QUOIN_NAMESPACE_END

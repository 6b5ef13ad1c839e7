// SPDX-License-Identifier: BSL-1.0
// The sums for weighted_sum and weighted_mean, and for filters whose factors are known at run time.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/pipe/detail/taps.hpp>
#include <quoin/pipe/window.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// bias + the sum of factor * pixel over bytes, as a byte_sum.
template <auto K, int Bias, class Window>
QUOIN_INLINE auto byte_correlation(Window const& w) {
    using taps = taps_of<K>;
    static_assert(taps::fits_byte_sum(Bias), "quoin::weighted_sum: the sums do not fit 16 bits");
    // Taps are constants and not elements of an array, because a device has no such array.
    auto const pixel = [&](auto n) QUOIN_LAMBDA_INLINE {
        constexpr tap t = taps::by_factor.at[decltype(n)::value];
        return w(t.dx, t.dy);
    };
    auto const factor = [](auto n) QUOIN_LAMBDA_INLINE {
        constexpr int f = taps::by_factor.at[decltype(n)::value].factor;
        return f;
    };
    constexpr bool odd = taps::count % 2 == 1;
    constexpr std::integral_constant<int, taps::count - 1> last;
    auto const one = decltype(pixel(last))(std::uint8_t{1});
    // The bias joins the last of an odd number of taps, or is a pair of its own.
    auto sum = [&] {
        if constexpr (odd && Bias <= 64) return byte_sum_start(pixel(last), factor(last), one, Bias);
        else return byte_sum_start(one, Bias / 2, one, Bias - Bias / 2);
    }();
    if constexpr (odd && Bias > 64) sum.add(pixel(last), factor(last), one, 0);
    unrolled<taps::count / 2>([&](auto pair) QUOIN_LAMBDA_INLINE {
        constexpr std::integral_constant<int, 2 * decltype(pair)::value> first;
        constexpr std::integral_constant<int, first + 1> second;
        sum.add(pixel(first), factor(first), pixel(second), factor(second));
    });
    return sum;
}

/// Adds Factor{}(dx) * value(dx) over |dx| <= Radius, with neighbors paired as they lie in a register.
template <int Radius, class Factor, class Sum, class Value>
QUOIN_INLINE void add_neighbors(Sum& sum, Factor, Value const& value) {
    unrolled<Radius + 1>([&](auto n) QUOIN_LAMBDA_INLINE {
        constexpr int dx = 2 * decltype(n)::value - Radius;
        constexpr int before = Factor{}(dx - 1), here = Factor{}(dx), after = Factor{}(dx + 1);
        if constexpr (before != 0 || here != 0 || after != 0) sum.template add<here, after, before, here>(value(dx));
    });
}

/// start + the sum over the lanes that value(dx, dy) loads, bytes or 16-bit values.
template <auto K, class Value>
QUOIN_INLINE auto neighbor_correlation(Value const& value, int start) {
    using taps = taps_of<K>;
    auto sum = neighbor_sum_start(value(0, 0), start);
    unrolled<taps::height>([&](auto row) QUOIN_LAMBDA_INLINE {
        constexpr int dy = decltype(row)::value - taps::height / 2;
        add_neighbors<taps::width / 2>(
            sum, [](int dx) { return taps::factor(dx, dy); },
            [&](int dx) QUOIN_LAMBDA_INLINE { return value(dx, dy); });
    });
    return sum;
}

/// The same over bytes, for a kernel that is a column of factors times a row of factors. Rows with the same factor of
/// the column are first summed with the row's factors and then multiplied once. So few different factors fit the
/// registers.
template <auto K, class Value>
QUOIN_INLINE auto factored_correlation(Value const& value, int start) {
    using taps = taps_of<K>;
    auto sum = neighbor_sum_start(value(0, 0), start);
    unrolled<taps::height>([&](auto first) QUOIN_LAMBDA_INLINE {
        constexpr int factor = taps::product.column[decltype(first)::value];
        auto const add_group = [&](auto& part) QUOIN_LAMBDA_INLINE {
            unrolled<taps::height>([&](auto row) QUOIN_LAMBDA_INLINE {
                constexpr int j = decltype(row)::value;
                if constexpr (taps::product.column[j] == factor)
                    add_neighbors<taps::width / 2>(
                        part, [](int dx) { return taps::row_factor(dx); },
                        [&](int dx) QUOIN_LAMBDA_INLINE { return value(dx, j - taps::height / 2); });
            });
        };
        if constexpr (taps::opens_group(decltype(first)::value)) {
            if constexpr (factor == 1) {
                add_group(sum);
            } else {
                auto part = neighbor_sum_start(value(0, 0), 0);
                add_group(part);
                sum.template add_times<factor>(part);
            }
        }
    });
    return sum;
}

/// The sum over bytes in 16 bits, by the cheapest of the functions above.
template <auto K, int Bias, class Window>
QUOIN_INLINE auto narrow_correlation(Window const& w) {
    static_assert(taps_of<K>::fits_byte_sum(Bias), "quoin::weighted_sum: the sums do not fit 16 bits");
    auto const value = [&](int dx, int dy) QUOIN_LAMBDA_INLINE { return w(dx, dy); };
    if constexpr (Window::lanes::count > 1 && taps_of<K>::product.exists && taps_of<K>::height > 3)
        return factored_correlation<K>(value, Bias);
    else if constexpr (Window::lanes::count > 1 && taps_of<K>::neighbors_are_cheaper)
        return neighbor_correlation<K>(value, Bias);
    else return byte_correlation<K, Bias>(w);
}

/// 16-bit values as signed values. Unsigned values are moved down by 2^15.
template <class V>
QUOIN_INLINE auto as_signed(V const& v) {
    if constexpr (std::is_signed_v<scalar_t<V>>) return v;
    else return convert<std::int16_t>(v ^ V(std::uint16_t{0x8000}));
}
template <class T>
inline constexpr int signed_offset = std::is_signed_v<T> ? 0 : 32768;

/// bias + the sum over 16-bit values of lanes, in 32 bits.
template <auto K, int Bias, class Window>
QUOIN_INLINE auto correlation_16_bits(Window const& w) {
    constexpr int offset = signed_offset<typename Window::channel_type> * taps_of<K>::sum;
    return neighbor_correlation<K>([&](int dx, int dy) QUOIN_LAMBDA_INLINE { return as_signed(w(dx, dy)); },
                                    Bias + offset);
}

/// The type in which the sum over channels T plus half of 2^Shift is exact. Floating-point types do not change.
template <class T, auto K, int Shift>
constexpr auto exact_sum() {
    if constexpr (std::floating_point<T>) {
        return T{};
    } else {
        constexpr std::int64_t most =
            std::int64_t{sizeof(T) == 1 ? 255 : 65535} * taps_of<K>::total + (std::int64_t{1} << Shift);
        if constexpr (sizeof(T) == 1 && most <= highest<std::int16_t>) return std::int16_t{};
        else if constexpr (sizeof(T) <= 2 && most <= highest<std::int32_t>) return std::int32_t{};
        else return std::int64_t{};
    }
}

/// The sum in type A. Differences of pixels with opposite factors come first, which keeps small derivatives exact. The
/// other taps follow.
template <auto K, class A, class Window>
QUOIN_INLINE auto wide_correlation(Window const& w) {
    using taps = taps_of<K>;
    using V = std::remove_cvref_t<decltype(w.template at<A>(0, 0))>;
    constexpr int pairs = taps::opposed.pairs;
    auto const pixel = [&](auto n) QUOIN_LAMBDA_INLINE {
        constexpr tap t = taps::opposed.order.at[decltype(n)::value];
        if constexpr (taps::factor(0, t.dy) != 0) return w.template beside<A, t.dx>(t.dy);
        else return w.template at<A>(t.dx, t.dy);
    };
    auto const term = [&](auto n) QUOIN_LAMBDA_INLINE {
        constexpr int i = decltype(n)::value, first = i < pairs ? 2 * i : pairs + i;
        constexpr tap t = taps::opposed.order.at[first];
        auto const value = pixel(std::integral_constant<int, first>{});
        if constexpr (i >= pairs) {
            return V(value * static_cast<A>(t.factor));
        } else {
            auto const opposite = pixel(std::integral_constant<int, first + 1>{});
            if constexpr (t.factor < 0) return V((opposite - value) * static_cast<A>(-t.factor));
            else return V((value - opposite) * static_cast<A>(t.factor));
        }
    };
    V sum = term(std::integral_constant<int, 0>{});
    unrolled<taps::count - pairs - 1>([&](auto n) QUOIN_LAMBDA_INLINE {
        sum = V(sum + term(std::integral_constant<int, decltype(n)::value + 1>{}));
    });
    return sum;
}

/// start + the sum of high_i * w(i, 0), and if LowBits > 0 the sum of low_i * w(i, 0) / 2^LowBits, rounded down, over
/// |i| <= radius, for 16-bit values. high[i] has the factors of i - 1 and i, packed by dot_factors; beyond the radius
/// they are 0. The result has the members of a dot_sum.
template <int LowBits, class Window>
QUOIN_INLINE auto row_dot(Window const& w, std::int32_t const* high, std::int32_t const* low, int radius, int start) {
    auto const value = [&](int i) QUOIN_LAMBDA_INLINE { return w.template at<std::int16_t>(i, 0); };
    auto const sums = [&](auto sum, auto low_sum, int step, auto const& add) QUOIN_LAMBDA_INLINE {
        for (int i = -radius; i <= radius; i += step) {
            auto const v = value(i);
            add(sum, v, high + i);
            if constexpr (LowBits > 0) add(low_sum, v, low + i);
        }
        if constexpr (LowBits > 0) sum.template add_shifted<LowBits>(low_sum);
        return sum;
    };
    if constexpr (Window::lanes::count == 1) {
        return sums(dot_sum{start}, dot_sum{0}, 1,
                    [](dot_sum& sum, std::int16_t v, std::int32_t const* k)
                        QUOIN_LAMBDA_INLINE { sum.add_pair(std::int16_t{0}, v, *k); });
    } else {
        return sums(neighbor_sum_start(value(0), start), neighbor_sum_start(value(0)), 2,
                    [](auto& sum, auto const& v, std::int32_t const* k)
                        QUOIN_LAMBDA_INLINE { sum.add(v, k[1], k[0]); });
    }
}

/// row_dot with all factors 1, over i = -left, ..., right.
template <class Window>
QUOIN_INLINE auto row_of_ones(Window const& w, int left, int right) {
    auto const value = [&](int i) QUOIN_LAMBDA_INLINE { return w.template at<std::int16_t>(i, 0); };
    if constexpr (Window::lanes::count == 1) {
        dot_sum sum = dot_start(value(-left), 1, 0, 0);
        for (int i = 1 - left; i <= right; ++i) sum.add(value(i), 1, 0, 0);
        return sum;
    } else {
        // Value i is that of pixel i and of one of its neighbors, in turn the one behind it and the one before it.
        auto sum = neighbor_sum_start(value(0));
        if (left == right && left == 0) {
            sum.add(value(0), 1, 0, 0, 1);
        } else if (left == right) {
            sum.add(value(-left), 1, 1, 0, 1);
            for (int i = 2 - left; i < right; i += 2) sum.add(value(i), 1, 1, 1, 1);
            sum.add(value(right), 1, 0, 1, 1);
        } else {
            sum.add(value(-left), 1, 0, 0, 0);
            for (int i = 1 - left; i < right; i += 2) sum.add(value(i), 1, 1, 1, 1);
            sum.add(value(right), 1, 0, 1, 1);
        }
        return sum;
    }
}

template <class Window>
inline constexpr bool sees_16_bits = std::integral<typename Window::channel_type> &&
                                   sizeof(typename Window::channel_type) == 2 && (Window::lanes::count > 1);
template <class Window>
inline constexpr bool sees_bytes = std::same_as<typename Window::channel_type, std::uint8_t>;

} // namespace detail

QUOIN_NAMESPACE_END

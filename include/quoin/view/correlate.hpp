// SPDX-License-Identifier: BSL-1.0
// correlate, weighted_mean: a window's pixels times constant factors, in the fastest arithmetic that is exact.
#pragma once

#include <quoin/view/window.hpp>

QUOIN_NAMESPACE_BEGIN

/// Constant integer factors, laid over a window as written; both sides odd, the middle over the pixel:
///     inline constexpr kernel<3, 3> laplacian{{{0, -1, 0}, {-1, 4, -1}, {0, -1, 0}}};
template <int Width, int Height>
struct kernel {
    static_assert(Width % 2 == 1 && Height % 2 == 1,
                  "quoin::kernel: a kernel has an odd number of rows and columns, so that it has a middle");
    int factor[Height][Width];

    static constexpr quoin::footprint footprint{Width / 2, Height / 2};
};

namespace detail {

struct tap {
    int dx = 0, dy = 0, factor = 0;
};

/// The factors of a kernel that are not 0.
template <auto K>
struct taps_of {
    static constexpr int width = 2 * K.footprint.left + 1, height = 2 * K.footprint.up + 1;
    static constexpr int count = [] {
        int n = 0;
        for (auto const& row : K.factor)
            for (int f : row) n += f != 0;
        return n;
    }();
    static constexpr std::int64_t total = [] {
        std::int64_t sum = 0;
        for (auto const& row : K.factor)
            for (int f : row) sum += f < 0 ? -std::int64_t{f} : std::int64_t{f};
        return sum;
    }();
    static constexpr int sum = [] {
        int n = 0;
        for (auto const& row : K.factor)
            for (int f : row) n += f;
        return n;
    }();
    struct list {
        tap at[count > 0 ? count : 1];
    };
    /// Rows from the top, each from the left.
    static constexpr list in_order = [] {
        list result{};
        int n = 0;
        for (int j = 0; j < height; ++j)
            for (int i = 0; i < width; ++i)
                if (K.factor[j][i] != 0) result.at[n++] = {i - width / 2, j - height / 2, K.factor[j][i]};
        return result;
    }();
    /// Factors of equal size beside each other, column by column: few pairs of factors then take up registers, and pairs of
    /// pixels are the same for derivatives along both axes.
    static constexpr list by_factor = [] {
        list result = in_order;
        auto const before = [](tap a, tap b) {
            int const x = a.factor < 0 ? -a.factor : a.factor, y = b.factor < 0 ? -b.factor : b.factor;
            return x != y ? x < y : a.dx != b.dx ? a.dx < b.dx : a.dy < b.dy;
        };
        for (int n = 1; n < count; ++n)
            for (int k = n; k > 0 && before(result.at[k], result.at[k - 1]); --k) {
                tap const t = result.at[k];
                result.at[k] = result.at[k - 1];
                result.at[k - 1] = t;
            }
        return result;
    }();

    struct opposed_list {
        list order{};
        int pairs = 0;
    };
    /// Pairs of opposite factors, in the order of their first ones, then the factors without an opposite.
    static constexpr opposed_list opposed = [] {
        opposed_list result;
        bool placed[count > 0 ? count : 1] = {};
        int n = 0;
        for (int i = 0; i < count; ++i)
            for (int k = i + 1; k < count && !placed[i]; ++k)
                if (!placed[k] && in_order.at[k].factor == -in_order.at[i].factor) {
                    placed[i] = placed[k] = true;
                    result.order.at[n++] = in_order.at[i];
                    result.order.at[n++] = in_order.at[k];
                    ++result.pairs;
                }
        for (int i = 0; i < count; ++i)
            if (!placed[i]) result.order.at[n++] = in_order.at[i];
        return result;
    }();

    /// The factor at a place, 0 outside.
    static constexpr int factor(int dx, int dy) {
        int const i = dx + width / 2;
        return i >= 0 && i < width ? K.factor[dy + height / 2][i] : 0;
    }
    /// The multiplications of neighbour_correlation, against two for each tap of byte_correlation with its unpacking.
    static constexpr bool neighbours_are_cheaper = [] {
        int products = 0;
        for (int dy = -(height / 2); dy <= height / 2; ++dy)
            for (int dx = -(width / 2); dx <= width / 2; dx += 2)
                products += (factor(dx, dy) != 0 || factor(dx + 1, dy) != 0) + (factor(dx - 1, dy) != 0 || factor(dx, dy) != 0);
        return products < 2 * count;
    }();

    static constexpr bool negative = [] {
        for (auto const& row : K.factor)
            for (int f : row)
                if (f < 0) return true;
        return false;
    }();
    /// Whether sums of 16-bit numbers less 2^15, with something added, are exact in 32 bits.
    static constexpr bool fits_word_sum(int bias) { return total * 65536 + bias <= 2147483647; }
    /// Whether sums of bytes, with something added, are exact in 16 bits, product by product and as a whole.
    static constexpr bool fits_byte_sum(int bias) {
        for (auto const& row : K.factor)
            for (int f : row)
                if (f < -64 || f > 64) return false;
        return total * 255 + bias <= (negative ? 32767 : 65535);
    }
};

/// bias + the sum of factor * pixel over bytes, as a byte_sum.
template <auto K, int Bias, class Window>
QUOIN_INLINE auto byte_correlation(Window const& w) {
    using taps = taps_of<K>;
    static_assert(taps::fits_byte_sum(Bias), "quoin::correlate: the sums do not fit 16 bits");
    // Taps are constants, not elements of an array, which a device does not have.
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
    // The bias goes with the last of an odd number of taps, or is a pair of its own.
    auto sum = [&] {
        if constexpr (odd && Bias <= 64) return byte_sum_start(pixel(last), factor(last), one, Bias);
        else return byte_sum_start(one, Bias / 2, one, Bias - Bias / 2);
    }();
    if constexpr (odd && Bias > 64) sum.add(pixel(last), factor(last), one, 0);
    auto const add_pair = [&](auto first, auto second) QUOIN_LAMBDA_INLINE {
        sum.add(pixel(first), factor(first), pixel(second), factor(second));
    };
    [&]<int... Pair>(std::integer_sequence<int, Pair...>) QUOIN_LAMBDA_INLINE {
        (add_pair(std::integral_constant<int, 2 * Pair>{}, std::integral_constant<int, 2 * Pair + 1>{}), ...);
    }(std::make_integer_sequence<int, taps::count / 2>{});
    return sum;
}

/// start + the sum over lanes of what value(dx, dy) loads, bytes or 16-bit numbers, from neighbours as they lie in a register.
template <auto K, class Value>
QUOIN_INLINE auto neighbour_correlation(Value const& value, int start) {
    using taps = taps_of<K>;
    auto sum = neighbour_sum_start(value(0, 0), start);
    constexpr int left = -(taps::width / 2), top = -(taps::height / 2), steps = taps::width / 2 + 1;
    [&]<int... N>(std::integer_sequence<int, N...>) QUOIN_LAMBDA_INLINE {
        auto const add = [&](auto n) QUOIN_LAMBDA_INLINE {
            constexpr int dx = left + 2 * (decltype(n)::value % steps), dy = top + decltype(n)::value / steps;
            constexpr int before = taps::factor(dx - 1, dy), here = taps::factor(dx, dy), after = taps::factor(dx + 1, dy);
            if constexpr (before != 0 || here != 0 || after != 0) sum.template add<here, after, before, here>(value(dx, dy));
        };
        (add(std::integral_constant<int, N>{}), ...);
    }(std::make_integer_sequence<int, steps * taps::height>{});
    return sum;
}

/// The sum over bytes in 16 bits, one way or the other.
template <auto K, int Bias, class Window>
QUOIN_INLINE auto narrow_correlation(Window const& w) {
    static_assert(taps_of<K>::fits_byte_sum(Bias), "quoin::correlate: the sums do not fit 16 bits");
    if constexpr (Window::lanes::count > 1 && taps_of<K>::neighbours_are_cheaper)
        return neighbour_correlation<K>([&](int dx, int dy) QUOIN_LAMBDA_INLINE { return w(dx, dy); }, Bias);
    else return byte_correlation<K, Bias>(w);
}

/// 16-bit numbers as signed ones: what is without a sign is moved down by 2^15.
template <class V>
QUOIN_INLINE auto as_signed(V const& v) {
    if constexpr (std::is_signed_v<scalar_t<V>>) return v;
    else return convert<std::int16_t>(v ^ V(std::uint16_t{0x8000}));
}
template <class T>
inline constexpr int signed_offset = std::is_signed_v<T> ? 0 : 32768;

/// bias + the sum over 16-bit numbers of lanes in 32 bits.
template <auto K, int Bias, class Window>
QUOIN_INLINE auto word_correlation(Window const& w) {
    constexpr int offset = signed_offset<typename Window::channel_type> * taps_of<K>::sum;
    return neighbour_correlation<K>([&](int dx, int dy) QUOIN_LAMBDA_INLINE { return as_signed(w(dx, dy)); }, Bias + offset);
}

/// The sum in wide_t: differences of the pixels with opposite factors first, which keeps small derivatives exact, then the rest.
template <auto K, class Window>
QUOIN_INLINE auto wide_correlation(Window const& w) {
    using taps = taps_of<K>;
    using A = wide_t<typename Window::channel_type>;
    using V = std::remove_cvref_t<decltype(w.template at<A>(0, 0))>;
    constexpr int pairs = taps::opposed.pairs;
    auto const term = [&](auto n) QUOIN_LAMBDA_INLINE {
        constexpr int i = decltype(n)::value, first = i < pairs ? 2 * i : pairs + i;
        constexpr tap t = taps::opposed.order.at[first];
        auto const value = w.template at<A>(t.dx, t.dy);
        if constexpr (i >= pairs) {
            return V(value * static_cast<A>(t.factor));
        } else {
            constexpr tap u = taps::opposed.order.at[first + 1];
            auto const opposite = w.template at<A>(u.dx, u.dy);
            if constexpr (t.factor < 0) return V((opposite - value) * static_cast<A>(-t.factor));
            else return V((value - opposite) * static_cast<A>(t.factor));
        }
    };
    return [&]<int... N>(std::integer_sequence<int, N...>) QUOIN_LAMBDA_INLINE {
        V sum = term(std::integral_constant<int, 0>{});
        ((sum = V(sum + term(std::integral_constant<int, N + 1>{}))), ...);
        return sum;
    }(std::make_integer_sequence<int, taps::count - pairs - 1>{});
}

/// start + the sum of factor[i] * w(i, 0) over |i| <= radius, of 16-bit numbers; factor[-radius - 1] and factor[radius + 1] are
/// 0. The result has the members of a dot_sum.
template <class Window>
QUOIN_INLINE auto row_dot(Window const& w, std::int16_t const* factor, int radius, int start) {
    auto const value = [&](int i) QUOIN_LAMBDA_INLINE { return w.template at<std::int16_t>(i, 0); };
    if constexpr (Window::lanes::count == 1) {
        dot_sum sum{start + value(0) * factor[0]};
        for (int i = 1; i <= radius; ++i) sum.add(value(-i), factor[-i], value(i), factor[i]);
        return sum;
    } else {
        auto sum = neighbour_sum_start(value(0), start);
        for (int i = -radius; i <= radius; i += 2) sum.add(value(i), factor[i], factor[i + 1], factor[i - 1], factor[i]);
        return sum;
    }
}

/// row_dot with all factors 1.
template <class Window>
QUOIN_INLINE auto row_of_ones(Window const& w, int radius) {
    auto const value = [&](int i) QUOIN_LAMBDA_INLINE { return w.template at<std::int16_t>(i, 0); };
    if constexpr (Window::lanes::count == 1) {
        dot_sum sum = dot_start(value(0), 1, 0, 0);
        for (int i = 1; i <= radius; ++i) sum.add(value(-i), 1, value(i), 1);
        return sum;
    } else {
        auto sum = neighbour_sum_start(value(0));
        if (radius == 0) {
            sum.add(value(0), 1, 0, 0, 1);
        } else {
            sum.add(value(-radius), 1, 1, 0, 1);
            for (int i = 2 - radius; i < radius; i += 2) sum.add(value(i), 1, 1, 1, 1);
            sum.add(value(radius), 1, 0, 1, 1);
        }
        return sum;
    }
}

template <class Window>
inline constexpr bool sees_words = std::integral<typename Window::channel_type> && sizeof(typename Window::channel_type) == 2 &&
                                   (Window::lanes::count > 1);
template <class Window>
inline constexpr bool sees_bytes = std::same_as<typename Window::channel_type, std::uint8_t>;

} // namespace detail

/// sum over j, i of K.factor[j][i] * w(i - Width / 2, j - Height / 2) of a window onto one channel, as a wide_t (u8: i16;
/// 16 bits: i32; i32: i64; floating point as it is: differences of pixels with opposite factors in the order of the first
/// ones, then the others from the top left). The sum must fit.
template <auto K, class Window>
QUOIN_INLINE auto correlate(Window const& w) {
    return detail::wide_correlation<K>(w);
}

/// The same sum divided by 2^Shift: rounded half up and saturated to the channel's type for integers, times 2^-Shift for
/// floating point.
template <auto K, int Shift, class Window>
QUOIN_INLINE auto weighted_mean(Window const& w) {
    using T = typename Window::channel_type;
    constexpr int half = 1 << (Shift - 1);
    if constexpr (detail::sees_bytes<Window> && detail::taps_of<K>::fits_byte_sum(half)) {
        auto const sum = detail::narrow_correlation<K, half>(w);
        if constexpr (detail::taps_of<K>::negative) return sum.template shifted<Shift>();
        else return sum.template unsigned_shifted<Shift>();
    } else if constexpr (detail::sees_words<Window> && detail::taps_of<K>::fits_word_sum(half)) {
        return detail::word_correlation<K, half>(w).template shifted<Shift, T>();
    } else {
        return saturate<T>(scale_down<Shift>(detail::wide_correlation<K>(w)));
    }
}

QUOIN_NAMESPACE_END

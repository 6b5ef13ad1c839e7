// SPDX-License-Identifier: BSL-1.0
// Differences between a pixel and extremes around it: stages that carry the pixel along, or need two extremes.
#pragma once

#include <quoin/filter/detail/extrema.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Two channels T in one word: an extreme, and the pixel that it belongs to.
template <class T>
struct extreme_and_pixel {
    static constexpr int bits = 8 * static_cast<int>(sizeof(T));
    using half = std::conditional_t<sizeof(T) == 1, std::uint8_t,
                                    std::conditional_t<sizeof(T) == 2, std::uint16_t, std::uint32_t>>;
    using word = std::conditional_t<sizeof(T) == 1, std::uint16_t,
                                    std::conditional_t<sizeof(T) == 2, std::uint32_t, std::uint64_t>>;

    template <class V>
    static QUOIN_INLINE auto together(V const& extreme, V const& pixel) {
        auto const low = convert<word>(bits_as<half>(extreme));
        using W = std::remove_const_t<decltype(low)>;
        return W(W(convert<word>(bits_as<half>(pixel)) << bits) | low);
    }
    template <class W>
    static QUOIN_INLINE auto extreme(W const& both) {
        constexpr word low = std::numeric_limits<half>::max();
        return bits_as<T>(convert<half>(W(both & W(low))));
    }
    template <class W>
    static QUOIN_INLINE auto pixel(W const& both) {
        return bits_as<T>(convert<half>(W(both >> bits)));
    }
};

/// a - b, saturated.
template <class V>
QUOIN_INLINE V saturated_difference(V const& a, V const& b) {
    using T = scalar_t<V>;
    if constexpr (std::floating_point<T>) return V(a - b);
    else if constexpr (std::is_unsigned_v<T>) return V(a - min(a, b));
    else return saturate<T>(convert<wide_t<T>>(a) - convert<wide_t<T>>(b));
}

/// The extreme and the pixel.
template <class T>
struct extreme_beside : extreme_alone<T> {
    static constexpr bool reads_pixel = true;
    template <class V>
    static QUOIN_INLINE auto result(V const& extreme, V const& pixel) {
        return extreme_and_pixel<T>::together(extreme, pixel);
    }
};

/// The base of a second stage, which reads what extreme_beside wrote.
template <class T>
struct reads_extreme_and_pixel {
    using input = typename extreme_and_pixel<T>::word;
    static constexpr bool reads_pixel = true;
    static QUOIN_FN input outside(T value) { return extreme_and_pixel<T>::together(value, value); }
};

/// The extreme of the extremes beside pixels, less the pixel, or the pixel less that.
template <class T, bool PixelLessExtreme>
struct extreme_apart : reads_extreme_and_pixel<T> {
    using both = extreme_and_pixel<T>;
    template <class W>
    static QUOIN_INLINE auto compared(W const& w) {
        return both::extreme(w);
    }
    template <class V, class W>
    static QUOIN_INLINE V result(V const& extreme, W const& w) {
        V const pixel = both::pixel(w);
        if constexpr (PixelLessExtreme) return saturated_difference(pixel, extreme);
        else return saturated_difference(extreme, pixel);
    }
};

/// The extreme of the pixels beside extremes, less the extreme beside this pixel.
template <class T>
struct pixels_apart : reads_extreme_and_pixel<T> {
    using both = extreme_and_pixel<T>;
    template <class W>
    static QUOIN_INLINE auto compared(W const& w) {
        return both::pixel(w);
    }
    template <class V, class W>
    static QUOIN_INLINE V result(V const& extreme, W const& w) {
        return saturated_difference(extreme, both::extreme(w));
    }
};

/// The greatest value of a rectangle less the least one. What is outside does not count under `replicate`, because the
/// pixel that it repeats lies in each rectangle that reaches outside.
template <class T>
struct extremes_apart {
    using vectorized = void;
    using channelwise = void;
    using default_border = replicate_border;
    static constexpr char const* name = "gradient"; // in traces
    extreme_of_rectangle<T, false> least{};
    extreme_of_rectangle<T, true> greatest{};

    QUOIN_FN quoin::footprint footprint() const {
        return {max(least.left, greatest.left), max(least.right, greatest.right), max(least.up, greatest.up),
                max(least.down, greatest.down)};
    }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return saturated_difference(greatest(w), least(w));
    }

    QUOIN_FN bool sweeps() const { return least.sweeps(); }
    template <class>
    std::size_t sweep_size(index_t columns) const {
        return least_size(columns) + greatest.template sweep_size<T>(columns);
    }
    template <class Lanes>
    void sweep(row_sweep<T> const& row, T* to) const {
        least.template sweep<Lanes>(row, to);
        row_sweep<T> behind = row;
        behind.memory += least_size(row.columns);
        greatest.template sweep_with<Lanes>(behind, [to](index_t x, auto const& most) QUOIN_LAMBDA_INLINE {
            Lanes::store(to + x, saturated_difference(most, Lanes::template load_as<T>(to + x)));
        });
    }

private:
    std::size_t least_size(index_t columns) const { return (least.template sweep_size<T>(columns) + 63) / 64 * 64; }
};

} // namespace detail

QUOIN_NAMESPACE_END

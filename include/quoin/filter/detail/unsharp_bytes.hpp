// SPDX-License-Identifier: BSL-1.0
// The passes of the unsharp mask of bytes, in whole numbers.
#pragma once

#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/pipe/sweep.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Weights of bytes have 23 bits: 2^9 times those of 14 bits, and small ones.
inline constexpr int unsharp_low_bits = 9;

/// A byte, counted from the smallest value.
template <class V>
QUOIN_INLINE auto unsigned_byte(V const& v) {
    if constexpr (std::same_as<scalar_t<V>, std::int8_t>) {
        auto const bits = bits_as<std::uint8_t>(v);
        using B = std::remove_const_t<decltype(bits)>;
        return B(bits ^ B(std::uint8_t{128}));
    } else {
        return v;
    }
}

/// The first pass of bytes, down columns: 2^16 times a pixel, counted from the smallest value, and 2^8 times its blur.
template <class T>
struct unsharp_byte_columns {
    using vectorized = void;
    using channelwise = void;
    gaussian_weights weights;
    QUOIN_FN quoin::footprint footprint() const { return {0, weights.radius}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const sum = byte_column_dot<unsharp_low_bits>(
            weights, [&](int i) QUOIN_LAMBDA_INLINE { return unsigned_byte(w(0, i)); });
        auto const pixel = convert<std::int32_t>(unsigned_byte(w(0, 0)));
        using W = std::remove_const_t<decltype(pixel)>;
        return W(W(W(pixel << 22) + sum.value() + W(std::int32_t{32})) >> 6);
    }
};

/// A window of blurs, as row_dot reads it.
template <class Lanes, class At>
struct blur_window {
    using lanes = Lanes;
    At blur;
    template <class>
    QUOIN_INLINE auto at(int i, int) const {
        return blur(i);
    }
};

/// The second pass of bytes, along rows.
template <class T>
class unsharp_byte_rows {
public:
    using vectorized = void;
    using channelwise = void;

    QUOIN_FN unsharp_byte_rows(gaussian_weights const& weights, double amount, double threshold)
        : weights_(weights), amount_(static_cast<float>(amount / 128)),
          threshold_(static_cast<std::int16_t>(min(threshold * 128, 32767.0))),
          most_(static_cast<std::int16_t>(256 * amount + 1)) {}
    QUOIN_FN quoin::footprint footprint() const { return {weights_.radius, 0}; }

    using outside_of = T;
    QUOIN_FN auto outside(T value) const { return unsharp_byte_columns<T>{weights_}(constant_window<T>{value}); }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return sharper<typename Window::lanes>([&](int i) QUOIN_LAMBDA_INLINE { return blur(w(i, 0)); },
                                               pixel(w(0, 0)));
    }

    constexpr bool sweeps() const { return true; }
    template <class U>
    std::size_t sweep_size(index_t columns) const {
        return static_cast<std::size_t>(columns + 2 * weights_.radius + 128) * sizeof(std::int16_t);
    }
    template <class Lanes, class U>
    void sweep(row_sweep<U> const& row, T* to) const {
        auto* const blurs = reinterpret_cast<std::int16_t*>(row.memory);
        U const* const words = row.line(0) - weights_.radius;
        index_t const inputs = row.columns + 2 * weights_.radius;
        for (index_t x = 0; x < inputs; x += Lanes::count)
            Lanes::store(blurs + x, blur(Lanes::template load_as<U>(words + x)));
        make<Lanes>(blurs + weights_.radius, row.line(0), row.columns, to);
    }

private:
    template <class Lanes, class U>
    QUOIN_NOINLINE void make(std::int16_t const* blurs, U const* words, index_t columns, T* to) const {
        for (index_t x = 0; x < columns; x += Lanes::count)
            Lanes::store(to + x, sharper<Lanes>(
                                     [&](int i) QUOIN_LAMBDA_INLINE {
                                         return Lanes::template load_as<std::int16_t>(blurs + x + i);
                                     },
                                     pixel(Lanes::template load_as<U>(words + x))));
    }
    template <class W>
    static QUOIN_INLINE auto pixel(W const& word) {
        return convert<std::int16_t>(W(word >> 16));
    }
    /// Less 2^15.
    template <class W>
    static QUOIN_INLINE auto blur(W const& word) {
        return convert<std::int16_t>(W(W(word & W(65535)) - W(32768)));
    }

    template <class Lanes, class At, class V>
    QUOIN_INLINE auto sharper(At const& blurs, V const& here) const {
        blur_window<Lanes, At> const w{blurs};
        auto const sum =
            row_dot<unsharp_low_bits>(w, weights_.high(), weights_.low(), weights_.radius, (1 << 29) + (1 << 14));
        // Half of the fractional bits, so that a difference has 16 bits.
        V const detail = V(V(here << 7) - sum.template shifted<15, std::int16_t>());
        V const some = select(V(abs(detail)) > V(threshold_), detail, V(std::int16_t{0}));
        // Above 0 truncation rounds down.
        auto const more = convert<float>(some) * amount_ + (static_cast<float>(most_) + 0.5f);
        auto const whole = saturate<std::int16_t>(convert<std::int32_t>(more));
        auto const result = saturate<std::uint8_t>(V(V(here - V(most_)) + whole));
        if constexpr (std::same_as<T, std::int8_t>) {
            using R = std::remove_const_t<decltype(result)>;
            return bits_as<T>(R(result ^ R(std::uint8_t{128})));
        } else {
            return result;
        }
    }

    gaussian_weights weights_;
    float amount_;
    std::int16_t threshold_, most_;
};

} // namespace detail

QUOIN_NAMESPACE_END

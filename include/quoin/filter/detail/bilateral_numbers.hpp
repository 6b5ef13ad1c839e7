// SPDX-License-Identifier: BSL-1.0
// The weights of bilateral, and means with them: in integers, and in float.
#pragma once

#include <quoin/filter/detail/fading.hpp>
#include <quoin/filter/linear/gaussian.hpp>

#include <numbers>

QUOIN_NAMESPACE_BEGIN

namespace detail {

inline constexpr int most_bilateral_radius = 9; // of 253 pixels, whose sums of bytes fit 31 bits

/// Integers T of 8 or 16 bits. Values count from the smallest T, as u16. A weight is 2^15 2^-(d^2 / D^2 + s), where D
/// is the distance of values at which 16 octaves are gone; exponents are counted in 1/4096 of an octave.
template <class T>
class bilateral_numbers {
    static constexpr bool of_bytes = sizeof(T) == 1;
    static constexpr int offset = std::is_signed_v<T> ? (of_bytes ? 128 : 32768) : 0;

public:
    using weight = std::uint16_t;
    using value = std::uint16_t;

    constexpr bilateral_numbers(int radius, double sigma_color, double sigma_space) {
        double const octaves = std::numbers::log2e / (2 * sigma_space * sigma_space) * 4096;
        for (int i = 0; i <= radius * radius; ++i)
            space_[i] = static_cast<std::uint16_t>(min(octaves * i + 0.5, 65535.0));
        double gone = sigma_color * sqrt(16 / std::numbers::log2e * 2);
        if (gone > 16382 && !of_bytes) {
            before_ = 2; // sums of the distances of four channels fit 16 bits
            gone /= 4;
        }
        least_ = static_cast<std::uint16_t>(min(gone + 1, of_bytes ? 1020.0 : 65535.0));
        scale_ = static_cast<std::uint16_t>(65535 / least_);
        double const factor = 2147483648.0 / (gone * scale_);
        factor_ = static_cast<std::uint16_t>(min(factor + 0.5, 65535.0));
    }

    /// Whether pixels at this squared distance have weights.
    constexpr bool reaches(int square) const { return space_[square] < 65535; }

    template <class Lanes>
    static QUOIN_INLINE auto load(T const* p) {
        return counted(Lanes::template load_as<loaded>(p));
    }
    template <class Window>
    static QUOIN_INLINE auto at(Window const& w, int dx, int dy) {
        return map_channels(w.template at<loaded>(dx, dy),
                            [](auto const& v) QUOIN_LAMBDA_INLINE { return counted(v); });
    }

    /// A part of the distance of two pixels: that of one channel. The parts of all channels are added.
    template <class V>
    QUOIN_INLINE V distance(V const& a, V const& b) const {
        if constexpr (of_bytes) {
            return bits_as<std::uint16_t>(abs(bits_as<std::int16_t>(V(a - b))));
        } else {
            return V(min(V(max(a, b) - min(a, b)), V(before_ == 0 ? least_ : std::uint16_t{65535})) >> before_);
        }
    }
    template <class V>
    QUOIN_INLINE V weight_of(V const& d, int square) const {
        V const far = high_product(V(min(d, V(least_)) * V(scale_)), V(factor_)), all = saturating_sum(far, far);
        return faded(saturating_sum(high_product(all, all), V(space_[square])));
    }

    /// The sum of the weights of a pixel and of those around it, two at a time.
    template <class V>
    struct total {
        using word = decltype(bits_as<std::int16_t>(V{}));
        decltype(products_like(word{})) sum{};
        QUOIN_INLINE total() {
            word const one(std::int16_t{1});
            sum.add(word(std::int16_t{32767}), one, word(std::int16_t{0}), one);
        }
        QUOIN_INLINE void add(V const& wa, V const& wb) {
            word const one(std::int16_t{1});
            sum.add(bits_as<std::int16_t>(wa), one, bits_as<std::int16_t>(wb), one);
        }
        QUOIN_INLINE auto result() const { return sum.value(); }
    };
    /// The sum of the products of their values of one channel.
    template <class V>
    struct mean {
        using word = typename total<V>::word;
        decltype(products_like(word{})) sum{}, high{};
        QUOIN_INLINE explicit mean(V const& here) {
            V const all(std::uint16_t{32767}), none(std::uint16_t{0});
            add(here, all, here, none);
        }
        QUOIN_INLINE void add(V const& a, V const& wa, V const& b, V const& wb) {
            word const ka = signed_word(wa), kb = signed_word(wb);
            if constexpr (of_bytes) {
                sum.add(signed_word(a), ka, signed_word(b), kb);
            } else {
                V const low(std::uint16_t{255});
                sum.add(signed_word(V(a & low)), ka, signed_word(V(b & low)), kb);
                high.add(signed_word(V(a >> 8)), ka, signed_word(V(b >> 8)), kb);
            }
        }
        /// The pixels from a and b on.
        template <class Lanes>
        QUOIN_INLINE void add_at(T const* a, V const& wa, T const* b, V const& wb) {
            if constexpr (std::same_as<T, std::uint8_t>) sum.add(a, signed_word(wa), b, signed_word(wb));
            else add(load<Lanes>(a), wa, load<Lanes>(b), wb);
        }
        template <class Total>
        QUOIN_INLINE auto result(Total const& all) const {
            if constexpr (of_bytes) {
                return convert<T>(rounded_mean(sum.value(), all) - std::int32_t{offset});
            } else {
                auto const products = convert<double>(high.value()) * 256.0 + convert<double>(sum.value());
                // Exact: a quotient that is no half is at least 2^-24 away from one.
                return convert<T>(convert<std::int32_t>(floor(products / convert<double>(all) + 0.5)) -
                                  std::int32_t{offset});
            }
        }

    private:
        static QUOIN_INLINE word signed_word(V const& v) { return bits_as<std::int16_t>(v); }
    };

private:
    using loaded = std::conditional_t<std::is_signed_v<T>, std::int16_t, std::uint16_t>;

    template <class V>
    static QUOIN_INLINE auto counted(V const& v) {
        auto const bits = bits_as<std::uint16_t>(v);
        using U = std::remove_const_t<decltype(bits)>;
        if constexpr (offset == 0) return U(bits);
        else return U(bits + U(static_cast<std::uint16_t>(offset)));
    }

    std::uint16_t space_[most_bilateral_radius * most_bilateral_radius + 1] = {};
    std::uint16_t least_ = 0; // of the distances that have no weight
    // The distance times scale_ times factor_ / 2^16 is 2^15 at D.
    std::uint16_t scale_ = 1, factor_ = 0;
    int before_ = 0;
};

template <>
class bilateral_numbers<float> {
public:
    using weight = float;
    using value = float;

    constexpr bilateral_numbers(int radius, double sigma_color, double sigma_space)
        : color_(static_cast<float>(std::numbers::log2e / (2 * sigma_color * sigma_color))) {
        for (int i = 0; i <= radius * radius; ++i)
            space_[i] = static_cast<float>(std::numbers::log2e / (2 * sigma_space * sigma_space) * i);
    }
    constexpr bool reaches(int square) const { return space_[square] < 24; }

    template <class Lanes>
    static QUOIN_INLINE auto load(float const* p) {
        return Lanes::template load_as<float>(p);
    }
    template <class Window>
    static QUOIN_INLINE auto at(Window const& w, int dx, int dy) {
        return w(dx, dy);
    }

    template <class V>
    QUOIN_INLINE V distance(V const& a, V const& b) const {
        return abs(a - b);
    }
    template <class V>
    QUOIN_INLINE V weight_of(V const& d, int square) const {
        return faded_float(d * d * V(color_) + V(space_[square]));
    }

    template <class V>
    struct total {
        V sum{1.0f};
        QUOIN_INLINE void add(V const& wa, V const& wb) { sum = sum + (wa + wb); }
        QUOIN_INLINE V result() const { return sum; }
    };
    template <class V>
    struct mean {
        V here, sum{0.0f};
        QUOIN_INLINE explicit mean(V const& value) : here(value) {}
        QUOIN_INLINE void add(V const& a, V const& wa, V const& b, V const& wb) {
            sum = sum + (product(a, wa) + product(b, wb));
        }
        template <class Lanes>
        QUOIN_INLINE void add_at(float const* a, V const& wa, float const* b, V const& wb) {
            add(load<Lanes>(a), wa, load<Lanes>(b), wb);
        }
        QUOIN_INLINE V result(V const& all) const { return here + sum / all; }

    private:
        QUOIN_INLINE V product(V const& v, V const& w) const {
            return select(w > V(0.0f), (v - here) * w, V(0.0f)); // a pixel without a weight may be infinite, or NaN
        }
    };

private:
    float space_[most_bilateral_radius * most_bilateral_radius + 1] = {};
    float color_ = 0;
};

} // namespace detail

QUOIN_NAMESPACE_END

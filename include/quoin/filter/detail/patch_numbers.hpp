// SPDX-License-Identifier: BSL-1.0
// Distances of patches in whole numbers, the weights that follow from them, and sums of pixels with these.
#pragma once

#include <quoin/filter/detail/fading.hpp>

#include <concepts>
#include <numbers>

QUOIN_NAMESPACE_BEGIN

namespace detail {

inline constexpr int most_patch_radius = 5, most_search_radius = 10; // of 441 pixels, whose sums fit 32 bits

/// The weight at the sum of the distances of two patches, each counted in 1/per of 4096 octaves; 0 below 1/1000.
template <class V>
QUOIN_INLINE auto patch_weight(V const& sum, float per) {
    auto const exponent = convert<float>(sum) * per;
    auto const all = bits_as<std::int16_t>(
        faded(saturate<std::uint16_t>(convert<std::int32_t>(min(exponent, decltype(exponent + per)(65535.0f))))));
    using S = std::remove_const_t<decltype(all)>;
    return select(all > S(std::int16_t{32}), all, S(std::int16_t{0}));
}

/// Integers of 8 or 16 bits, and float. The distance of two values is its square; of bytes exactly, of others in units
/// of h^2 / 1024, rounded down, and at most what makes a weight 0.
template <class T>
class patch_numbers {
    static constexpr bool of_bytes = sizeof(T) == 1, of_floats = std::floating_point<T>;
    static constexpr int half = std::is_signed_v<T> ? 0 : of_bytes ? 128 : 32768;

public:
    /// Values as they are weighted: integers less the middle one, so that sums of 441 of them fit.
    using value = std::conditional_t<of_floats, float, std::int16_t>;
    using sum_type = std::conditional_t<of_floats, float, std::int32_t>;
    static constexpr int parts = of_bytes || of_floats ? 1 : 2; ///< the sums of a channel

    constexpr patch_numbers(int patch, double h)
        : per_(static_cast<float>(4096 * std::numbers::log2e / ((of_bytes ? h * h : 1024.0) * patch * patch))),
          unit_(static_cast<float>(1024 / (h * h))), most_(static_cast<float>(4 * 7 * 1024 * patch * patch)) {}

    constexpr float per(int channels) const { return per_ / static_cast<float>(channels); }

    /// The distance of two values, as they are loaded.
    template <class V>
    QUOIN_INLINE auto distance(V const& a, V const& b) const {
        if constexpr (of_bytes) {
            V const d(a - b);
            return convert<std::int32_t>(bits_as<std::uint16_t>(V(d * d))); // at most 255^2
        } else {
            auto const d = convert<float>(a) - convert<float>(b);
            using F = std::remove_const_t<decltype(d)>;
            return convert<std::int32_t>(min(d * d * F(unit_), F(most_))); // NaN is as far as can be
        }
    }
    using loaded = std::conditional_t<of_bytes, std::int16_t, T>;

    /// A value, as it is loaded, as it is weighted.
    template <class V>
    static QUOIN_INLINE auto centered(V const& v) {
        if constexpr (of_floats || half == 0) {
            return v;
        } else {
            auto const bits = bits_as<std::int16_t>(v);
            using S = std::remove_const_t<decltype(bits)>;
            if constexpr (of_bytes) return S(bits - S(static_cast<std::int16_t>(half)));
            else return S(bits ^ S(std::int16_t{-32768}));
        }
    }

    /// Sums of the products of values V with weights W, two at a time.
    template <class V, class W>
    struct weighted {
        std::conditional_t<of_floats, V, decltype(products_like(W{}))> low{}, high{};

        QUOIN_INLINE weighted() {
            if constexpr (of_floats) low = high = V(0.0f);
        }
        QUOIN_INLINE void add(V const& a, W const& wa, V const& b, W const& wb) {
            if constexpr (of_floats) {
                low = low + (product(a, wa) + product(b, wb));
            } else if constexpr (of_bytes) {
                low.add(a, wa, b, wb);
            } else {
                // 256 (v >> 8) + (v & 255), the second less 128
                low.add(lower(a), wa, lower(b), wb);
                high.add(W(a >> 8), wa, W(b >> 8), wb);
            }
        }
        template <int Part>
        QUOIN_INLINE auto sum() const {
            if constexpr (of_floats) return low;
            else if constexpr (Part == 0) return low.value();
            else return high.value();
        }

    private:
        static QUOIN_INLINE W lower(V const& v) { return W(W(v & W(std::int16_t{255})) - W(std::int16_t{128})); }
        static QUOIN_INLINE V product(V const& v, W const& w) {
            auto const factor = convert<float>(w);
            return select(factor > V(0.0f), v * factor, V(0.0f)); // what has no weight may be infinite, or NaN
        }
    };
    /// Sums of weights W.
    template <class W>
    struct total {
        decltype(products_like(W{})) sum{};
        QUOIN_INLINE void add(W const& wa, W const& wb) {
            W const one(std::int16_t{1});
            sum.add(wa, one, wb, one);
        }
    };

    /// The result of the sums, of which the high ones of 16 bits are apart.
    template <class S, class I>
    static QUOIN_INLINE auto mean(S const& low, S const& high, I const& all) {
        if constexpr (of_floats) {
            return low / convert<float>(all);
        } else {
            auto sum = convert<double>(low);
            if constexpr (parts == 2) sum = convert<double>(high) * 256.0 + sum + convert<double>(all) * 128.0;
            // Exact: a quotient that is no half is at least 2^-25 away from one.
            return convert<T>(convert<std::int32_t>(floor(sum / convert<double>(all) + 0.5)) + std::int32_t{half});
        }
    }

private:
    float per_, unit_, most_;
};

} // namespace detail

QUOIN_NAMESPACE_END

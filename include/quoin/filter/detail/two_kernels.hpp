// SPDX-License-Identifier: BSL-1.0
// What two symmetric kernels make of the same pixels, down columns and along rows, in one sweep.
#pragma once

#include <quoin/filter/detail/extrema.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/pipe/sweep.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A symmetric kernel, from the middle, held by value so that it can be copied to a device.
struct half_kernel {
    static constexpr int most_radius = 127;
    int radius = 0;
    double at[most_radius + 1] = {};
};

/// Where SciPy and scikit-image cut the Gaussian.
constexpr int half_radius(double sigma) {
    return static_cast<int>(4 * sigma + 0.5);
}

/// Samples of the Gaussian up to there.
constexpr half_kernel gaussian_half(double sigma) {
    half_kernel k;
    k.radius = half_radius(sigma);
    sample_gaussian(sigma, k.radius, k.at);
    return k;
}

/// The second derivative of these, by the formula of the Gaussian's.
constexpr half_kernel gaussian_second_half(double sigma) {
    half_kernel k = gaussian_half(sigma);
    double const square = sigma * sigma;
    for (int i = 0; i <= k.radius; ++i) k.at[i] *= (static_cast<double>(i) * i / square - 1) / square;
    return k;
}

/// With A and B the sums down columns with both kernels: if Crossed, the sum along rows of A with the second one and of
/// B with the first; else that of A with the first one, less that of B with the second. All sums go from the middle
/// outwards. A sweep makes A and B of a row once, windows of each pixel anew.
template <class T, bool Crossed>
class two_kernels {
public:
    using vectorized = void;
    using channelwise = void;
    using number = std::conditional_t<std::same_as<T, double>, double, float>;

    constexpr two_kernels(half_kernel const& first, half_kernel const& second)
        : first_(first), second_(second), reach_(max(first.radius, second.radius)) {}
    QUOIN_FN quoin::footprint footprint() const { return {reach_, reach_}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const sums = [&](int i) QUOIN_LAMBDA_INLINE {
            return down_columns([&](int j) QUOIN_LAMBDA_INLINE { return w.template at<wide_t<T>>(i, j); });
        };
        return along_rows(sums);
    }

    constexpr bool sweeps() const { return true; }
    template <class U>
    std::size_t sweep_size(index_t columns) const {
        return lines::bytes(columns + 2 * reach_, 2);
    }
    template <class Lanes, class U>
    void sweep(row_sweep<U> const& row, number* to) const {
        auto* const a = reinterpret_cast<number*>(row.memory) + reach_;
        auto* const b = a + lines::pitch(row.columns + 2 * reach_);
        for (index_t x = -reach_; x < row.columns + reach_; x += Lanes::count) {
            auto const sums = down_columns(
                [&](int j) QUOIN_LAMBDA_INLINE { return Lanes::template load_as<wide_t<T>>(row.line(j) + x); });
            Lanes::store(a + x, sums.a);
            Lanes::store(b + x, sums.b);
        }
        for (index_t x = 0; x < row.columns; x += Lanes::count)
            Lanes::store(to + x, along_rows([&](int i) QUOIN_LAMBDA_INLINE {
                             auto const load = [&](number const* line) QUOIN_LAMBDA_INLINE {
                                 return Lanes::template load_as<number>(line + x + i);
                             };
                             using V = std::remove_cvref_t<decltype(load(a))>;
                             return pair<V>{load(a), load(b)};
                         }));
    }

private:
    using lines = extreme_lines<number>; // of sums

    template <class V>
    struct pair {
        V a, b;
    };

    /// A and B of a column whose pixels are value(-reach) to value(reach).
    template <class Value>
    QUOIN_INLINE auto down_columns(Value const& value) const {
        auto const middle = convert<number>(value(0));
        using V = std::remove_const_t<decltype(middle)>;
        pair<V> sums{V(middle * first(0)), V(middle * second(0))};
        int const both = min(first_.radius, second_.radius);
        int j = 1;
        auto const two = [&]() QUOIN_LAMBDA_INLINE { return convert<number>(value(-j) + value(j)); };
        for (; j <= both; ++j) {
            V const v = two();
            sums.a = V(sums.a + V(v * first(j)));
            sums.b = V(sums.b + V(v * second(j)));
        }
        for (; j <= first_.radius; ++j) sums.a = V(sums.a + V(two() * first(j)));
        for (; j <= second_.radius; ++j) sums.b = V(sums.b + V(two() * second(j)));
        return sums;
    }
    /// The result, of the sums of the columns -reach to reach.
    template <class Sums>
    QUOIN_INLINE auto along_rows(Sums const& sums) const {
        half_kernel const &of_a = Crossed ? second_ : first_, &of_b = Crossed ? first_ : second_;
        auto const factor = [](half_kernel const& k, int i)
                                QUOIN_LAMBDA_INLINE { return static_cast<number>(k.at[i]); };
        auto const middle = sums(0);
        auto a = middle.a * factor(of_a, 0), b = middle.b * factor(of_b, 0);
        int const both = min(of_a.radius, of_b.radius);
        int i = 1;
        for (; i <= both; ++i) {
            auto const left = sums(-i), right = sums(i);
            a = a + (left.a + right.a) * factor(of_a, i);
            b = b + (left.b + right.b) * factor(of_b, i);
        }
        for (; i <= of_a.radius; ++i) a = a + (sums(-i).a + sums(i).a) * factor(of_a, i);
        for (; i <= of_b.radius; ++i) b = b + (sums(-i).b + sums(i).b) * factor(of_b, i);
        if constexpr (Crossed) return a + b;
        else return a - b;
    }
    QUOIN_INLINE number first(int i) const { return static_cast<number>(first_.at[i]); }
    QUOIN_INLINE number second(int i) const { return static_cast<number>(second_.at[i]); }

    half_kernel first_, second_;
    int reach_;
};

/// A sigma of these stages.
constexpr void check_sigma(char const* function, double sigma) {
    if (!(sigma >= 0.1 && sigma <= 31)) raise(function, ": sigma ", sigma, " is not in [0.1, 31]; give one in pixels");
}

/// What both stages need: channels of 8 or 16 bits, float or double.
template <class P>
inline constexpr bool has_two_kernels = fits_float<channel_t<P>> || std::same_as<channel_t<P>, double>;

} // namespace detail

QUOIN_NAMESPACE_END

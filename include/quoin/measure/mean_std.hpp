// SPDX-License-Identifier: BSL-1.0
// mean_std, covariance: means and standard deviations of channels, and the covariances between them.
#pragma once

#include <quoin/measure/detail/second_order.hpp>

#include <array>

QUOIN_NAMESPACE_BEGIN

/// The result of mean_std: a double for gray, otherwise a pixel of doubles. `std` is the root of the variance.
template <class P>
struct mean_std_result {
    rebind_t<P, double> mean, std, variance;
    friend constexpr bool operator==(mean_std_result const&, mean_std_result const&) = default;
};

/// The result of covariance: matrix[a][b] is the covariance of the channels a and b.
template <int Channels>
struct covariance_result {
    std::array<double, Channels> mean;
    std::array<std::array<double, Channels>, Channels> matrix;
    friend constexpr bool operator==(covariance_result const&, covariance_result const&) = default;
};

/// The mean and the standard deviation of each channel over all n pixels:
///
///     mean = sum(v) / n;    variance = sum((v - mean)^2) / n;    std = sqrt(variance)
///
/// Integers: sum(v) and sum(v^2) are exact, and mean and variance are the exact values, correctly rounded to double;
/// std is the correctly rounded root of the variance. Floating point: in double. Within a part of a row, of 16 KiB,
/// first the mean and then sum((v - mean)^2) are computed, with column x at partial sum x mod 64. Parts are joined from
/// left to right and from top to bottom in strips of 64 rows, and the strips from the top, as by Chan, Golub and
/// LeVeque. NaN and infinities: those of the operations, so the mean of a NaN is NaN, and that of +infinity is
/// +infinity with a std of NaN. Cost: two multiplications and additions per pixel and channel.
/// @throws invalid_argument if there is no pixel.
///
/// Source: T. Chan, G. Golub, R. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances",
/// 1982.
struct mean_std_fn : statistic<mean_std_fn> {
    template <class P>
    using state = detail::second_order_state<P, false>;
    template <class P>
    mean_std_result<P> result(state<P> const& s, detail::statistics_of const& of) const {
        detail::check_any("quoin::mean_std", of);
        return {make_pixel<P>([&](auto c) { return s.mean(decltype(c)::value, of.pixels); }),
                make_pixel<P>(
                    [&](auto c) { return sqrt(s.covariance(decltype(c)::value, decltype(c)::value, of.pixels)); }),
                make_pixel<P>([&](auto c) { return s.covariance(decltype(c)::value, decltype(c)::value, of.pixels); })};
    }
};
inline constexpr mean_std_fn mean_std{};

/// The means of the channels and the covariances between them, over all n pixels:
///
///     matrix[a][b] = sum((v_a - mean_a) (v_b - mean_b)) / n
///
/// This is numpy.cov(channels, bias=True); multiply by n / (n - 1) for the covariance of a sample. Rounding, NaN and
/// infinities are those of mean_std. Cost: for C channels C (C + 3) / 2 additions per pixel.
/// @throws invalid_argument if there is no pixel.
struct covariance_fn : statistic<covariance_fn> {
    template <class P>
    using state = detail::second_order_state<P, true>;
    template <class P>
    covariance_result<channels_v<P>> result(state<P> const& s, detail::statistics_of const& of) const {
        detail::check_any("quoin::covariance", of);
        covariance_result<channels_v<P>> found;
        for (int a = 0; a < channels_v<P>; ++a) {
            found.mean[static_cast<std::size_t>(a)] = s.mean(a, of.pixels);
            for (int b = 0; b < channels_v<P>; ++b)
                found.matrix[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)] =
                    s.covariance(max(a, b), min(a, b), of.pixels);
        }
        return found;
    }
};
inline constexpr covariance_fn covariance{};

QUOIN_NAMESPACE_END

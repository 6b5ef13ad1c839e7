// SPDX-License-Identifier: BSL-1.0
// What stages that read between pixels should give, by plain loops over the definition in geometry/interpolation.hpp.
#pragma once

#include "support/oracle.hpp"

#include <quoin/geometry/warp_affine.hpp>
#include <quoin/pipe/pipeline.hpp>

#include <cmath>
#include <functional>
#include <numbers>

namespace test {

/// A place in units of 2^-32 pixels.
struct place {
    std::int64_t x, y;
};
using places = std::function<place(index_t, index_t)>;

inline std::int64_t to_place(double pixels) {
    return std::llrint(std::ldexp(pixels, 32)); // half to even
}
/// At most 2^30 pixels away, and at -2^30 on both axes where there is none.
inline place near_place(double x, double y, bool known = true) {
    constexpr double far = 1 << 30;
    if (!known || std::isnan(x) || std::isnan(y)) x = y = -far;
    return {to_place(std::clamp(x, -far, far)), to_place(std::clamp(y, -far, far))};
}
inline std::int64_t whole_place(index_t pixels) {
    return pixels * (std::int64_t{1} << 32);
}

/// The pixels that are read along an axis, and their weights.
struct axis_taps {
    index_t first;
    std::vector<double> weights;
};
inline axis_taps taps_at(quoin::interpolation how, std::int64_t at) {
    constexpr std::int64_t one = std::int64_t{1} << 32;
    if (how == quoin::interpolation::nearest) return {floor_div(at + one / 2, one), {1}};
    std::int64_t const parts = floor_div(at + one / 4096, one / 2048);
    index_t const k = floor_div(parts, 2048);
    double const t = static_cast<double>(parts - 2048 * k) / 2048;
    if (how == quoin::interpolation::linear) return {k, {1 - t, t}};
    if (how == quoin::interpolation::lanczos4) { // in 14 bits, the largest weight is what is missing to 1
        axis_taps taps{k - 3, std::vector<double>(8)};
        std::size_t const nearer = t > 0.5 ? 4 : 3;
        auto const kernel = [](long double d) {
            return std::sin(std::numbers::pi_v<long double> * d) * std::sin(std::numbers::pi_v<long double> * d / 4) /
                   (d * d);
        };
        long double sum = 0;
        for (int i = 0; i < 8; ++i) sum += t == 0 ? i == 3 : kernel(t + 3 - i);
        taps.weights[nearer] = 1;
        for (std::size_t i = 0; i < 8 && t != 0; ++i)
            if (i != nearer) {
                long double const exact = kernel(t + 3 - static_cast<double>(i)) / sum;
                taps.weights[i] = static_cast<double>(std::floor(exact * 16384 + 0.5L)) / 16384;
                taps.weights[nearer] -= taps.weights[i];
            }
        return taps;
    }
    auto const keys = [](double d) { // a = -3/4, in 14 bits
        double const exact = d < 1 ? (1.25 * d - 2.25) * d * d + 1 : ((-0.75 * d + 3.75) * d - 6) * d + 3;
        return std::floor(exact * 16384 + 0.5) / 16384;
    };
    double const a = keys(1 + t), b = keys(t), d = keys(2 - t);
    return {k - 1, {a, b, 1 - a - b - d, d}};
}

/// The value of a constant border in a channel of type T.
template <class T>
T clamped_value(double value) {
    if constexpr (std::is_floating_point_v<T>) return static_cast<T>(value);
    else return clamped<T>(value);
}

/// The image of this extent whose pixel (x, y) is the value of `in` at at(x, y). Sums of integers are exact: weights
/// have 28 bits, and the values of random_pixels() 28.
template <class P, class Border>
plain<P> sampled(plain<P> const& in, Border border, extent size, quoin::interpolation how, places const& at) {
    using T = quoin::channel_t<P>;
    using sum = std::conditional_t<std::is_floating_point_v<T>, T, long double>;
    plain<P> out(size);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) {
            place const p = at(x, y);
            axis_taps const across = taps_at(how, p.x), down = taps_at(how, p.y);
            std::vector<index_t> columns;
            for (std::size_t i = 0; i < across.weights.size(); ++i)
                columns.push_back(outside(border, across.first + static_cast<index_t>(i), in.size.width));
            quoin::for_each_channel<P>([&](auto c) {
                sum total = 0;
                for (std::size_t j = 0; j < down.weights.size(); ++j) {
                    if (down.weights[j] == 0) continue;
                    index_t const v = outside(border, down.first + static_cast<index_t>(j), in.size.height);
                    sum row = 0;
                    for (std::size_t i = 0; i < across.weights.size(); ++i) {
                        if (across.weights[i] == 0) continue;
                        T value;
                        if (columns[i] < 0 || v < 0)
                            value = clamped_value<T>(constant_value<decltype(c)::value>(border));
                        else value = quoin::get_channel<decltype(c)::value>(in(columns[i], v));
                        row += static_cast<sum>(across.weights[i]) * static_cast<sum>(value);
                    }
                    total += static_cast<sum>(down.weights[j]) * row;
                }
                T& result = quoin::get_channel<decltype(c)::value>(out(x, y));
                if constexpr (std::is_floating_point_v<T>) result = total;
                else result = clamped<T>(std::floor(total + 0.5));
            });
        }
    return out;
}

inline constexpr quoin::interpolation interpolations[] = {quoin::interpolation::nearest, quoin::interpolation::linear,
                                                          quoin::interpolation::cubic, quoin::interpolation::lanczos4};

/// Holds make(view, how) against sampled(), for each interpolation.
template <class P, class Border, class Make>
std::string check_sampling(extent in, Border border, extent size, places const& at, Make const& make) {
    for (auto const how : interpolations) {
        auto const pixels = random_pixels<P>(in, 11, true);
        std::string const wrong = check_pipeline(pixels, sampled(pixels, border, size, how, at),
                                                 [&](auto v) { return v | quoin::extend(border) | make(how); });
        if (!wrong.empty())
            return "interpolation " + std::to_string(static_cast<int>(how)) + ", " + std::to_string(in.width) + " x " +
                   std::to_string(in.height) + " to " + std::to_string(size.width) + " x " +
                   std::to_string(size.height) + ": " + wrong;
    }
    return {};
}

/// The places of an affine map: numbers rounded to 2^-32, then exact.
inline places places_of(quoin::affine const& m) {
    return [m](index_t x, index_t y) {
        return place{to_place(m.a) * x + to_place(m.b) * y + to_place(m.c),
                     to_place(m.d) * x + to_place(m.e) * y + to_place(m.f)};
    };
}
template <class P, class Border>
std::string check_affine(extent in, Border border, quoin::affine const& m, extent size) {
    return check_sampling<P>(in, border, size, places_of(m),
                             [&](quoin::interpolation how) { return quoin::warp_affine(m, how, size); });
}

} // namespace test

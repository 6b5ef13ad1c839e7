// SPDX-License-Identifier: BSL-1.0
// What resize() should give, by plain loops over a table of weights for each axis.
#pragma once

#include "support/oracle.hpp"

#include <quoin/geometry/resize.hpp>

#include <cmath>
#include <numbers>

namespace test {

inline double kernel_value(int kernel, double x) {
    double const d = std::abs(x), pi = std::numbers::pi;
    auto const sinc = [pi](double t) { return t == 0 ? 1.0 : std::sin(t * pi) / (t * pi); };
    switch (kernel) {
    case 1:
        return x > -0.5 && x <= 0.5;
    case 2:
        return d < 1 ? 1 - d : 0;
    case 3:
        return d == 0   ? 1
               : d >= 1 ? 0
                        : std::sin(d * pi) / (d * pi) * (double{0.54f} + double{0.46f} * std::cos(d * pi));
    case 4:
        return d < 1 ? (1.5 * d - 2.5) * d * d + 1 : d < 2 ? (((d - 5) * d + 8) * d - 4) * -0.5 : 0;
    default:
        return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
    }
}

/// The first input and the weights of a result.
struct taps {
    quoin::index_t first;
    std::vector<double> weights;
};

/// For each result along an axis. Kernel 0 is the nearest pixel: of two the right one if `exact`, else by a sum.
inline std::vector<taps> taps_of(quoin::index_t n, quoin::index_t m, int kernel, bool exact) {
    std::vector<taps> all;
    double const scale = static_cast<double>(n) / static_cast<double>(m), stretch = std::max(scale, 1.0);
    double summed = scale / 2;
    for (quoin::index_t i = 0; i < m; ++i) {
        if (kernel == 0) {
            all.push_back({exact ? (2 * i + 1) * n / (2 * m) : static_cast<quoin::index_t>(std::floor(summed)), {1.0}});
            summed += scale;
            continue;
        }
        constexpr double radii[] = {0, 0.5, 1, 1, 2, 3};
        double const center = (static_cast<double>(i) + 0.5) * scale, radius = radii[kernel] * stretch;
        auto const begin = std::max<quoin::index_t>(0, static_cast<quoin::index_t>(center - radius + 0.5));
        auto const end = std::min(n, static_cast<quoin::index_t>(center + radius + 0.5));
        taps one{begin, {}};
        double sum = 0;
        for (quoin::index_t k = begin; k < end; ++k) {
            one.weights.push_back(kernel_value(kernel, (static_cast<double>(k) - center + 0.5) * (1 / stretch)));
            sum += one.weights.back();
        }
        for (double& w : one.weights) w /= sum;
        all.push_back(one);
    }
    return all;
}

/// One pass. sum_of(values, weights) gives a result from the values of a channel.
template <class P, class F>
plain<P> pass(plain<P> const& in, std::vector<taps> const& all, bool along_rows, F const& sum_of) {
    auto const size = static_cast<quoin::index_t>(all.size());
    plain<P> out(along_rows ? quoin::extent{size, in.size.height} : quoin::extent{in.size.width, size});
    for (quoin::index_t y = 0; y < out.size.height; ++y)
        for (quoin::index_t x = 0; x < out.size.width; ++x) {
            taps const& t = all[static_cast<std::size_t>(along_rows ? x : y)];
            quoin::for_each_channel<P>([&](auto c) {
                std::vector<quoin::channel_t<P>> values;
                for (std::size_t k = 0; k < t.weights.size(); ++k) {
                    auto const at = t.first + static_cast<quoin::index_t>(k);
                    P const p = along_rows ? in(at, y) : in(x, at);
                    values.push_back(quoin::get_channel<decltype(c)::value>(p));
                }
                quoin::get_channel<decltype(c)::value>(out(x, y)) = sum_of(values, t.weights);
            });
        }
    return out;
}

/// resize() of bytes in one of Pillow's modes.
template <class P, quoin::resize_mode Mode>
plain<P> resized(plain<P> const& in, quoin::extent size, int kernel) {
    using T = quoin::channel_t<P>;
    auto const axis_pass = [&](plain<P> const& from, quoin::index_t m, bool along_rows) {
        quoin::index_t const n = along_rows ? from.size.width : from.size.height;
        if (n == m) return from;
        auto const all = taps_of(n, m, kernel, Mode == quoin::resize_mode::accurate);
        int bits = 22;
        if (Mode == quoin::resize_mode::pillow_simd) {
            double most = 0;
            for (taps const& t : all) most = std::max(most, *std::max_element(t.weights.begin(), t.weights.end()));
            while (std::floor(most * std::pow(2.0, bits) + 0.5) >= 32768) --bits;
        }
        return pass(from, all, along_rows, [&](std::vector<T> const& values, std::vector<double> const& weights) {
            if constexpr (std::same_as<T, std::uint8_t>) {
                std::int64_t sum = std::int64_t{1} << (bits - 1);
                for (std::size_t k = 0; k < values.size(); ++k)
                    sum += values[k] * std::int64_t{std::llround(std::ldexp(weights[k], bits))};
                return static_cast<T>(std::clamp<std::int64_t>(sum >> bits, 0, 255));
            } else {
                double sum = values[0] * weights[0];
                for (std::size_t k = 1; k < values.size(); ++k) sum += values[k] * weights[k];
                if constexpr (std::floating_point<T>) return static_cast<T>(sum);
                else return clamped<T>(std::floor(sum + 0.5));
            }
        });
    };
    // Pillow 13 compares what the passes remove.
    quoin::index_t const rows = in.size.height - size.height, columns = in.size.width - size.width;
    if (Mode == quoin::resize_mode::pillow && rows > 0 && rows > 2 * columns)
        return axis_pass(axis_pass(in, size.height, false), size.width, true);
    return axis_pass(axis_pass(in, size.width, true), size.height, false);
}

} // namespace test

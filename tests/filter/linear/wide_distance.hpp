// SPDX-License-Identifier: BSL-1.0
// How far gaussian and wide_gaussian are from the Gaussian in double, by plain loops.
#pragma once

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/wide_gaussian.hpp>

#include <cmath>
#include <vector>

namespace test {

using namespace quoin;

/// The Gaussian in double, cut at 8 sigma, along an axis of lines of n values.
template <class Border>
std::vector<double> truly_blurred(std::vector<double> const& in, index_t width, index_t height, double sigma,
                                  bool along_x, Border const& border) {
    auto const r = static_cast<index_t>(std::ceil(8 * sigma));
    std::vector<double> w, out(in.size());
    double sum = 0;
    for (index_t i = -r; i <= r; ++i) {
        w.push_back(std::exp(-static_cast<double>(i * i) / (2 * sigma * sigma)));
        sum += w.back();
    }
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x) {
            double value = 0;
            for (index_t i = -r; i <= r; ++i) {
                index_t const at = along_x ? y * width + border(x + i, width) : border(y + i, height) * width + x;
                value += w[static_cast<std::size_t>(i + r)] * in[static_cast<std::size_t>(at)];
            }
            out[static_cast<std::size_t>(y * width + x)] = value / sum;
        }
    return out;
}

/// The largest distance of a stage from the Gaussian on an image of stripes, steps and noise from 0 to `most`.
template <class T, class Border, class Stage>
double distance_of(Stage const& stage, double sigma_x, double sigma_y, extent size, double most, Border const& border) {
    image<T> in(size);
    std::vector<double> values;
    unsigned seed = 11;
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) {
            seed = seed * 1664525u + 1013904223u;
            bool const white = y % 60 < 20 ? (seed >> 31) != 0 : y % 60 < 40 ? x / 40 % 2 == 0 : x < size.width / 2;
            in(x, y) = static_cast<T>(white ? most : 0);
            values.push_back(static_cast<double>(in(x, y)));
        }
    auto const out = to_image(serial{}, in.view() | extend(border) | stage);
    auto const real = truly_blurred(truly_blurred(values, size.width, size.height, sigma_x, true, border), size.width,
                                    size.height, sigma_y, false, border);
    double worst = 0;
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x)
            worst = std::max(
                worst, std::abs(static_cast<double>(out(x, y)) - real[static_cast<std::size_t>(y * size.width + x)]));
    return worst;
}
template <class T, class Border>
double distance(double sigma_x, double sigma_y, extent size, double most, Border const& border) {
    return distance_of<T>(wide_gaussian(sigma_x, sigma_y), sigma_x, sigma_y, size, most, border);
}

} // namespace test

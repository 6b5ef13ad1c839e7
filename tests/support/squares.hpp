// SPDX-License-Identifier: BSL-1.0
// An image with flat parts, edges and noise, and how far another one lies from real values.
#pragma once

#include <quoin/image/image.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace test {

/// Squares with noise, as pixels T of any size.
template <class T>
quoin::image<T> squares(quoin::extent size, double unit, unsigned seed) {
    quoin::image<T> result(size.width, size.height);
    std::mt19937 generator(seed);
    for (quoin::index_t y = 0; y < size.height; ++y)
        for (quoin::index_t x = 0; x < size.width; ++x)
            result(x, y) = static_cast<T>(unit * (60.0 * static_cast<double>((x / 9 + y / 5) % 4) +
                                                  static_cast<double>(generator() % 3000) / 100));
    return result;
}

template <class T>
double greatest_distance(quoin::image<T> const& got, std::vector<double> const& expected) {
    double most = 0;
    for (quoin::index_t y = 0; y < got.height(); ++y)
        for (quoin::index_t x = 0; x < got.width(); ++x)
            most = std::max(most, std::abs(static_cast<double>(got(x, y)) -
                                           expected[static_cast<std::size_t>(y * got.width() + x)]));
    return most;
}

} // namespace test

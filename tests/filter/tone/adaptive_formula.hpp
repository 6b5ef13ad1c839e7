// SPDX-License-Identifier: BSL-1.0
// What adaptive_threshold makes, as plain sums over the whole square.
#pragma once

#include <quoin/filter/tone/adaptive_threshold.hpp>

#include "support/functor.hpp"

#include <cmath>
#include <vector>

namespace test {

/// Weights of the mean along one axis, by the formula of cv::getGaussianKernel, or its tables.
inline std::vector<double> adaptive_weights(int side, bool gaussian) {
    if (!gaussian) return std::vector<double>(static_cast<std::size_t>(side), 1.0 / side);
    if (side == 3) return {0.25, 0.5, 0.25};
    if (side == 5) return {0.0625, 0.25, 0.375, 0.25, 0.0625};
    if (side == 7) return {0.03125, 0.109375, 0.21875, 0.28125, 0.21875, 0.109375, 0.03125};
    if (side == 9)
        return {0.015625, 0.05078125, 0.1171875, 0.19921875, 0.234375, 0.19921875, 0.1171875, 0.05078125, 0.015625};
    double const sigma = 0.3 * ((side - 1) * 0.5 - 1) + 0.8;
    std::vector<double> weights;
    double total = 0;
    for (int i = -(side / 2); i <= side / 2; ++i) {
        weights.push_back(std::exp(-i * i / (2 * sigma * sigma)));
        total += weights.back();
    }
    for (double& w : weights) w /= total;
    return weights;
}

/// The threshold of `in`, which has the pixels T of an image and those around it. The exact mean of integers is a
/// quotient of integers.
template <class T>
values adaptive_formula(values const& in, int side, double offset, quoin::threshold_sense sense, bool gaussian) {
    int const r = side / 2;
    auto const weights = adaptive_weights(side, gaussian);
    return inner(in, {r, r}, [&](auto const& at) {
        double sum = 0, mean = 0;
        for (int j = -r; j <= r; ++j)
            for (int i = -r; i <= r; ++i) {
                sum += at(i, j); // of whole numbers exact
                mean += at(i, j) * weights[static_cast<std::size_t>(i + r)] * weights[static_cast<std::size_t>(j + r)];
            }
        if (std::integral<T> && !gaussian)
            mean = static_cast<double>(
                floor_div(2 * static_cast<std::int64_t>(sum) + side * side, 2 * side * side)); // never a tie
        else if (std::integral<T>) mean = std::nearbyint(mean);                                // halves to even
        bool const above = at(0, 0) > mean - offset;
        return static_cast<double>(above == (sense == quoin::threshold_sense::binary) ? quoin::white<T> : T(0));
    });
}

} // namespace test

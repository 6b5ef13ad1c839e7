// SPDX-License-Identifier: BSL-1.0
// Sampled Gaussians, and sums over squares with products of two kernels, by plain loops.
#pragma once

#include "support/functor.hpp"

#include <cmath>
#include <vector>

namespace test {

/// A kernel from -r to r.
using samples = std::vector<double>;

inline samples gaussian_samples(double sigma) {
    int const r = static_cast<int>(std::floor(4 * sigma + 0.5));
    samples w;
    double total = 0;
    for (int i = -r; i <= r; ++i) total += w.emplace_back(std::exp(-0.5 * i * i / (sigma * sigma)));
    for (double& x : w) x /= total;
    return w;
}

/// The sum over a square with along[i] down[j].
double product_sum(samples const& along, samples const& down, auto const& at) {
    double sum = 0;
    int const rx = static_cast<int>(along.size() / 2), ry = static_cast<int>(down.size() / 2);
    for (int j = -ry; j <= ry; ++j)
        for (int i = -rx; i <= rx; ++i)
            sum += along[static_cast<std::size_t>(i + rx)] * down[static_cast<std::size_t>(j + ry)] * at(i, j);
    return sum;
}

/// What is wrong with a stage of such sums alone, for these types. Sums of floats may be off by a millionth of the
/// largest value of a channel.
template <class... T>
std::string wrong_sums(auto const& stage, auto const& formula) {
    std::string wrong;
    types<T...>::each([&]<class U>() {
        double const white = std::is_integral_v<U> ? static_cast<double>(std::numeric_limits<U>::max()) : 255;
        if (wrong.empty()) wrong = wrong_alone<U>(stage, formula, 1e-6 * white, {133, 45});
    });
    return wrong;
}

} // namespace test

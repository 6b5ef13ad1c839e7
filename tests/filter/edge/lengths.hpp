// SPDX-License-Identifier: BSL-1.0
// The lengths of gradients by plain loops: kernels as written, and roots of whole numbers by whole numbers.
#pragma once

#include "support/functor.hpp"

#include <cmath>
#include <vector>

namespace test {

/// Factors, row by row, laid over the pixels around a pixel.
struct plain_kernel {
    std::vector<std::vector<int>> rows;

    static plain_kernel product(std::vector<int> const& down, std::vector<int> const& along) {
        plain_kernel k;
        for (int const d : down) {
            k.rows.emplace_back();
            for (int const a : along) k.rows.back().push_back(d * a);
        }
        return k;
    }
    double sum(auto const& at) const {
        double total = 0;
        int const middle = static_cast<int>(rows.size()) / 2;
        for (int j = 0; j <= 2 * middle; ++j)
            for (int i = 0; i <= 2 * middle; ++i)
                if (rows[j][i] != 0) total += rows[j][i] * at(i - middle, j - middle);
        return total;
    }
};

/// floor(sqrt(n) / divisor + 1/2), for an even divisor or 1.
inline std::int64_t rounded_root(std::int64_t n, std::int64_t divisor) {
    auto m = static_cast<std::int64_t>(std::sqrt(static_cast<double>(n)));
    while (m * m > n) --m;
    while ((m + 1) * (m + 1) <= n) ++m;
    if (divisor == 1) return m + (n > m * m + m);
    return (m + divisor / 2) / divisor;
}

/// sqrt(x^2 + y^2) / divisor of the sums with both kernels, as a channel of this kind holds it.
inline auto length_of(plain_kernel const& dx, plain_kernel const& dy, int divisor = 1) {
    return [=](auto const& at, channel_kind kind) {
        double const x = dx.sum(at), y = dy.sum(at), length = std::sqrt(x * x + y * y) / divisor;
        if (!kind.integral) return kind.stored(length);
        if (kind.bytes == 4) return kind.stored(std::floor(length + 0.5));
        return kind.stored(static_cast<double>(rounded_root(static_cast<std::int64_t>(x * x + y * y), divisor)));
    };
}

/// What is wrong with a stage of such a length, alone and in the engine.
std::string wrong_length(auto const& stage, auto const& formula) {
    std::string wrong;
    channel_types::each([&]<class T>() {
        if (wrong.empty()) wrong = wrong_alone<T>(stage, formula, std::floating_point<T> ? 1e-4 : 0);
    });
    return wrong.empty() ? wrong_in_engine<std::uint8_t>(stage, quoin::reflect_101) : wrong;
}

/// down^T along + along^T down of second derivatives and smoothing factors.
inline plain_kernel laplacian_kernel(std::vector<int> const& second, std::vector<int> const& smooth) {
    auto sum = plain_kernel::product(smooth, second);
    auto const down = plain_kernel::product(second, smooth);
    for (std::size_t j = 0; j < smooth.size(); ++j)
        for (std::size_t i = 0; i < smooth.size(); ++i) sum.rows[j][i] += down.rows[j][i];
    return sum;
}

/// What is wrong with a laplacian of this kernel, alone and in the engine. Sums of floats are rounded in each step.
std::string wrong_laplacian(auto const& stage, plain_kernel const& kernel) {
    std::string result;
    channel_types::each([&]<class T>() {
        auto const kind = kind_of_channel<quoin::gradient_t<T>>();
        auto const formula = [&](auto const& at, auto) { return kind.stored(kernel.sum(at)); };
        if (result.empty()) result = wrong_alone<T>(stage, formula, std::floating_point<T> ? 1e-2 : 0);
    });
    return result.empty() ? wrong_in_engine<std::uint8_t>(stage, quoin::reflect_101) : result;
}

} // namespace test

// SPDX-License-Identifier: BSL-1.0
// What stages that interpolate should give, by plain loops over both axes at once, and tests of such stages.
#pragma once

#include "support/oracle.hpp"

#include <cmath>

namespace test {

/// The real values; kernel(d) is the weight at a distance of less than 2.
template <class P, class Kernel>
plain<quoin::rebind_t<P, double>> interpolated(plain<P> const& in, extent size, Kernel const& kernel) {
    plain<quoin::rebind_t<P, double>> out(size);
    auto const place = [](index_t i, index_t n, index_t m) {
        return (static_cast<double>(i) + 0.5) * static_cast<double>(n) / static_cast<double>(m) - 0.5;
    };
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) {
            double const cx = place(x, in.size.width, size.width), cy = place(y, in.size.height, size.height);
            auto const left = static_cast<index_t>(std::floor(cx)), top = static_cast<index_t>(std::floor(cy));
            quoin::for_each_channel<P>([&](auto c) {
                double sum = 0;
                for (index_t j = top - 1; j <= top + 2; ++j)
                    for (index_t i = left - 1; i <= left + 2; ++i)
                        sum += kernel(std::abs(cx - static_cast<double>(i))) *
                               kernel(std::abs(cy - static_cast<double>(j))) *
                               static_cast<double>(quoin::get_channel<decltype(c)::value>(
                                   in(outside(quoin::replicate, i, in.size.width),
                                      outside(quoin::replicate, j, in.size.height))));
                quoin::get_channel<decltype(c)::value>(out(x, y)) = sum;
            });
        }
    return out;
}

inline std::vector<std::pair<extent, extent>> interpolated_sizes() {
    return {{{1, 1}, {5, 3}},   {{7, 5}, {1, 1}},   {{2, 131}, {131, 2}}, {{131, 2}, {2, 9}},
            {{64, 9}, {64, 9}}, {{65, 9}, {65, 4}}, {{60, 7}, {150, 9}},  {{300, 40}, {17, 6}}};
}

/// How far results are from the real values, in the worst pixel: `most` is allowed. Every evaluation must be the same.
template <class P, class Stage, class Kernel>
std::string check_interpolation(Stage const& stage_of, Kernel const& kernel, double most) {
    using T = quoin::channel_t<P>;
    unsigned seed = 40;
    for (auto const& [from, to] : interpolated_sizes()) {
        plain<P> const in = random_pixels<P>(from, ++seed, true);
        auto const real = interpolated(in, to, kernel);
        guarded<P> const source(in);
        plain<P> const got = evaluated(source.view() | stage_of(to));
        double worst = 0;
        for (std::size_t i = 0; i < got.data.size(); ++i)
            quoin::for_each_channel<P>([&](auto c) {
                double expected = quoin::get_channel<decltype(c)::value>(real.data[i]);
                if constexpr (!std::floating_point<T>) expected = clamped<T>(std::floor(expected + 0.5));
                double const value = static_cast<double>(quoin::get_channel<decltype(c)::value>(got.data[i]));
                worst = std::max(worst, std::abs(value - expected));
            });
        std::string wrong = worst <= most ? "" : std::to_string(worst) + " from the real value";
        if (wrong.empty()) wrong = check_pipeline(in, got, [&, to = to](auto v) { return v | stage_of(to); });
        if (!wrong.empty())
            return "seed " + std::to_string(seed) + ", to " + std::to_string(to.width) + " x " +
                   std::to_string(to.height) + ": " + wrong;
    }
    return {};
}

/// Whether images of one value stay as they are.
template <class Stage>
bool keeps_constants(Stage const& stage_of) {
    for (int value = 0; value < 256; ++value) {
        guarded<std::uint8_t> in({37, 5}), out({53, 4});
        for (index_t y = 0; y < 5; ++y)
            for (index_t x = 0; x < 37; ++x) in.view().store(x, y, static_cast<std::uint8_t>(value));
        quoin::run(vector_policies().front(), in.view() | stage_of(extent{53, 4}), out.view());
        for (index_t y = 0; y < 4; ++y)
            for (index_t x = 0; x < 53; ++x)
                if (out.view().load(x, y) != value) return false;
    }
    return true;
}

} // namespace test

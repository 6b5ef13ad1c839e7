// SPDX-License-Identifier: BSL-1.0
// What comes before a neural network: color bytes to floating-point planes of a known mean and spread.
#pragma once

#include <quoin/lanes/arithmetic.hpp>
#include <quoin/pipe/stage.hpp>

namespace bench {

inline constexpr float means[] = {0.485f, 0.456f, 0.406f}, deviations[] = {0.229f, 0.224f, 0.225f};

/// Pointwise: (v / 255 - mean) / deviation of each channel.
struct normalize {
    using vectorized = void;

    template <class P>
    QUOIN_INLINE auto operator()(P const& p) const {
        return quoin::rgb{channel<0>(p.r), channel<1>(p.g), channel<2>(p.b)};
    }

private:
    template <int C, class V>
    static QUOIN_INLINE auto channel(V const& v) {
        using quoin::convert; // unqualified below, so that the one for lanes is found as well
        auto const real = convert<float>(v);
        using F = std::remove_const_t<decltype(real)>;
        return real * F(1 / (255 * deviations[C])) - F(means[C] / deviations[C]);
    }
};

} // namespace bench

// SPDX-License-Identifier: BSL-1.0
// A local stage that is not symmetric, and the same as a plain loop.
#pragma once

#include "support/oracle.hpp"

namespace test {

/// The sum of a pixel and its right and lower neighbors, by bytes.
struct sum_of_three {
    static constexpr quoin::footprint footprint{0, 1, 0, 1};
    using channelwise = void;
    template <class Window>
    constexpr auto operator()(Window const& w) const {
        return static_cast<std::uint8_t>(w(0, 0) + w(1, 0) + w(0, 1));
    }
};
template <class P, class Border>
auto add_three(plain<P> const& in, Border border) {
    return local<std::uint8_t>(
        in, border, [](auto const& at) { return static_cast<std::uint8_t>(at(0, 0) + at(1, 0) + at(0, 1)); });
}

} // namespace test

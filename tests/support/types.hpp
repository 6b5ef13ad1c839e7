// SPDX-License-Identifier: BSL-1.0
// Lists of types that a test is made for, and shorter ones for builds with sanitizers.
#pragma once

#include <quoin/config.hpp>

#include <cstdint>
#include <string>
#include <type_traits>

namespace test {

template <class... T>
struct types {
    /// f.template operator()<T>() for each, in order.
    template <class F>
    static void each(F const& f) {
        (f.template operator()<T>(), ...);
    }
    /// What each of these calls says, joined.
    template <class F>
    static std::string all(F const& f) {
        std::string text;
        ((text += f.template operator()<T>()), ...);
        return text;
    }
};

/// The first list, or in a build with sanitizers the second: what they look for depends on the code, and that of the
/// types left out differs from that of one of the others by nothing that they see.
template <class All, class Sanitized>
using types_or = std::conditional_t<QUOIN_SANITIZED, Sanitized, All>;

/// All that filters are made for.
using channel_types =
    types_or<types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, std::int32_t, float, double>,
             types<std::uint8_t, std::uint16_t, std::int16_t, std::int32_t, float>>;

} // namespace test

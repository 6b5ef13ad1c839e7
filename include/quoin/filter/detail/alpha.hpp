// SPDX-License-Identifier: BSL-1.0
// What the operations on pixels with alpha share.
#pragma once

#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The types whose products and quotients with alpha are exact.
template <class T>
inline constexpr bool is_exact_color = std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t>;

/// c a / white of u8 and u16, rounded to nearest.
template <class V>
QUOIN_INLINE V times_alpha(V const& c, V const& a) {
    using T = scalar_t<V>;
    // (t + t / 2^n) / 2^n is t / (2^n - 1) rounded down, for all products t of two channels and a half.
    using U = std::conditional_t<sizeof(T) == 1, std::uint16_t, std::uint32_t>;
    constexpr int bits = 8 * sizeof(T);
    auto const t = convert<U>(c) * convert<U>(a) + U(U(1) << (bits - 1));
    return convert<T>((t + (t >> bits)) >> bits);
}

/// The pixel with f(color) for each channel but alpha.
template <concepts::transparent P, class F>
QUOIN_INLINE P with_colors(P const& p, F const& f) {
    return make_pixel<P>([&](auto i) QUOIN_LAMBDA_INLINE {
        auto const& value = get_channel<decltype(i)::value>(p);
        if constexpr (decltype(i)::value == pixel_traits<P>::alpha) return value;
        else return f(value);
    });
}

/// The base of the catalogue's entries of operations that leave pixels without alpha as they are.
template <class Entry>
struct entry_of_alpha : entry_of<Entry> {
    static constexpr bool leaves(int channels) { return channels < 4; }
};

} // namespace detail

QUOIN_NAMESPACE_END

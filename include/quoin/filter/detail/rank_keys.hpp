// SPDX-License-Identifier: BSL-1.0
// Values in the order in which rank filters take them, as integers.
#pragma once

#include <quoin/filter/detail/ordered_bits.hpp>
#include <quoin/pipe/kernel.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The integers that have the order of values T. Those of -0 and +0 follow each other, and that of every NaN is the
/// largest.
template <class T>
using rank_key_t = ordered_t<T>;

/// The key of a scalar or of lanes.
template <class V>
QUOIN_INLINE auto to_rank_key(V const& v) {
    using T = scalar_t<V>;
    if constexpr (std::integral<T>) {
        return v;
    } else {
        using K = rank_key_t<T>;
        auto const key = ordered_bits(bits_as<K>(v));
        using B = std::remove_const_t<decltype(key)>;
        auto const infinity = bits_as<K>(std::numeric_limits<T>::infinity());
        return select((key > B(infinity)) || (key < B(static_cast<K>(-1 - infinity))), B(highest<K>), key);
    }
}
/// The value of a key.
template <class T, class K>
QUOIN_INLINE auto from_rank_key(K const& key) {
    if constexpr (std::integral<T>) return key;
    else return bits_as<T>(ordered_bits(key));
}

/// The key of this rank, from 0, in a window of `side` x `side` pixels. It is found bit by bit: the next bit is set if
/// no more than `rank` keys are less than the number with this bit.
template <class Window>
QUOIN_INLINE auto select_rank(Window const& w, int side, int rank) {
    using T = typename Window::channel_type;
    using K = rank_key_t<T>;
    using U = std::make_unsigned_t<K>;
    using C = std::conditional_t<sizeof(T) == 1, std::uint16_t, U>; // counts, and one byte holds that of a row
    using V = std::remove_cvref_t<decltype(to_rank_key(w(0, 0)))>;
    constexpr U sign = std::signed_integral<K> ? static_cast<U>(U(1) << (8 * sizeof(K) - 1)) : U(0);
    int const r = side / 2;
    V found(static_cast<K>(sign)); // a V from the smallest to the largest number
    for (int bit = 8 * static_cast<int>(sizeof(K)) - 1; bit >= 0; --bit) {
        V const step(static_cast<K>(static_cast<U>(U(1) << bit)));
        V const next(found ^ step); // the bit of the sign is set first, and clear after that
        auto total = convert<C>(bits_as<U>(V(K(0))));
        for (int j = -r; j <= r; ++j) {
            V less(K(0));
            for (int i = -r; i <= r; ++i) less = V(less + select(to_rank_key(w(i, j)) < next, V(K(1)), V(K(0))));
            total = static_cast<decltype(total)>(total + convert<C>(bits_as<U>(less)));
        }
        using S = decltype(total);
        auto const keeps = select(total > S(static_cast<C>(rank)), S(C(0)), S(static_cast<C>(highest<U>)));
        found = V(found ^ (step & bits_as<K>(convert<U>(keeps))));
    }
    return found;
}

template <class V>
QUOIN_INLINE void sort_two(V& a, V& b) {
    V const low = min(a, b);
    b = max(a, b);
    a = low;
}
template <class V>
QUOIN_INLINE void sort_three(V& a, V& b, V& c) {
    sort_two(b, c);
    sort_two(a, b);
    sort_two(b, c);
}

/// The middle one of nine keys, of three columns that are sorted.
template <class V>
QUOIN_INLINE V middle_of_sorted(V const (&a)[3], V const (&b)[3], V const (&c)[3]) {
    V low = max(max(a[0], b[0]), c[0]);
    V high = min(min(a[2], b[2]), c[2]);
    V less = a[1], more = b[1];
    sort_two(less, more);
    V const middle = max(less, min(more, c[1]));
    sort_two(low, high);
    return max(low, min(middle, high));
}

/// The middle one of the nine keys at(dx, dy) around a pixel.
template <class At>
QUOIN_INLINE auto middle_of_nine(At const& at) {
    using V = std::remove_cvref_t<decltype(at(0, 0))>;
    V v[3][3] = {{at(-1, -1), at(-1, 0), at(-1, 1)}, {at(0, -1), at(0, 0), at(0, 1)}, {at(1, -1), at(1, 0), at(1, 1)}};
    for (auto& column : v) sort_three(column[0], column[1], column[2]);
    return middle_of_sorted(v[0], v[1], v[2]);
}

} // namespace detail

QUOIN_NAMESPACE_END

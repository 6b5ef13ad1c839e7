// SPDX-License-Identifier: BSL-1.0
// The angle of a vector, for scalars and lanes.
#pragma once

#include <quoin/lanes/arithmetic.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The angle of (x, y), floats, in [-pi, pi], from the first axis towards the second one; 0 of (0, 0), whatever the
/// signs of the zeros. Within 4e-7 of the real value. Of the smaller number by the larger one, t, it is a polynomial of
/// t^2 times t, whose largest error on [0, 1] is as small as 8 terms allow (3.8e-8, before it is rounded).
template <class V>
QUOIN_INLINE V angle_of(V const& x, V const& y) {
    constexpr float terms[] = {-0.0040543648f, 0.021862207f, -0.055911213f, 0.096421137f,
                               -0.139085963f,  0.199465588f, -0.333298594f, 0.999999344f};
    V const none(0.0f), ax = abs(x), ay = abs(y), large = max(ax, ay), small = min(ax, ay);
    V const t = small / select(large > none, large, V(1.0f)), square = t * t;
    V sum(terms[0]);
    for (int i = 1; i < 8; ++i) sum = sum * square + V(terms[i]);
    V const part = sum * t;
    V const quarter = select(ay > ax, V(1.57079633f) - part, part);
    V const half = select(x < none, V(3.14159265f) - quarter, quarter);
    return select(y < none, none - half, half);
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// What the stages of colors share.
#pragma once

#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The pixel p with these values as red, green and blue. Other channels, such as alpha, stay.
template <concepts::color P, class V>
QUOIN_INLINE P with_rgb(P const& p, V const& red, V const& green, V const& blue) {
    using traits = pixel_traits<P>;
    return make_pixel<P>([&](auto i) QUOIN_LAMBDA_INLINE {
        constexpr int c = decltype(i)::value;
        if constexpr (c == traits::red) return red;
        else if constexpr (c == traits::green) return green;
        else if constexpr (c == traits::blue) return blue;
        else return get_channel<c>(p);
    });
}

} // namespace detail

QUOIN_NAMESPACE_END

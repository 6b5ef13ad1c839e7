// SPDX-License-Identifier: BSL-1.0
// The pixels of which regions are made.
#pragma once

#include <quoin/filter/point/threshold.hpp>

namespace examples {

/// Pointwise: white where the value is above the level, or where it is not; black elsewhere.
struct foreground {
    using vectorized = void;
    using channelwise = void;
    quoin::threshold_fn above;
    bool inverted;

    foreground(quoin::index_t level, bool inverse)
        : above(quoin::threshold(static_cast<double>(level))), inverted(inverse) {}

    template <quoin::concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        V const set = above(v);
        return inverted ? V(quoin::white<quoin::scalar_t<V>>) - set : set;
    }
};

} // namespace examples

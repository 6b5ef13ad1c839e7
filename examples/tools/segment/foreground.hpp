// SPDX-License-Identifier: BSL-1.0
// Which pixels of an image quoin-segment takes for the foreground, as a stage.
#pragma once

#include <quoin/filter/point/threshold.hpp>

namespace examples {

/// Pointwise: white where the value is above the level, or where it is not; black elsewhere.
struct foreground {
    using vectorized = void;
    using channelwise = void;
    quoin::threshold_fn above;
    bool inverted;

    template <quoin::concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        V const set = above(v);
        return inverted ? V(quoin::white<quoin::scalar_t<V>>) - set : set;
    }
};

inline foreground foreground_of(quoin::index_t level, bool inverted) {
    return {quoin::threshold(static_cast<double>(level)), inverted};
}

} // namespace examples

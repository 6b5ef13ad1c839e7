// SPDX-License-Identifier: BSL-1.0
// Which pixels of an image quoin-segment takes for the foreground, as pipelines.
#pragma once

#include <quoin/filter/gray.hpp>
#include <quoin/filter/threshold.hpp>
#include <quoin/pipe/pipeline.hpp>

namespace examples {

/// Pointwise: white where the value is above the level, or where it is not; black elsewhere.
struct foreground {
    using vectorised = void;
    using channelwise = void;
    quoin::threshold_fn above;
    bool inverted;

    template <quoin::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        V const set = above(v);
        return inverted ? V(quoin::white<quoin::scalar_t<V>>) - set : set;
    }
};

inline foreground foreground_of(quoin::index_t level, bool inverted) {
    return {quoin::threshold(static_cast<double>(level)), inverted};
}

/// The gray pixels of a view.
template <class View>
auto gray_pipeline(View const& pixels) {
    if constexpr (quoin::channels_v<typename View::pixel_type> == 1) return quoin::as_pipeline(pixels);
    else return pixels | quoin::gray;
}

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// The gray values of the pixels as which a file is read.
#pragma once

#include <quoin/filter/color/gray.hpp>
#include <quoin/pipe/pipeline.hpp>

namespace examples {

/// The gray pixels of a view.
template <class View>
auto gray_pipeline(View const& pixels) {
    if constexpr (quoin::channels_v<typename View::pixel_type> == 1) return quoin::as_pipeline(pixels);
    else return pixels | quoin::gray;
}

} // namespace examples

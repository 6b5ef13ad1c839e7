// SPDX-License-Identifier: BSL-1.0
// read_limits: what an image file may cost before it is refused.
#pragma once

#include <quoin/core/geometry.hpp>

QUOIN_NAMESPACE_BEGIN

/// Checked against a file's header before a pixel is decoded, and against the decoder's memory while it runs.
struct read_limits {
    index_t max_pixels = index_t{1} << 30; ///< width x height
    index_t max_bytes = index_t{4} << 30;  ///< the image returned and all of the decoder's memory, at the same time
};

QUOIN_NAMESPACE_END

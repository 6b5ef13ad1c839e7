// SPDX-License-Identifier: BSL-1.0
// read_limits: limits on the pixels and the memory of an image file.
#pragma once

#include <quoin/core/geometry.hpp>

QUOIN_NAMESPACE_BEGIN

/// Limits on reading a file. They are checked against the file's header before any pixel is decoded, and against the
/// decoder's memory while it runs.
struct read_limits {
    index_t max_pixels = index_t{1} << 30; ///< width x height
    index_t max_bytes = index_t{4} << 30;  ///< the returned image and the decoder's memory together
};

QUOIN_NAMESPACE_END

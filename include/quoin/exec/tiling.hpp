// SPDX-License-Identifier: BSL-1.0
// tiling: how an evaluation is cut up and written.
#pragma once

#include <quoin/core/geometry.hpp>

QUOIN_NAMESPACE_BEGIN

/// Whether what is written stays in the caches, for who reads it soon, or goes past them, which spares memory the
/// reading of what is overwritten. `automatic` goes past them where source and result together are larger than two
/// thirds of the last cache, which other programs use too: much of the result would not be found there anyway.
enum class store_hint { automatic, cached, streaming };

/// How an evaluation is cut up and written; 0 means that the engine chooses. No choice changes a result.
struct tiling {
    index_t strip_rows = 0;                    ///< rows of a block, the unit that goes to a thread
    index_t tile_columns = 0;                  ///< columns of a block, rounded up to a multiple of 64
    store_hint stores = store_hint::automatic; ///< of `run` into rows that begin at multiples of a register's bytes
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// tiling: the division of an evaluation into blocks, the kind of its stores, and its memory.
#pragma once

#include <quoin/core/geometry.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stores of a result. `cached` stores keep the result in the caches, for code that reads it soon. `streaming`
/// stores bypass the caches, so that the memory is not read before it is overwritten. `automatic` streams if source and
/// result together are larger than two thirds of the last-level cache, and at least 4 MiB. Other programs use that
/// cache too, so it would keep little of such a result.
enum class store_hint { automatic, cached, streaming };

class workspace;

/// The division of an evaluation into blocks, the kind of its stores, and its memory. 0 means that the engine chooses.
/// No choice changes a result.
struct tiling {
    index_t strip_rows = 0;                    ///< rows of a block, the unit of work of a thread
    index_t tile_columns = 0;                  ///< columns of a block, rounded up to a multiple of 64
    store_hint stores = store_hint::automatic; ///< for `run` into rows that are aligned to the size of a register
    workspace* memory = nullptr;               ///< reused for the lines of local stages; null: they are allocated
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// workspace: the memory of an evaluation, kept for the next one.
#pragma once

#include <quoin/core/detail/spares.hpp>
#include <quoin/exec/line/line_memory.hpp>

#include <algorithm>

QUOIN_NAMESPACE_BEGIN

namespace detail {
class block_memory;
}

/// Keeps the lines of local stages from one evaluation to the next:
///     workspace memory;
///     for (auto const& frame : frames) run(simd{}, frame | gaussian5, result, {.memory = &memory});
/// Without it, each block of an evaluation allocates its lines and releases them. With it, an evaluation that needs no
/// more than an earlier one allocates nothing. It serves one evaluation at a time, on any number of threads. It holds
/// as much memory as the largest evaluation needed: a few lines for each local stage and thread. Results do not depend
/// on it. A copy keeps nothing.
class workspace {
    friend class detail::block_memory;

    detail::spares<detail::kept_memory> lines_;
};

namespace detail {

/// The memory for one block, lent by a workspace. Null stands for no workspace.
class block_memory {
public:
    /// Prepares for blocks on this many threads.
    static constexpr void prepare(workspace* from, int threads) {
        if (from) from->lines_.prepare(threads);
    }

    /// Makes the memory of each thread as large as any block needed, so that the next evaluation of the same blocks
    /// allocates nothing, whichever thread takes which block. No memory may be lent.
    static void level(workspace* from) {
        if (!from) return;
        index_t most = 0;
        from->lines_.for_each([&](kept_memory const& m) { most = std::max(most, m.most()); });
        from->lines_.for_each([&](kept_memory& m) { m.reserve(most); });
    }

    constexpr explicit block_memory(workspace* from) {
        if (!from) return;
        lent_ = from->lines_.borrow();
        if (lent_) lent_->value.rewind();
    }
    block_memory(block_memory const&) = delete;
    block_memory& operator=(block_memory const&) = delete;
    constexpr ~block_memory() {
        if (lent_) spares<kept_memory>::give_back(lent_);
    }

    /// Null stands for the heap.
    constexpr line_memory* get() const { return lent_ ? &lent_->value : nullptr; }

private:
    spares<kept_memory>::place* lent_ = nullptr;
};

} // namespace detail

QUOIN_NAMESPACE_END

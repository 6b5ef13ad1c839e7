// SPDX-License-Identifier: BSL-1.0
// value_range: the values that occur, of counts of all.
#pragma once

#include <quoin/core/geometry.hpp>

#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The number of pixels, and the smallest and the largest value that occurs, of which counts[v] have the value v.
struct value_range {
    index_t total = 0, first = 0, last = 0;

    explicit value_range(std::vector<index_t> const& counts) {
        for (index_t v = 0; v < static_cast<index_t>(counts.size()); ++v) {
            index_t const count = counts[static_cast<std::size_t>(v)];
            if (count == 0) continue;
            if (total == 0) first = v;
            last = v;
            total += count;
        }
    }
};

} // namespace detail

QUOIN_NAMESPACE_END

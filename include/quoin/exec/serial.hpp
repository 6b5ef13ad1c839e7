// SPDX-License-Identifier: BSL-1.0
// serial: one pixel a step on the calling thread. It is the reference for every other policy.
#pragma once

#include <quoin/exec/policy.hpp>

QUOIN_NAMESPACE_BEGIN

/// Evaluates on the calling thread, in order, one pixel a step.
struct serial {
    using lanes = scalar_lanes;

    constexpr int concurrency() const { return 1; }
    std::string name() const { return "serial"; }

    template <class F>
    constexpr void bulk(index_t n, F const& f) const {
        for (index_t i = 0; i < n; ++i) f(i);
    }
};

QUOIN_NAMESPACE_END

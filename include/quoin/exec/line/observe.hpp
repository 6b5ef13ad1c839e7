// SPDX-License-Identifier: BSL-1.0
// How a policy sees the rows of the line engine as they are computed, and how such policies nest.
#pragma once

#include <quoin/exec/line/blocks.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// What stands for the evaluation of a policy that does not observe, below one that does.
struct unobserved_block {
    row_observer* observer() const { return nullptr; }
};

template <class Policy>
struct unobserved_evaluation {
    Policy const& policy;

    template <class F>
    void bulk(index_t n, F const& f) const {
        policy.bulk(n, f);
    }
    unobserved_block block(index_t, rect) const { return {}; }
};

/// The evaluation under a policy that another one stands on.
template <class Policy, class Pipeline>
auto evaluation_of(Policy const& policy, Pipeline const& p, blocks const& b) {
    if constexpr (concepts::observing_policy<Policy, Pipeline>) return policy.observe(p, b);
    else return unobserved_evaluation<Policy>{policy};
}

} // namespace detail

QUOIN_NAMESPACE_END

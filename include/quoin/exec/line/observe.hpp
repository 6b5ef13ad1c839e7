// SPDX-License-Identifier: BSL-1.0
// The observation of the line engine's rows by a policy, and the nesting of such policies.
#pragma once

#include <quoin/exec/line/blocks.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The block of a policy that does not observe, below one that does.
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

/// The evaluation under the inner policy of an observing one.
template <class Policy, class Pipeline>
auto evaluation_of(Policy const& policy, Pipeline const& p, blocks const& b) {
    if constexpr (concepts::observing_policy<Policy, Pipeline>) return policy.observe(p, b);
    else return unobserved_evaluation<Policy>{policy};
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// How a policy sees the rows of the line engine as they are computed, and how such policies nest.
#pragma once

#include <quoin/exec/line/blocks.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A policy that has observe(pipeline, blocks) is asked for one object for each evaluation of a pipeline:
///     bulk(n, f)         runs f(0) ... f(n - 1) as the policy's bulk does
///     block(i, where)    an object that lives on the thread while block i is computed
/// and that one for observer(), the row_observer of its block, null for none. These are what stands for it below a
/// policy that observes.
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
    if constexpr (requires { policy.observe(p, b); }) return policy.observe(p, b);
    else return unobserved_evaluation<Policy>{policy};
}

template <class Policy>
concept has_host = requires(Policy const& p) { p.host(); };
template <class Policy, class Pipeline, class Out>
concept runs_pipelines = requires(Policy const& p, Pipeline const& what, Out const& out) {
    p.run_pipeline(what, out, tiling{});
};

} // namespace detail

QUOIN_NAMESPACE_END

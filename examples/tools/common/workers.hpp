// SPDX-License-Identifier: BSL-1.0
// workers: a policy that was chosen at run time, behind types that algorithms are compiled for once.
#pragma once

#include "observation.hpp"

#include <quoin/exec/any_policy.hpp>
#include <quoin/observe/trace.hpp>
#include <quoin/observe/watched.hpp>

#if QUOIN_WITH_SIMD
#include <quoin/lanes/simd_lanes.hpp>
#endif

namespace examples {

template <class Lanes>
using observed_policy = quoin::traced_policy<quoin::watched_policy<quoin::any_policy<Lanes>>>;

/// Threads and lanes, observed. What is done on a device goes to its host.
class workers {
public:
    template <quoin::concepts::policy Policy>
    workers(Policy const& p, observation const& seen) : workers(p, seen.token(), seen.trace()) {}

    template <quoin::concepts::policy Policy>
    explicit workers(Policy const& p, std::stop_token const& token = {}, quoin::trace* trace = nullptr)
        : threads_(observed<quoin::scalar_lanes>(p, token, trace))
#if QUOIN_WITH_SIMD
          ,
          vectors_(observed<quoin::simd_lanes>(p, token, trace)), with_vectors_(Policy::lanes::count > 1)
#endif
    {
    }

    int concurrency() const { return threads_.concurrency(); }

    /// The policy for work on masks and labels, which has no lanes.
    observed_policy<quoin::scalar_lanes> const& threads() const { return threads_; }

    /// f(policy) with the lanes of the policy that was chosen, for what evaluates pipelines.
    template <class F>
    auto on_lanes(F const& f) const {
#if QUOIN_WITH_SIMD
        if (with_vectors_) return f(vectors_);
#endif
        return f(threads_);
    }

private:
    template <class Lanes, class Policy>
    static observed_policy<Lanes> observed(Policy const& p, std::stop_token const& token, quoin::trace* trace) {
        if constexpr (quoin::concepts::hosted_policy<Policy>) return observed<Lanes>(p.host(), token, trace);
        else return quoin::traced(quoin::watched(quoin::any_policy<Lanes>::of(p), {token, {}}), trace);
    }

    observed_policy<quoin::scalar_lanes> threads_;
#if QUOIN_WITH_SIMD
    observed_policy<quoin::simd_lanes> vectors_;
    bool with_vectors_;
#endif
};

} // namespace examples

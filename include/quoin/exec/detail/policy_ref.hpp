// SPDX-License-Identifier: BSL-1.0
// A reference to a policy of any type, for the duration of a call.
#pragma once

#include <quoin/exec/policy.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Work on masks runs under this policy, so it is compiled once for all policies of a program. The policy must outlive
/// the reference. Members of a policy other than its four are lost. Cost: one call through a pointer for each call of
/// `bulk`, and one for each call of f.
class policy_ref {
public:
    using lanes = scalar_lanes;

    /// A function, because the concept check of a converting constructor would depend on itself.
    template <concepts::policy Policy>
    static policy_ref to(Policy const& p) {
        if constexpr (std::same_as<Policy, policy_ref>) return p;
        else return policy_ref(&p, &calls_of<Policy>);
    }

    int concurrency() const { return calls_->concurrency(policy_); }
    std::string name() const { return calls_->name(policy_); }
    template <class F>
    void bulk(index_t n, F const& f) const {
        calls_->bulk(policy_, n, {&f, [](void const* g, index_t i) { (*static_cast<F const*>(g))(i); }});
    }

private:
    struct work {
        void const* f;
        void (*call)(void const* f, index_t i);

        void operator()(index_t i) const { call(f, i); }
    };
    struct calls {
        int (*concurrency)(void const* policy);
        std::string (*name)(void const* policy);
        void (*bulk)(void const* policy, index_t n, work const& f);
    };
    template <class Policy>
    static constexpr calls calls_of{
        [](void const* p) { return static_cast<int>(static_cast<Policy const*>(p)->concurrency()); },
        [](void const* p) { return std::string(static_cast<Policy const*>(p)->name()); },
        [](void const* p, index_t n, work const& f) { static_cast<Policy const*>(p)->bulk(n, f); }};

    policy_ref(void const* policy, calls const* c) : policy_(policy), calls_(c) {}

    void const* policy_;
    calls const* calls_;
};

} // namespace detail

QUOIN_NAMESPACE_END

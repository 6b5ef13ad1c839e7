// SPDX-License-Identifier: BSL-1.0
// any_policy: a policy that is chosen at run time.
#pragma once

#include <quoin/exec/policy.hpp>

#include <functional>

QUOIN_NAMESPACE_BEGIN

/// Any policy behind one type, so that a pipeline is compiled once for all policies with these lanes, and not once for
/// each. Another's `lanes` may differ, and these then count; what else it has beside the four members of a policy is
/// forgotten. Cost: an indirect call for each call of `bulk` and of its f.
template <class Lanes>
class any_policy {
public:
    using lanes = Lanes;

    /// A function and no constructor, which would ask whether this class is a policy while it is asked just that.
    template <concepts::policy Policy>
    static any_policy of(Policy const& p) {
        any_policy result;
        result.concurrency_ = p.concurrency();
        result.name_ = p.name();
        result.bulk_ = [p](index_t n, std::function<void(index_t)> const& f) { p.bulk(n, f); };
        return result;
    }

    int concurrency() const { return concurrency_; }
    std::string name() const { return name_; }
    template <class F>
    void bulk(index_t n, F const& f) const {
        bulk_(n, std::cref(f));
    }

private:
    int concurrency_ = 1;
    std::string name_;
    std::function<void(index_t, std::function<void(index_t)> const&)> bulk_;
};

QUOIN_NAMESPACE_END

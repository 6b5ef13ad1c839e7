// SPDX-License-Identifier: BSL-1.0
// any_policy: a policy that is chosen at run time.
#pragma once

#include <quoin/exec/policy.hpp>

#include <functional>

QUOIN_NAMESPACE_BEGIN

/// Holds any policy behind one type. A pipeline is then compiled once for all policies with these lanes, not once for
/// each. The wrapped policy may have other lanes; `Lanes` is used. Members other than the four of a policy are lost.
/// Cost: one indirect call for each call of `bulk` and of its f.
template <class Lanes>
class any_policy {
public:
    using lanes = Lanes;

    /// A function, because the concept check of a converting constructor would depend on itself.
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

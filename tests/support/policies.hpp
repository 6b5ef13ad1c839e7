// SPDX-License-Identifier: BSL-1.0
// All policies of this machine behind one type for each lane family, so that a test instantiates a pipeline
// twice and not once for each policy.
#pragma once

#include <quoin/exec/policy.hpp>
#include <quoin/lanes/simd_lanes.hpp>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace test {

/// Another policy with its type forgotten; `lanes` is what remains.
template <class Lanes>
class erased_policy {
public:
    using lanes = Lanes;

    // No constructor: a constructor from any policy would ask whether this class is one while it is asked
    // just that.
    template <class Policy>
    static erased_policy of(Policy const& policy) {
        erased_policy result;
        result.name_ = policy.name();
        result.concurrency_ = policy.concurrency();
        result.bulk_ = [policy](quoin::index_t n, std::function<void(quoin::index_t)> const& f) {
            policy.bulk(n, f);
        };
        return result;
    }

    int concurrency() const { return concurrency_; }
    std::string name() const { return name_; }

    template <class F>
    void bulk(quoin::index_t n, F const& f) const {
        bulk_(n, std::cref(f));
    }

private:
    std::string name_;
    int concurrency_ = 1;
    std::function<void(quoin::index_t, std::function<void(quoin::index_t)> const&)> bulk_;
};

/// serial first, then every other policy with one pixel a step. Defined in the policies.cpp of each folder
/// that asks.
std::vector<erased_policy<quoin::scalar_lanes>> const& scalar_policies();
/// The policies with vectors.
std::vector<erased_policy<quoin::simd_lanes>> const& vector_policies();

} // namespace test

// SPDX-License-Identifier: BSL-1.0
// The policies that the tests run under.
#include "support/policies.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/parallel.hpp>
#include <quoin/exec/parallel_simd.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>

namespace test {

std::vector<scalar_policy> const& scalar_policies() {
    static std::vector<scalar_policy> const all{
        scalar_policy::of(quoin::serial{}), scalar_policy::of(quoin::parallel(3)), scalar_policy::of(thread_policy{2}),
        scalar_policy::of(backwards_policy{})};
    return all;
}

std::vector<vector_policy> const& vector_policies() {
    static std::vector<vector_policy> const all{vector_policy::of(quoin::simd{}),
                                                vector_policy::of(quoin::parallel_simd(2))};
    return all;
}

} // namespace test

// SPDX-License-Identifier: BSL-1.0
// The execution policy by its name.
#pragma once

#include <quoin/exec/any_policy.hpp>
#include <quoin/lanes/scalar_lanes.hpp>
#if QUOIN_WITH_SIMD
#include <quoin/lanes/simd_lanes.hpp>
#endif

#include <string>
#include <string_view>
#include <vector>

namespace quoin_python {

/// The lanes for which the module is compiled. Chains that are evaluated with lanes of several pixels use the best
/// instruction set of the machine for which quoin::runtime is compiled.
#if QUOIN_WITH_SIMD
using lanes = quoin::simd_lanes;
#else
using lanes = quoin::scalar_lanes;
#endif
using policy = quoin::any_policy<lanes>;
using scalar_policy = quoin::any_policy<quoin::scalar_lanes>;

/// The names of the policies that this build has; the last one is the fastest.
std::vector<std::string> policy_names();

/// The policy of a name with so many threads; 0: as many as the process may use. Each is made once, and stays.
struct chosen_policy {
    policy const* vectors;        ///< as it is, or with the lanes of the module in place of its own
    scalar_policy const* scalars; ///< null for a policy with vectors
};
/// @throws quoin::invalid_argument for a name that this build does not have, and unless 0 <= threads <= 4096.
chosen_policy find_policy(std::string_view name, int threads);

/// For what has the same bytes with all lanes, and is compiled for those of the module alone.
inline policy const& vector_policy(std::string_view name, int threads) {
    return *find_policy(name, threads).vectors;
}

} // namespace quoin_python

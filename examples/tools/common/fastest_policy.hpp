// SPDX-License-Identifier: BSL-1.0
// The fastest policy that this build has on a CPU.
#pragma once

#include <quoin/exec/any_policy.hpp>

#if QUOIN_WITH_SIMD
#include <quoin/lanes/simd_lanes.hpp>
#endif

namespace examples {

#if QUOIN_WITH_SIMD
using fastest_lanes = quoin::simd_lanes;
#else
using fastest_lanes = quoin::scalar_lanes;
#endif

/// With so many threads where it has threads; 0: as many as the process may use.
quoin::any_policy<fastest_lanes> fastest_policy(int threads = 0);

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// All policies of this machine behind one type for each lane family, so that a test instantiates a pipeline
// twice and not once for each policy.
#pragma once

#include <quoin/exec/any_policy.hpp>
#include <quoin/lanes/simd_lanes.hpp>

#include <vector>

namespace test {

using scalar_policy = quoin::any_policy<quoin::scalar_lanes>;
using vector_policy = quoin::any_policy<quoin::simd_lanes>;

/// serial first, then every other policy with one pixel a step.
std::vector<scalar_policy> const& scalar_policies();
/// The policies with vectors.
std::vector<vector_policy> const& vector_policies();

} // namespace test

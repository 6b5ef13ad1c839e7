// SPDX-License-Identifier: BSL-1.0
// Times the sums of second derivatives.
#include "support/jobs.hpp"

#include <quoin/filter/edge/laplacian.hpp>

namespace {

bool const four_neighbors = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "laplacian", [](auto view) { return view | quoin::laplacian<1>; });
bool const of_5 =
    bench::add_pipeline<std::uint8_t>("laplacian=5", [](auto view) { return view | quoin::laplacian<5>; });

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times the second derivatives of blurs.
#include "support/jobs.hpp"

#include <quoin/filter/edge/laplacian_of_gaussian.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "laplacian_of_gaussian", [](auto view) { return view | quoin::laplacian_of_gaussian(1.4); });

} // namespace

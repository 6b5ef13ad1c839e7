// SPDX-License-Identifier: BSL-1.0
// Times the differences of two blurs.
#include "support/jobs.hpp"

#include <quoin/filter/edge/difference_of_gaussians.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "difference_of_gaussians", [](auto view) { return view | quoin::difference_of_gaussians(1, 1.6); });

} // namespace

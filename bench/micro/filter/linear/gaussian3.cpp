// SPDX-License-Identifier: BSL-1.0
// Times the 3x3 binomial blur.
#include "support/jobs.hpp"

#include <quoin/filter/linear/gaussian3.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "gaussian3", [](auto view) { return view | quoin::gaussian3; });

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times the 5x5 binomial blur.
#include "support/jobs.hpp"

#include <quoin/filter/linear/gaussian5.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "gaussian5", [](auto view) { return view | quoin::gaussian5; });

} // namespace

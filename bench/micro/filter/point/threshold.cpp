// SPDX-License-Identifier: BSL-1.0
// Times a fixed level.
#include "support/jobs.hpp"

#include <quoin/filter/point/threshold.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "threshold", [](auto view) { return view | quoin::threshold(127); });

} // namespace

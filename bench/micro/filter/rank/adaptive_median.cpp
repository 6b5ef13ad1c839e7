// SPDX-License-Identifier: BSL-1.0
// Times adaptive medians up to 7 x 7.
#include "support/jobs.hpp"

#include <quoin/filter/rank/adaptive_median.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "adaptive_median-7", [](auto view) { return view | quoin::adaptive_median(7); });

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times the scores of FAST corners.
#include "support/jobs.hpp"

#include <quoin/filter/corner/fast_score.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "fast_score", [](auto view) { return view | quoin::fast_score(20); });

} // namespace

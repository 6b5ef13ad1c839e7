// SPDX-License-Identifier: BSL-1.0
// Times the smallest value of a square; the largest costs as much.
#include "support/jobs.hpp"

#include <quoin/filter/rank/rank_min.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, float>("rank_min-3", [](auto view) { return view | quoin::rank_min(3); }) &&
    bench::add_pipeline<std::uint8_t, float>("rank_min-15", [](auto view) { return view | quoin::rank_min(15); });

} // namespace

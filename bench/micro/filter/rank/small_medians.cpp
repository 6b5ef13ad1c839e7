// SPDX-License-Identifier: BSL-1.0
// Times medians of crosses, and weighted ones.
#include "support/jobs.hpp"

#include <quoin/filter/rank/small_medians.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("median_cross-3",
                                                            [](auto view) { return view | quoin::median_cross(3); }) &&
    bench::add_pipeline<std::uint8_t>("median_cross-5", [](auto view) { return view | quoin::median_cross(5); }) &&
    bench::add_pipeline<std::uint8_t>("median_weighted-5", [](auto view) { return view | quoin::median_weighted(5); });

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times medians: networks of side 3, 5 and 7, and histograms of side 15 and 31.
#include "support/jobs.hpp"

#include <quoin/filter/rank/median.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("median-3",
                                                            [](auto view) { return view | quoin::median(3); }) &&
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("median-5",
                                                            [](auto view) { return view | quoin::median(5); }) &&
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("median-7",
                                                            [](auto view) { return view | quoin::median(7); }) &&
    bench::add_pipeline<std::uint8_t>("median-15", [](auto view) { return view | quoin::median(15); }) &&
    bench::add_pipeline<std::uint8_t>("median-31", [](auto view) { return view | quoin::median(31); });

} // namespace

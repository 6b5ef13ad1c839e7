// SPDX-License-Identifier: BSL-1.0
// Times medians: networks of sides to 9, histograms of bytes of side 15 and 31, and tiles of wider channels.
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
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("median-9",
                                                            [](auto view) { return view | quoin::median(9); }) &&
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("median-15",
                                                            [](auto view) { return view | quoin::median(15); }) &&
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("median-31",
                                                            [](auto view) { return view | quoin::median(31); }) &&
    bench::add_pipeline<std::uint16_t, float>("median-101", [](auto view) { return view | quoin::median(101); });

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times the bilateral filter of diameter 5 and 9.
#include "support/jobs.hpp"

#include <quoin/filter/smooth/bilateral.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, quoin::rgb8, std::uint16_t>(
        "bilateral-9", [](auto view) { return view | quoin::bilateral(9, 25, 3); }) &&
    bench::add_pipeline<std::uint8_t>("bilateral-5", [](auto view) { return view | quoin::bilateral(5, 25, 2); }) &&
    bench::add_pipeline<float>("bilateral-9", [](auto view) { return view | quoin::bilateral(9, 0.1, 3); });

} // namespace

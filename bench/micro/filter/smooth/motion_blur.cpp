// SPDX-License-Identifier: BSL-1.0
// Times the mean along a line of 15 pixels at 30 degrees.
#include "support/jobs.hpp"

#include <quoin/filter/smooth/motion_blur.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "motion-blur-15", [](auto view) { return view | quoin::motion_blur(15, 30); });

} // namespace

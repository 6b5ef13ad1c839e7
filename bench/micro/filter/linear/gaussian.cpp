// SPDX-License-Identifier: BSL-1.0
// Times the blur of sigma 3, 19 x 19 pixels.
#include "support/jobs.hpp"

#include <quoin/filter/linear/gaussian.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "gaussian-3", [](auto view) { return view | quoin::gaussian(3); });

} // namespace

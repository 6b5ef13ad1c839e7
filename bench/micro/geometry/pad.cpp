// SPDX-License-Identifier: BSL-1.0
// Times pad: 16 pixels on each side.
#include "support/jobs.hpp"

#include <quoin/geometry/pad.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float, quoin::rgb8, quoin::rgba8>(
    "pad-16", [](auto view) { return view | quoin::pad(16, 16, 16, 16); });

} // namespace

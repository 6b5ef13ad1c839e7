// SPDX-License-Identifier: BSL-1.0
// Times pyramid_down: half the size.
#include "support/jobs.hpp"

#include <quoin/geometry/pyramid_down.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float, quoin::rgb8>(
    "pyramid-down", [](auto view) { return view | quoin::pyramid_down; });

} // namespace

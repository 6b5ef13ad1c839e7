// SPDX-License-Identifier: BSL-1.0
// Times warp_perspective.
#include "support/jobs.hpp"
#include "support/maps.hpp"

#include <quoin/geometry/warp_perspective.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, float, quoin::rgb8>(
    "warp-perspective", [](auto view) { return view | quoin::warp_perspective(bench::tilted); });

} // namespace

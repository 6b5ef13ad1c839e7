// SPDX-License-Identifier: BSL-1.0
// Times the lengths and angles of gradients.
#include "support/jobs.hpp"

#include <quoin/filter/edge/sobel_polar.hpp>

namespace {

bool const both =
    bench::add_pipeline<std::uint8_t, float>("sobel_polar", [](auto view) { return view | quoin::sobel_polar; });
bool const angles =
    bench::add_pipeline<std::uint8_t>("sobel_angle", [](auto view) { return view | quoin::sobel_angle; });

} // namespace

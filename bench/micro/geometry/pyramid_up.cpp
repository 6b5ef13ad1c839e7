// SPDX-License-Identifier: BSL-1.0
// Times pyramid_up: twice the size.
#include "support/jobs.hpp"

#include <quoin/geometry/pyramid_up.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, float, quoin::rgb8>(
    "pyramid-up", [](auto view) { return view | quoin::pyramid_up; });

} // namespace

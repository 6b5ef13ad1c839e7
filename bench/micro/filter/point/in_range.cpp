// SPDX-License-Identifier: BSL-1.0
// Times the test of colors against bounds.
#include "support/jobs.hpp"

#include <quoin/filter/point/in_range.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, float, quoin::rgb8>(
    "in_range", [](auto view) { return view | quoin::in_range(20, 200); });

} // namespace

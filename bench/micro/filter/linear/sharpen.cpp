// SPDX-License-Identifier: BSL-1.0
// Times the 3x3 sharpening.
#include "support/jobs.hpp"

#include <quoin/filter/linear/sharpen.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "sharpen", [](auto view) { return view | quoin::sharpen; });

} // namespace

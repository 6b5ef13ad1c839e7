// SPDX-License-Identifier: BSL-1.0
// Times a gain.
#include "support/jobs.hpp"

#include <quoin/filter/point/brightness.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "brightness", [](auto view) { return view | quoin::brightness(1.2f); });

} // namespace

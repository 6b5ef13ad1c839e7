// SPDX-License-Identifier: BSL-1.0
// Times a fixed level.
#include "support.hpp"

#include <quoin/filter/threshold.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "threshold", [](auto view) { return view | quoin::threshold(127); });

} // namespace

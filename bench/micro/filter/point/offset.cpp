// SPDX-License-Identifier: BSL-1.0
// Times an offset.
#include "support/jobs.hpp"

#include <quoin/filter/point/offset.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "offset", [](auto view) { return view | quoin::offset(-20); });

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times an area opening.
#include "support/jobs.hpp"

#include <quoin/filter/morphology/area_open.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "area_open-64", [](auto v) { return v | quoin::area_open(64); });

} // namespace

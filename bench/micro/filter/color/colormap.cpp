// SPDX-License-Identifier: BSL-1.0
// Times the colors of gray values by a table.
#include "support/jobs.hpp"

#include <quoin/filter/color/colormap.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "colormap", [](auto view) { return view | quoin::colormap(quoin::color_map::viridis); });

} // namespace

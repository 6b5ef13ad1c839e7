// SPDX-License-Identifier: BSL-1.0
// Times Oklab of colors, and the way back.
#include "support/jobs.hpp"

#include <quoin/filter/color/oklab.hpp>

namespace {

bool const forth = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "rgb_to_oklab", [](auto view) { return view | quoin::rgb_to_oklab; });
bool const back = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "oklab_to_rgb", [](auto view) { return view | quoin::oklab_to_rgb; });

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times hue, saturation and value of colors, and the way back.
#include "support/jobs.hpp"

#include <quoin/filter/color/hsv.hpp>

namespace {

bool const forth = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "rgb_to_hsv", [](auto view) { return view | quoin::rgb_to_hsv; });
bool const back = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "hsv_to_rgb", [](auto view) { return view | quoin::hsv_to_rgb; });

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times hue, saturation and lightness of colors, and the way back.
#include "support/jobs.hpp"

#include <quoin/filter/color/hsl.hpp>

namespace {

bool const forth = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "rgb_to_hsl", [](auto view) { return view | quoin::rgb_to_hsl; });
bool const back = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "hsl_to_rgb", [](auto view) { return view | quoin::hsl_to_rgb; });

} // namespace

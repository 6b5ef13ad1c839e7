// SPDX-License-Identifier: BSL-1.0
// Times L*, a* and b* of colors, and the way back.
#include "support/jobs.hpp"

#include <quoin/filter/color/lab.hpp>

namespace {

bool const forth = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "rgb_to_lab", [](auto view) { return view | quoin::rgb_to_lab; });
bool const back = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "lab_to_rgb", [](auto view) { return view | quoin::lab_to_rgb; });

} // namespace

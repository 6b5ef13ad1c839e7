// SPDX-License-Identifier: BSL-1.0
// Times L*, u* and v* of colors, and the way back.
#include "support/jobs.hpp"

#include <quoin/filter/color/luv.hpp>

namespace {

bool const forth = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "rgb_to_luv", [](auto view) { return view | quoin::rgb_to_luv; });
bool const back = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "luv_to_rgb", [](auto view) { return view | quoin::luv_to_rgb; });

} // namespace

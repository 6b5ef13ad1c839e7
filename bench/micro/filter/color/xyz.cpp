// SPDX-License-Identifier: BSL-1.0
// Times X, Y and Z of colors, and the way back.
#include "support/jobs.hpp"

#include <quoin/filter/color/xyz.hpp>

namespace {

bool const forth = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "rgb_to_xyz", [](auto view) { return view | quoin::rgb_to_xyz; });
bool const back = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "xyz_to_rgb", [](auto view) { return view | quoin::xyz_to_rgb; });
bool const stored = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "rgb_to_xyz_opencv", [](auto view) { return view | quoin::rgb_to_xyz_opencv; });

} // namespace

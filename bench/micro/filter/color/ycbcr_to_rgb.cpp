// SPDX-License-Identifier: BSL-1.0
// Times colors of luma and differences. rgb pixels stand for those of three channels.
#include "support/jobs.hpp"

#include <quoin/filter/color/ycbcr_to_rgb.hpp>

namespace {

using namespace quoin;

bool const registered =
    bench::add_pipeline<rgb8, rgb16, rgbf>("ycbcr_to_rgb", [](auto view) { return view | ycbcr_to_rgb(); });
bool const opencv =
    bench::add_pipeline<rgb8>("ycbcr_to_rgb-opencv", [](auto view) { return view | ycbcr_to_rgb(as_opencv); });

} // namespace

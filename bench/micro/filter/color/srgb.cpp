// SPDX-License-Identifier: BSL-1.0
// Times the light of stored values, and the way back.
#include "support/jobs.hpp"

#include <quoin/filter/color/srgb.hpp>

namespace {

bool const forth = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "srgb_to_linear", [](auto view) { return view | quoin::srgb_to_linear; });
bool const back = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "linear_to_srgb", [](auto view) { return view | quoin::linear_to_srgb; });

} // namespace

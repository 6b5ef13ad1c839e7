// SPDX-License-Identifier: BSL-1.0
// Times the luma of color pixels.
#include "support/jobs.hpp"

#include <quoin/filter/color/gray.hpp>

namespace {

bool const registered =
    bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>("gray", [](auto view) { return view | quoin::gray; });
bool const weighted = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "gray-709", [](auto view) { return view | quoin::gray_709; });

} // namespace

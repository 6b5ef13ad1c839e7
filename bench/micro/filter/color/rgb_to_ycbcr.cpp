// SPDX-License-Identifier: BSL-1.0
// Times luma and differences of color pixels.
#include "support/jobs.hpp"

#include <quoin/filter/color/rgb_to_ycbcr.hpp>

namespace {

using namespace quoin;

bool const registered =
    bench::add_pipeline<rgb8, rgb16, rgbf>("rgb_to_ycbcr", [](auto view) { return view | rgb_to_ycbcr(); });
bool const limited = bench::add_pipeline<rgb8>("rgb_to_ycbcr-709-limited", [](auto view) {
    return view | rgb_to_ycbcr(ycbcr_matrix::bt709, ycbcr_range::limited);
});
bool const opencv =
    bench::add_pipeline<rgb8>("rgb_to_ycbcr-opencv", [](auto view) { return view | rgb_to_ycbcr(as_opencv); });

} // namespace

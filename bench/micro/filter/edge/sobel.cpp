// SPDX-License-Identifier: BSL-1.0
// Times a Sobel derivative and the gradient's length.
#include "support/jobs.hpp"

#include <quoin/filter/edge/sobel.hpp>

namespace {

bool const derivative = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "sobel_x", [](auto view) { return view | quoin::sobel_x; });
bool const length = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "sobel_magnitude", [](auto view) { return view | quoin::sobel_magnitude; });

} // namespace

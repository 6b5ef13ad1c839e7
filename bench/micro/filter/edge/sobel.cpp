// SPDX-License-Identifier: BSL-1.0
// Times the Sobel derivatives and the gradient's length.
#include "support/jobs.hpp"

#include <quoin/filter/edge/sobel.hpp>

namespace {

bool const derivative_x =
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("sobel_x", [](auto view) { return view | quoin::sobel_x; });
bool const derivative_y = bench::add_pipeline<std::uint8_t>("sobel_y", [](auto view) { return view | quoin::sobel_y; });
bool const length = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "sobel_magnitude", [](auto view) { return view | quoin::sobel_magnitude; });
bool const of_5 = bench::add_pipeline<std::uint8_t>("sobel=5", [](auto view) { return view | quoin::sobel<5>; });
bool const of_7 = bench::add_pipeline<std::uint8_t>("sobel=7", [](auto view) { return view | quoin::sobel<7>; });

} // namespace

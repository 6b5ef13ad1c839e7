// SPDX-License-Identifier: BSL-1.0
// Times the blurs of sigma 0.65, 5 x 5 pixels, and of sigma 3, 19 x 19.
#include "support.hpp"

#include <quoin/filter/gaussian.hpp>

namespace {

bool const small = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "gaussian-5x5", [](auto view) { return view | quoin::gaussian(0.65); });
bool const large = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "gaussian-3", [](auto view) { return view | quoin::gaussian(3); });

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times the blur of sigma 2, 13 x 13 pixels.
#include "support.hpp"

#include <quoin/filter/gaussian.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "gaussian-2", [](auto view) { return view | quoin::gaussian(2); });

} // namespace

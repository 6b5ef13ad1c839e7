// SPDX-License-Identifier: BSL-1.0
// Times invert, solarize, posterize and clamp.
#include "support/jobs.hpp"

#include <quoin/filter/tone/invert.hpp>

namespace {

bool const inverted =
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("invert", [](auto view) { return view | quoin::invert; });
bool const solarized =
    bench::add_pipeline<std::uint8_t>("solarize", [](auto view) { return view | quoin::solarize(128); });
bool const posterized =
    bench::add_pipeline<std::uint8_t>("posterize", [](auto view) { return view | quoin::posterize(3); });
bool const clamped = bench::add_pipeline<std::uint8_t>("clamp", [](auto view) { return view | quoin::clamp(16, 235); });

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times the colors of a mosaic by both methods.
#include "support/jobs.hpp"

#include <quoin/filter/color/bayer_to_rgb.hpp>

namespace {

using quoin::bayer_method, quoin::bayer_pattern;

bool const bilinear = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "bayer-bilinear", [](auto view) { return view | quoin::bayer_to_rgb(bayer_pattern::rggb); });
bool const malvar = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "bayer-malvar", [](auto view) { return view | quoin::bayer_to_rgb<bayer_method::malvar>(bayer_pattern::rggb); });

} // namespace

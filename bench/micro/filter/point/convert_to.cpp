// SPDX-License-Identifier: BSL-1.0
// Times conversions to and from float, and to half.
#include "support/jobs.hpp"

#include <quoin/filter/point/convert_to.hpp>

namespace {

bool const to_float = bench::add_pipeline<std::uint8_t, std::uint16_t>(
    "to_f32", [](auto view) { return view | quoin::convert_to<float>; });
bool const to_byte = bench::add_pipeline<std::uint16_t, float>(
    "to_u8", [](auto view) { return view | quoin::convert_to<std::uint8_t>; });
bool const to_half =
    bench::add_pipeline<quoin::rgbf>("to_f16", [](auto view) { return view | quoin::convert_to<quoin::half>; });

} // namespace

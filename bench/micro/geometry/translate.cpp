// SPDX-License-Identifier: BSL-1.0
// Times translate: by parts of a pixel.
#include "support/jobs.hpp"

#include <quoin/geometry/translate.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float, quoin::rgb8>(
    "translate", [](auto view) { return view | quoin::translate(2.25, -3.5); });

} // namespace

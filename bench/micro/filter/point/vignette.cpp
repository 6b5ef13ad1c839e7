// SPDX-License-Identifier: BSL-1.0
// Times a gain that depends on the position.
#include "support/jobs.hpp"

#include <quoin/filter/point/vignette.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float, quoin::rgb8>(
    "vignette", [](auto view) { return view | quoin::vignette(0.9f, -0.4f, 0.2f); });

} // namespace

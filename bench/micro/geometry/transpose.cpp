// SPDX-License-Identifier: BSL-1.0
// Times transposed images, whose columns are read a band at a time.
#include "support/jobs.hpp"

#include <quoin/geometry/transpose.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float, quoin::rgb8>(
    "transpose", [](auto view) { return view | quoin::transpose; });

} // namespace

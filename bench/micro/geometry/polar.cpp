// SPDX-License-Identifier: BSL-1.0
// Times polar: a disc as high as the image.
#include "support/jobs.hpp"
#include "support/maps.hpp"

#include <quoin/geometry/polar.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, float, quoin::rgb8>("polar", bench::unrolled);

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times warp_affine: an image turned by 10 degrees.
#include "support/jobs.hpp"
#include "support/maps.hpp"

#include <quoin/geometry/warp_affine.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, float, quoin::rgb8>(
    "warp-affine", [](auto view) { return view | quoin::warp_affine(bench::turned); });

} // namespace

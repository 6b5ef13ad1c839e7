// SPDX-License-Identifier: BSL-1.0
// Times the other interpolations than linear, of an image turned by 10 degrees.
#include "support/jobs.hpp"
#include "support/maps.hpp"

#include <quoin/geometry/interpolation.hpp>

namespace {

auto by(quoin::interpolation how) {
    return [=](auto view) { return view | quoin::warp_affine(bench::turned, how); };
}

bool const registered =
    bench::add_pipeline<std::uint8_t, float, quoin::rgb8>("warp-affine-nearest", by(quoin::interpolation::nearest)) &&
    bench::add_pipeline<std::uint8_t, float, quoin::rgb8>("warp-affine-cubic", by(quoin::interpolation::cubic)) &&
    bench::add_pipeline<std::uint8_t, float, quoin::rgb8>("warp-affine-lanczos4", by(quoin::interpolation::lanczos4));

} // namespace

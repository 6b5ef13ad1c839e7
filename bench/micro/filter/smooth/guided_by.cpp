// SPDX-License-Identifier: BSL-1.0
// Times the guided filter of radius 8 with another guide: gray by gray, and colors by their gray.
#include "support/jobs.hpp"

#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/smooth/guided_by.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/pipe/zip.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "guided-by-8", [](auto view) { return zip(view, view | quoin::flip_y) | quoin::guided_by(8, 400); });
bool const colors = bench::add_pipeline<quoin::rgb8>(
    "guided-by-8", [](auto view) { return zip(view, view | quoin::gray) | quoin::guided_by(8, 400); });

} // namespace

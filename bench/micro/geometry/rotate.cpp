// SPDX-License-Identifier: BSL-1.0
// Times images turned by quarters, and by 10 degrees.
#include "support/jobs.hpp"

#include <quoin/geometry/rotate.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, quoin::rgb8>("rotate90", [](auto view) { return view | quoin::rotate90; }) &&
    bench::add_pipeline<std::uint8_t, quoin::rgb8>("rotate180", [](auto view) { return view | quoin::rotate180; }) &&
    bench::add_pipeline<std::uint8_t, quoin::rgb8>("rotate270", [](auto view) { return view | quoin::rotate270; }) &&
    bench::add_pipeline<std::uint8_t, quoin::rgb8>("rotate-10", [](auto view) { return view | quoin::rotate(10); });

} // namespace

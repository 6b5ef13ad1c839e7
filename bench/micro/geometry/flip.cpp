// SPDX-License-Identifier: BSL-1.0
// Times mirrored images, which should cost a copy.
#include "support/jobs.hpp"

#include <quoin/geometry/flip.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, std::uint16_t, quoin::rgb8>("flip_x",
                                                                  [](auto view) { return view | quoin::flip_x; }) &&
    bench::add_pipeline<std::uint8_t, quoin::rgb8>("flip_y", [](auto view) { return view | quoin::flip_y; });

} // namespace

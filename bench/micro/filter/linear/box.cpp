// SPDX-License-Identifier: BSL-1.0
// Times the mean over 15 x 15, over 63 x 63 and, of float, over 255 x 255 pixels.
#include "support/jobs.hpp"

#include <quoin/filter/linear/box.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
                            "box-15", [](auto view) { return view | quoin::box(15); }) &&
                        bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
                            "box-63", [](auto view) { return view | quoin::box(63); }) &&
                        bench::add_pipeline<float>("box-255", [](auto view) { return view | quoin::box(255); });

} // namespace

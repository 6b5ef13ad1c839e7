// SPDX-License-Identifier: BSL-1.0
// Times undistort, of a wide lens.
#include "support/jobs.hpp"

#include <quoin/geometry/undistort.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, float, quoin::rgb8>("undistort", [](auto view) {
    auto const width = static_cast<double>(view.width()), height = static_cast<double>(view.height());
    return view | quoin::undistort({width, width, width / 2, height / 2}, {-0.2, 0.03, 0.001, -0.001, 0});
});

} // namespace

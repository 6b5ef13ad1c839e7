// SPDX-License-Identifier: BSL-1.0
// Times polar: a disc as high as the image.
#include "support/jobs.hpp"

#include <quoin/geometry/polar.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, float, quoin::rgb8>("polar", [](auto view) {
    auto const width = static_cast<double>(view.width()), height = static_cast<double>(view.height());
    return view | quoin::polar(width / 2, height / 2, height / 2, view.size());
});

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times a rectangle of a blurred image.
#include "support/jobs.hpp"

#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/geometry/crop.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t>("gaussian3-crop", [](auto view) {
    return view | quoin::gaussian3 | quoin::crop(0, 0, view.width(), view.height());
});

} // namespace

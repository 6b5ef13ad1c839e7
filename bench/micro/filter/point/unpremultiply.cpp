// SPDX-License-Identifier: BSL-1.0
// Times colors divided by their alpha.
#include "support/jobs.hpp"

#include <quoin/filter/point/unpremultiply.hpp>

namespace {

bool const registered = bench::add_pipeline<quoin::rgba8, quoin::rgba<std::uint16_t>, quoin::rgbaf>(
    "unpremultiply", [](auto view) { return view | quoin::unpremultiply; });

} // namespace

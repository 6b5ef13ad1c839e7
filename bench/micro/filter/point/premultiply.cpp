// SPDX-License-Identifier: BSL-1.0
// Times colors times their alpha.
#include "support/jobs.hpp"

#include <quoin/filter/point/premultiply.hpp>

namespace {

bool const registered = bench::add_pipeline<quoin::rgba8, quoin::rgba<std::uint16_t>, quoin::rgbaf>(
    "premultiply", [](auto view) { return view | quoin::premultiply; });

} // namespace

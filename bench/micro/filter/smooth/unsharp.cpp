// SPDX-License-Identifier: BSL-1.0
// Times the unsharp mask of sigma 2, and Pillow's of the same radius.
#include "support/jobs.hpp"

#include <quoin/filter/smooth/unsharp.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "unsharp-2", [](auto view) { return view | quoin::unsharp(2, 1.5); });
bool const pillow = bench::add_pipeline<std::uint8_t>(
    "unsharp-pillow-2", [](auto view) { return view | quoin::extend(quoin::replicate) | quoin::unsharp_pillow(); });

} // namespace

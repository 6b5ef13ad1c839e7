// SPDX-License-Identifier: BSL-1.0
// Times the guided filter of radius 8, and of others.
#include "support/jobs.hpp"

#include <quoin/filter/smooth/guided.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "guided-8", [](auto view) { return view | quoin::guided(8, 400); });
bool const others =
    bench::add_pipeline<std::uint8_t>("guided-2", [](auto view) { return view | quoin::guided(2, 400); }) &&
    bench::add_pipeline<std::uint8_t>("guided-40", [](auto view) { return view | quoin::guided(40, 400); });

} // namespace

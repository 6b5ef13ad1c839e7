// SPDX-License-Identifier: BSL-1.0
// Times the length of the differences along diagonals.
#include "support/jobs.hpp"

#include <quoin/filter/edge/roberts.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("roberts", [](auto view) { return view | quoin::roberts; });

} // namespace

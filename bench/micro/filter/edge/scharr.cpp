// SPDX-License-Identifier: BSL-1.0
// Times the derivatives of Scharr and their length.
#include "support/jobs.hpp"

#include <quoin/filter/edge/scharr.hpp>

namespace {

bool const derivative = bench::add_pipeline<std::uint8_t>("scharr_x", [](auto view) { return view | quoin::scharr_x; });
bool const length =
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("scharr", [](auto view) { return view | quoin::scharr; });

} // namespace

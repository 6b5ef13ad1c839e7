// SPDX-License-Identifier: BSL-1.0
// Times the length of the derivatives of Prewitt.
#include "support/jobs.hpp"

#include <quoin/filter/edge/prewitt.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("prewitt", [](auto view) { return view | quoin::prewitt; });

} // namespace

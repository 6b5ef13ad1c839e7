// SPDX-License-Identifier: BSL-1.0
// Times tone curves. Those of bytes and 16 bits are tables, so one stands for all.
#include "support/jobs.hpp"

#include <quoin/filter/tone/curves.hpp>

namespace {

bool const gamma = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "gamma", [](auto view) { return view | quoin::adjust_gamma(2.2f); });
bool const leveled =
    bench::add_pipeline<std::uint8_t, float>("levels", [](auto view) { return view | quoin::levels(0.1f, 0.9f); });
bool const logarithm =
    bench::add_pipeline<std::uint8_t, float>("log", [](auto view) { return view | quoin::adjust_log(); });
bool const sigmoid =
    bench::add_pipeline<std::uint8_t, float>("sigmoid", [](auto view) { return view | quoin::adjust_sigmoid(); });

} // namespace

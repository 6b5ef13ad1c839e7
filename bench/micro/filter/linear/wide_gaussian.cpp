// SPDX-License-Identifier: BSL-1.0
// Times the blur of sigma 10 and 40.
#include "support/jobs.hpp"

#include <quoin/filter/linear/wide_gaussian.hpp>

namespace {

bool const ten = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "gaussian-10", [](auto view) { return view | quoin::wide_gaussian(10); });
bool const forty =
    bench::add_pipeline<std::uint8_t>("gaussian-40", [](auto view) { return view | quoin::wide_gaussian(40); });

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times kernels of integers: 3x3, 5x5 and 7x7.
#include "support/jobs.hpp"
#include "support/kernels.hpp"

#include <quoin/filter/linear/correlate.hpp>

namespace {

bool const small = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "correlate-3x3", [](auto view) { return view | quoin::correlate(bench::sharp_kernel); });
bool const middle = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "correlate-5x5", [](auto view) { return view | quoin::correlate(bench::log_kernel); });
bool const large = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "correlate-7x7", [](auto view) { return view | quoin::correlate(bench::hill_kernel, bench::hill_divisor); });

} // namespace

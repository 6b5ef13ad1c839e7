// SPDX-License-Identifier: BSL-1.0
// Times the convolution with a kernel of 7x7 integers, which is correlate with the kernel turned.
#include "support/jobs.hpp"
#include "support/kernels.hpp"

#include <quoin/filter/linear/convolve.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "convolve-7x7", [](auto view) { return view | quoin::convolve(bench::hill_kernel, bench::hill_divisor); });

} // namespace

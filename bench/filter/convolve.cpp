// SPDX-License-Identifier: BSL-1.0
// Times a 5x5 kernel of integers.
#include "kernels.hpp"
#include "support.hpp"

#include <quoin/filter/convolve.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "convolve-5x5", [](auto view) { return view | quoin::convolve(bench::log_kernel); });

} // namespace

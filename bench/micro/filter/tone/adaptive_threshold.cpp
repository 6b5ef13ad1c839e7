// SPDX-License-Identifier: BSL-1.0
// Times the threshold by the mean over 15 x 15 pixels, plain and weighted by a Gaussian.
#include "support/jobs.hpp"

#include <quoin/filter/tone/adaptive_threshold.hpp>

namespace {

bool const plain = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "adaptive-15", [](auto view) { return view | quoin::adaptive_threshold(15, 2); });
bool const weighted = bench::add_pipeline<std::uint8_t, std::uint16_t>("adaptive-gaussian-15", [](auto view) {
    return view | quoin::adaptive_threshold<quoin::adaptive_method::gaussian>(15, 2);
});

} // namespace

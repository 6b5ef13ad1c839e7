// SPDX-License-Identifier: BSL-1.0
// Times a percentile: the search of side 3, and histograms of side 5 and 15.
#include "support/jobs.hpp"

#include <quoin/filter/rank/percentile.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, std::uint16_t>("percentile-3",
                                                     [](auto view) { return view | quoin::percentile(3, 10); }) &&
    bench::add_pipeline<std::uint8_t>("percentile-5", [](auto view) { return view | quoin::percentile(5, 10); }) &&
    bench::add_pipeline<std::uint8_t>("percentile-15", [](auto view) { return view | quoin::percentile(15, 10); });

} // namespace

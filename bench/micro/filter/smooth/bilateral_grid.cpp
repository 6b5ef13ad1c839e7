// SPDX-License-Identifier: BSL-1.0
// Times the bilateral grid with a small and a large sigma of places.
#include "support/jobs.hpp"

#include <quoin/filter/smooth/bilateral_grid.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "bilateral-grid-16", [](auto view) { return view | quoin::bilateral_grid(30, 16); });
bool const small = bench::add_pipeline<std::uint8_t>("bilateral-grid-4",
                                                     [](auto view) { return view | quoin::bilateral_grid(30, 4); });

} // namespace

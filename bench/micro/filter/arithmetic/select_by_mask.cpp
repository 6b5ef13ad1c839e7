// SPDX-License-Identifier: BSL-1.0
// Times the choice between two images by a mask, here the first image.
#include "support/zipped.hpp"

#include <quoin/filter/arithmetic/select_by_mask.hpp>

namespace {

bool const registered = bench::add_zipped<std::uint8_t, std::uint16_t>(
    "select_by_mask", quoin::vectorized([](auto const& a, auto const& b) { return quoin::select_by_mask(a, b, a); }));

} // namespace

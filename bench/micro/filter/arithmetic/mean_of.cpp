// SPDX-License-Identifier: BSL-1.0
// Times the mean of two images.
#include "support/zipped.hpp"

#include <quoin/filter/arithmetic/mean_of.hpp>

namespace {

bool const registered = bench::add_zipped<std::uint8_t, std::uint16_t, float>("mean_of", quoin::mean_of);

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times weighted means of two images.
#include "support/zipped.hpp"

#include <quoin/filter/arithmetic/blend.hpp>

namespace {

bool const registered = bench::add_zipped<std::uint8_t, std::uint16_t, float, quoin::rgb8>("blend", quoin::blend(0.3));

} // namespace

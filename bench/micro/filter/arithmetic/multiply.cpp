// SPDX-License-Identifier: BSL-1.0
// Times products and quotients of two images.
#include "support/zipped.hpp"

#include <quoin/filter/arithmetic/multiply.hpp>

namespace {

bool const registered =
    bench::add_zipped<std::uint8_t, std::uint16_t, float>("multiply", quoin::multiply(1.0f / 255)) &&
    bench::add_zipped<std::uint8_t, std::uint16_t, float>("divide", quoin::divide(255));

} // namespace

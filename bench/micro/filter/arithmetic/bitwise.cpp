// SPDX-License-Identifier: BSL-1.0
// Times the bits of two images.
#include "support/zipped.hpp"

#include <quoin/filter/arithmetic/bitwise.hpp>

namespace {

bool const registered = bench::add_zipped<std::uint8_t>("bitwise_and", quoin::bitwise_and) &&
                        bench::add_zipped<std::uint8_t>("bitwise_or", quoin::bitwise_or) &&
                        bench::add_zipped<std::uint8_t>("bitwise_xor", quoin::bitwise_xor);

} // namespace

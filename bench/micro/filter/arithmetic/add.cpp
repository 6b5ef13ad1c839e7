// SPDX-License-Identifier: BSL-1.0
// Times sums and differences of two images.
#include "support/zipped.hpp"

#include <quoin/filter/arithmetic/add.hpp>

namespace {

bool const registered = bench::add_zipped<std::uint8_t, std::uint16_t, float>("add", quoin::add) &&
                        bench::add_zipped<std::uint8_t>("subtract", quoin::subtract) &&
                        bench::add_zipped<std::uint8_t, std::int16_t, quoin::rgb8>("absdiff", quoin::absdiff);

} // namespace

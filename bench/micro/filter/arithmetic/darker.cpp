// SPDX-License-Identifier: BSL-1.0
// Times the smaller and the larger of two pixels.
#include "support/zipped.hpp"

#include <quoin/filter/arithmetic/darker.hpp>

namespace {

bool const registered = bench::add_zipped<std::uint8_t, float>("darker", quoin::darker) &&
                        bench::add_zipped<std::uint8_t>("lighter", quoin::lighter);

} // namespace

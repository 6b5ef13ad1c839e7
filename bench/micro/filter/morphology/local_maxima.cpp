// SPDX-License-Identifier: BSL-1.0
// Times local_maxima on one type of bytes and one of floats.
#include "support/jobs.hpp"

#include <quoin/filter/morphology/local_maxima.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, float>("local_maxima", [](auto v) { return v | quoin::local_maxima(); });

} // namespace

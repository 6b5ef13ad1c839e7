// SPDX-License-Identifier: BSL-1.0
// Times h_maxima on one type of bytes and one of floats.
#include "support/jobs.hpp"

#include <quoin/filter/morphology/h_maxima.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, float>("h_maxima", [](auto v) { return v | quoin::h_maxima(10); });

} // namespace

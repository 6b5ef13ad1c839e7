// SPDX-License-Identifier: BSL-1.0
// Times fill_gray_holes on one type of bytes and one of floats.
#include "support/jobs.hpp"

#include <quoin/filter/morphology/fill_gray_holes.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, float>("fill_gray_holes", [](auto v) { return v | quoin::fill_gray_holes(); });

} // namespace

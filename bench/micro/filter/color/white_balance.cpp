// SPDX-License-Identifier: BSL-1.0
// Times a gain for each color.
#include "support/jobs.hpp"

#include <quoin/filter/color/white_balance.hpp>

namespace {

bool const registered = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "white_balance", [](auto view) { return view | quoin::white_balance(1.2f, 0.9f, 1.75f); });

} // namespace

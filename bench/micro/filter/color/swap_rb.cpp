// SPDX-License-Identifier: BSL-1.0
// Times exchanging red and blue.
#include "support/jobs.hpp"

#include <quoin/filter/color/swap_rb.hpp>

namespace {

bool const registered =
    bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf, quoin::rgba<std::uint16_t>, quoin::rgba<float>>(
        "swap_rb", [](auto view) { return view | quoin::swap_rb; });

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times 20 iterations of total variation denoising.
#include "support/jobs.hpp"

#include <quoin/filter/smooth/tv.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, float>("tv-20", [](auto view) { return view | quoin::tv(20, 12); });

} // namespace

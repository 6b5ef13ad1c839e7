// SPDX-License-Identifier: BSL-1.0
// Times values without their sign.
#include "support/jobs.hpp"

#include <quoin/filter/point/absolute.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::int16_t, float>("absolute", [](auto view) { return view | quoin::absolute; });

} // namespace

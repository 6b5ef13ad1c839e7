// SPDX-License-Identifier: BSL-1.0
// Times the scores of Harris and of Shi and Tomasi.
#include "support/jobs.hpp"

#include <quoin/filter/corner/harris.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("harris",
                                                            [](auto view) { return view | quoin::harris(); }) &&
    bench::add_pipeline<std::uint8_t>("shi_tomasi", [](auto view) { return view | quoin::shi_tomasi(); });

} // namespace

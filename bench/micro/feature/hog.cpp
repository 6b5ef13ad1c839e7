// SPDX-License-Identifier: BSL-1.0
// Times the histograms of a scene's gradients.
#include "support/jobs.hpp"

#include <quoin/feature/hog.hpp>

namespace {

bool const registered = bench::add_work("hog<u8>", 1, [](auto const& policy, quoin::extent size) {
    return [=, in = bench::scene<std::uint8_t>(size)] { bench::keep(quoin::hog(policy, in)); };
});

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times a reconstruction by dilation of one picture under another.
#include "support/jobs.hpp"

#include <quoin/filter/morphology/reconstruct.hpp>

namespace {

bool const registered = bench::add_work("reconstruct<u8>", 2, [](auto const& policy, quoin::extent size) {
    return [=, marker = bench::rough_scene<std::uint8_t>(size), mask = bench::scene<std::uint8_t>(size)] {
        bench::keep(quoin::reconstruct(policy, marker, mask));
    };
});

} // namespace

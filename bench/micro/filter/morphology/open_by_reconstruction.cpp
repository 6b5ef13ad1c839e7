// SPDX-License-Identifier: BSL-1.0
// Times an opening by reconstruction on one type of bytes and one of floats.
#include "support/jobs.hpp"

#include <quoin/filter/morphology/open_by_reconstruction.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, float>("open_by_reconstruction", [](auto v) {
    return v | quoin::open_by_reconstruction(quoin::structuring_element::disc(7));
});

} // namespace

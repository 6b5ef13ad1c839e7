// SPDX-License-Identifier: BSL-1.0
// Times remap, with the places of a turn by 10 degrees.
#include "support/jobs.hpp"
#include "support/maps.hpp"

#include <quoin/geometry/remap.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, float, quoin::rgb8>("remap", [](auto view) {
    return view | quoin::remap(bench::turned_columns(view.size()), bench::turned_rows(view.size()));
});

} // namespace

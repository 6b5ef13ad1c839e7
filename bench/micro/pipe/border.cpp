// SPDX-License-Identifier: BSL-1.0
// Times a 3x3 blur behind each border.
#include "support/jobs.hpp"

#include <quoin/filter/linear/gaussian3.hpp>

namespace {

template <class Border>
bool add(char const* name, Border border) {
    return bench::add_pipeline<std::uint8_t>(
        name, [=](auto view) { return view | quoin::extend(border) | quoin::gaussian3; });
}

bool const registered = add("gaussian3-replicate", quoin::replicate) && add("gaussian3-reflect", quoin::reflect) &&
                        add("gaussian3-wrap", quoin::wrap) && add("gaussian3-constant", quoin::constant(0));

} // namespace

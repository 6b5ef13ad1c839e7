// SPDX-License-Identifier: BSL-1.0
// Times colors times a matrix.
#include "support/jobs.hpp"

#include <quoin/filter/color/color_matrix.hpp>

namespace {

bool const registered = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>("color_matrix", [](auto view) {
    return view | quoin::color_matrix({{0.4, 0.3, 0.3}, {0.2, 0.7, 0.1}, {0.1, 0.2, 0.7}});
});

} // namespace

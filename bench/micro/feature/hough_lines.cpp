// SPDX-License-Identifier: BSL-1.0
// Times the lines through the edges of a scene.
#include "support/edges.hpp"
#include "support/jobs.hpp"

#include <quoin/feature/hough_lines.hpp>

namespace {

bool const lines = bench::add_work("hough_lines", 1, [](auto const& policy, quoin::extent size) {
    return [=, mask = bench::edges(size)] { bench::keep(quoin::hough_lines(policy, mask, {.threshold = 200})); };
});

} // namespace

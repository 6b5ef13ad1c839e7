// SPDX-License-Identifier: BSL-1.0
// Times non-local means of patches of 7 in squares of 21.
#include "support/jobs.hpp"

#include <quoin/filter/smooth/nl_means.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, quoin::rgb8, std::uint16_t>(
        "nl-means-7-21", [](auto view) { return view | quoin::nl_means(7, 21, 10); }) &&
    bench::add_pipeline<float>("nl-means-7-21", [](auto view) { return view | quoin::nl_means(7, 21, 0.04); });

} // namespace

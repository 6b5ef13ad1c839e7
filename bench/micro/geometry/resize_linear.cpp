// SPDX-License-Identifier: BSL-1.0
// Times resize_linear: half the size, and one and a half.
#include "support/jobs.hpp"

#include <quoin/geometry/resize_linear.hpp>

namespace {

auto to_part(quoin::index_t numerator, quoin::index_t denominator) {
    return [=](auto view) {
        return view |
               quoin::resize_linear({view.width() * numerator / denominator, view.height() * numerator / denominator});
    };
}

bool const registered =
    bench::add_pipeline<std::uint8_t, std::uint16_t, float, quoin::rgb8>("resize-linear-half", to_part(1, 2)) &&
    bench::add_pipeline<std::uint8_t, float, quoin::rgb8>("resize-linear-3-halves", to_part(3, 2));

} // namespace

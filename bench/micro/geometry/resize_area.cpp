// SPDX-License-Identifier: BSL-1.0
// Times resize_area: half the size, and 7 of 24 parts.
#include "support/jobs.hpp"

#include <quoin/geometry/resize_area.hpp>

namespace {

auto to_part(quoin::index_t numerator, quoin::index_t denominator) {
    return [=](auto view) {
        return view |
               quoin::resize_area({view.width() * numerator / denominator, view.height() * numerator / denominator});
    };
}

bool const registered =
    bench::add_pipeline<std::uint8_t, std::uint16_t, float, quoin::rgb8>("resize-area-half", to_part(1, 2)) &&
    bench::add_pipeline<std::uint8_t, float, quoin::rgb8>("resize-area-7-24ths", to_part(7, 24));

} // namespace

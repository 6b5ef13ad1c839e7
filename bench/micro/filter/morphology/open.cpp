// SPDX-License-Identifier: BSL-1.0
// Times an opening by 15 x 15 pixels and by an ellipse, and a closing, which costs as much.
#include "support/jobs.hpp"

#include <quoin/filter/morphology/open.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("open-15",
                                                            [](auto v) { return v | quoin::open(15, 15); }) &&
    bench::add_pipeline<std::uint8_t>("close-15", [](auto v) { return v | quoin::close(15, 15); }) &&
    bench::add_pipeline<std::uint8_t>(
        "open-ellipse-15", [](auto v) { return v | quoin::open(quoin::structuring_element::ellipse(15, 15)); });

} // namespace

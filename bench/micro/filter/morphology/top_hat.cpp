// SPDX-License-Identifier: BSL-1.0
// Times differences that a rectangle of 15 x 15 pixels makes.
#include "support/jobs.hpp"

#include <quoin/filter/morphology/top_hat.hpp>

namespace {

bool const registered =
    bench::add_pipeline<std::uint8_t>("gradient-15", [](auto v) { return v | quoin::gradient(15, 15); }) &&
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("top_hat-15",
                                                            [](auto v) { return v | quoin::top_hat(15, 15); }) &&
    bench::add_pipeline<std::uint8_t>("black_hat-15", [](auto v) { return v | quoin::black_hat(15, 15); });

} // namespace

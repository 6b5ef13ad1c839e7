// SPDX-License-Identifier: BSL-1.0
// Times the shift between two images.
#include "support/jobs.hpp"

#include <quoin/feature/phase_correlation.hpp>

namespace {

bool add(std::string const& name, int parts) {
    return bench::add_work(name, 2, [=](auto const& policy, quoin::extent size) {
        return [=, in = bench::scene<float>(size)] {
            bench::keep(quoin::phase_correlation(policy, in, in, {.parts = parts}));
        };
    });
}
bool const registered = add("phase_correlation<f32>", 1) && add("phase_correlation-10<f32>", 10);

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times what is done to color pixels on the way in: bytes to normalized planes, and the channels in the other order.
#include "support/jobs.hpp"
#include "support/normalize.hpp"

#include <quoin/exec/run.hpp>

namespace {

bool const planes = bench::add_work("normalize<rgb-u8>", sizeof(quoin::rgb8) + sizeof(quoin::rgbf),
                                    [](auto const& policy, quoin::extent size) {
                                        auto const out = std::make_shared<quoin::planar_image<quoin::rgbf>>(size);
                                        return [=, pipeline = bench::scene<quoin::rgb8>(size) | bench::normalize{}] {
                                            quoin::run(policy, pipeline, out->view());
                                            bench::keep();
                                        };
                                    });

bool const swapped = bench::add_pipeline<quoin::rgb8>("swap", [](auto view) {
    return view | quoin::vectorized([](auto const& p) { return quoin::rgb{p.b, p.g, p.r}; });
});

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times what is done to colour pixels on the way in: bytes to normalised planes, and the channels in the other order.
#include "support/jobs.hpp"
#include "support/normalise.hpp"

#include <quoin/exec/run.hpp>

namespace {

bool const planes = bench::add_work("normalise<rgb-u8>", sizeof(quoin::rgb8) + sizeof(quoin::rgbf),
                                    [](auto const& policy, quoin::extent size) {
                                        auto const out = std::make_shared<quoin::planar_image<quoin::rgbf>>(size);
                                        return [=, pipeline = bench::scene<quoin::rgb8>(size) | bench::normalise{}] {
                                            quoin::run(policy, pipeline, out->view());
                                            bench::keep();
                                        };
                                    });

bool const swapped = bench::add_pipeline<quoin::rgb8>("swap", [](auto view) {
    return view | quoin::vectorised([](auto const& p) { return quoin::rgb{p.b, p.g, p.r}; });
});

} // namespace

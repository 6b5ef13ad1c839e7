// SPDX-License-Identifier: BSL-1.0
// Times the thinning of smooth shapes: as a stage, and the skeleton as a mask. scikit-image's thin and skeletonize and
// OpenCV's thinning are the peers.
#include "support/jobs.hpp"
#include "support/masks.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/thin.hpp>
#include <quoin/mask/to_bits.hpp>

namespace {

bool const registered = bench::add_terminal("thin<u8>", 2, bench::curves,
                                            [](auto const& policy, auto const& view) {
                                                return quoin::to_image(policy, view | quoin::thin());
                                            }) &&
                        bench::add_terminal("skeleton<u8>", 1, bench::curves, [](auto const& policy, auto const& view) {
                            return quoin::skeleton(policy, quoin::to_bits(policy, view | quoin::threshold(120)));
                        });

} // namespace

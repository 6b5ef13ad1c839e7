// SPDX-License-Identifier: BSL-1.0
// Times the thinning of smooth shapes, from gray pixels on. scikit-image's skeletonize and OpenCV's thinning are the
// peers.
#include "support/jobs.hpp"
#include "support/masks.hpp"

#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/thin.hpp>
#include <quoin/mask/to_bits.hpp>

namespace {

bool add(char const* name, quoin::thinning rule) {
    return bench::add_terminal(name, 1, bench::curves, [=](auto const& policy, auto const& view) {
        return quoin::thin(policy, quoin::to_bits(policy, view | quoin::threshold(120)), rule);
    });
}

bool const registered = add("thin<u8>", quoin::thinning::guo_hall) &&
                        add("thin-zhang-suen<u8>", quoin::thinning::zhang_suen) &&
                        add("skeleton<u8>", quoin::thinning::scikit_image);

} // namespace

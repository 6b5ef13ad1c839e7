// SPDX-License-Identifier: BSL-1.0
// Times canny: with each size of derivatives and both norms. OpenCV's Canny is the peer.
#include "support/jobs.hpp"

#include <quoin/feature/canny.hpp>

namespace {

using quoin::gradient_norm;

bool add_canny(std::string const& job, double low, double high, int size, gradient_norm norm) {
    return bench::add_terminal(job, 1, bench::scene<std::uint8_t>, [=](auto const& policy, auto const& view) {
        return quoin::canny(policy, view, low, high, size, norm);
    });
}

bool const registered = add_canny("canny<u8>", 50, 100, 3, gradient_norm::l1) &&
                        add_canny("canny-l2<u8>", 50, 100, 3, gradient_norm::l2) &&
                        add_canny("canny-5<u8>", 600, 1200, 5, gradient_norm::l1) &&
                        add_canny("canny-7<u8>", 8000, 16000, 7, gradient_norm::l1);

} // namespace

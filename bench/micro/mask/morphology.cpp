// SPDX-License-Identifier: BSL-1.0
// Times openings of smooth shapes, by a square and by discs, from gray pixels on. OpenCV's morphologyEx is the peer.
#include "support/jobs.hpp"
#include "support/masks.hpp"

#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/morphology.hpp>
#include <quoin/mask/to_bits.hpp>

namespace {

template <class Shape>
bool add(char const* name, Shape shape) {
    return bench::add_terminal(name, 1, bench::curves, [=](auto const& policy, auto const& view) {
        return quoin::opening(policy, quoin::to_bits(policy, view | quoin::threshold(120)), shape);
    });
}

bool const registered = add("opening-31<u8>", quoin::index_t{15}) &&
                        add("opening-disc-7<u8>", quoin::structuring_element::disc(7)) &&
                        add("opening-disc-15<u8>", quoin::structuring_element::disc(15));

} // namespace

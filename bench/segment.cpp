// SPDX-License-Identifier: BSL-1.0
// Times the segmenter from gray pixels on: to a mask, to components, to rectangles by either method.
#include "layer.hpp"
#include "support.hpp"

#include <quoin/filter/threshold.hpp>
#include <quoin/segment/segment.hpp>
#include <quoin/segment/to_bits.hpp>

namespace {

quoin::bit_image mask(auto const& policy, auto const& view) {
    return quoin::to_bits(policy, view | quoin::threshold(120));
}

bool add(std::string const& job, auto work) {
    return bench::add_terminal(job + "<u8>", 1, bench::layer, work);
}

bool const bits = add("to_bits", [](auto const& policy, auto const& view) { return mask(policy, view); });
bool const components = add("components", [](auto const& policy, auto const& view) {
    return quoin::components(policy, mask(policy, view)).components;
});
bool const run_merge = add("segment-run_merge", [](auto const& policy, auto const& view) {
    return quoin::segment(policy, mask(policy, view)).rectangles;
});
bool const minimum = add("segment-minimum", [](auto const& policy, auto const& view) {
    return quoin::segment(policy, mask(policy, view), {.method = quoin::segment_method::minimum}).rectangles;
});

} // namespace

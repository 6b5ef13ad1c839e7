// SPDX-License-Identifier: BSL-1.0
// Times the contours of masks: of a printed layer, of smooth curves, and of noise.
#include "support/jobs.hpp"
#include "support/layer.hpp"
#include "support/masks.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/feature/contour_mask.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/to_bits.hpp>

namespace {

using view = quoin::image_view<std::uint8_t const>;

/// From gray pixels on, as the other jobs of masks are.
template <quoin::contour_mode Mode, quoin::contour_points Points>
bool add(std::string const& job) {
    auto const work = [](auto const& policy, view v) {
        return quoin::contours(policy, quoin::to_bits(policy, v | quoin::threshold(120)), {Mode, Points}).points.size();
    };
    return bench::add_terminal(job + "<u8>", 1, bench::layer, work) &&
           bench::add_terminal(job + "-curves<u8>", 1, bench::curves, work) &&
           bench::add_terminal(job + "-noise<u8>", 1, bench::noise, work);
}
bool const external = add<quoin::contour_mode::external, quoin::contour_points::corners>("contours-external");
bool const tree = add<quoin::contour_mode::tree, quoin::contour_points::corners>("contours-tree");
bool const all = add<quoin::contour_mode::tree, quoin::contour_points::all>("contours-tree-all");

quoin::contour_list layer_contours(quoin::extent size) {
    quoin::serial const p;
    return quoin::contours(p, quoin::to_bits(p, bench::layer(size) | quoin::threshold(120)));
}
bool const back = bench::add_work("contour_mask<u8>", 1, [](auto const& policy, quoin::extent size) {
    return [=, list = layer_contours(size)] { bench::keep(quoin::contour_mask(policy, list, size)); };
});

} // namespace

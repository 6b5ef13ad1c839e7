// SPDX-License-Identifier: BSL-1.0
// Times measures of polygons: of all contours of smooth curves, with every pixel of the borders.
#include "support/jobs.hpp"
#include "support/masks.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/feature/contours.hpp>
#include <quoin/feature/shape/polygon.hpp>
#include <quoin/feature/shape/simplify.hpp>
#include <quoin/feature/shape/smallest_box.hpp>
#include <quoin/feature/shape/smallest_circle.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/to_bits.hpp>

namespace {

/// The sum over all contours; polygons know no policy.
template <class F>
bool add(std::string const& job, F measure) {
    return bench::add_work(job + "<u8>", 1, [=](auto const&, quoin::extent size) {
        quoin::serial const p;
        auto const mask = quoin::to_bits(p, bench::curves(size) | quoin::threshold(120));
        return [=, list = quoin::contours(p, mask, {.points = quoin::contour_points::all})] {
            double sum = 0;
            for (quoin::index_t k = 0; k < list.size(); ++k) sum += static_cast<double>(measure(list.of(k)));
            bench::keep(sum);
        };
    });
}
bool const area = add("signed_area", [](auto points) { return quoin::signed_area(points); });
bool const length = add("arc_length", [](auto points) { return quoin::arc_length(points); });
bool const moments = add("polygon_moments", [](auto points) { return quoin::polygon_moments(points).m03; });
bool const hull = add("hull_polygon", [](auto points) { return quoin::hull_polygon(points).size(); });
bool const box = add("smallest_box", [](auto points) { return quoin::smallest_box(points).width; });
bool const circle = add("smallest_circle", [](auto points) { return quoin::smallest_circle(points).radius; });
bool const simplified = add("simplify-2", [](auto points) { return quoin::simplify(points, 2).size(); });

} // namespace

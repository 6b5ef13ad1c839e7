// SPDX-License-Identifier: BSL-1.0
// Measures of polygons.
#include "parts.hpp"

#include "arrays.hpp"

#include <quoin/feature/shape/locate.hpp>
#include <quoin/feature/shape/polygon.hpp>
#include <quoin/feature/shape/simplify.hpp>
#include <quoin/feature/shape/smallest_box.hpp>
#include <quoin/feature/shape/smallest_circle.hpp>

#include <nanobind/stl/string.h>

#include <string>
#include <vector>

namespace quoin_python {

namespace {

/// (n, 2) of int64: x and y of each point.
using point_array = nb::ndarray<std::int64_t const, nb::shape<-1, 2>, nb::c_contig, nb::device::cpu>;

std::vector<quoin::point> points_of(point_array const& a) {
    std::vector<quoin::point> points(a.shape(0));
    for (std::size_t i = 0; i < points.size(); ++i) points[i] = {a(i, 0), a(i, 1)};
    return points;
}

nb::object array_of_points(std::vector<quoin::point> const& points) {
    std::vector<std::int64_t> numbers;
    numbers.reserve(2 * points.size());
    for (quoin::point const p : points) numbers.insert(numbers.end(), {p.x, p.y});
    return array_of(std::move(numbers), {points.size(), 2});
}

nb::tuple bounding_box(point_array const& a) {
    quoin::rect const r = quoin::bounding_box(points_of(a));
    return nb::make_tuple(r.x, r.y, r.width, r.height);
}

nb::dict polygon_moments(point_array const& a) {
    quoin::area_moments const m = quoin::polygon_moments(points_of(a));
    nb::dict d;
    d["m00"] = m.m00;
    d["m10"] = m.m10;
    d["m01"] = m.m01;
    d["m20"] = m.m20;
    d["m11"] = m.m11;
    d["m02"] = m.m02;
    d["m30"] = m.m30;
    d["m21"] = m.m21;
    d["m12"] = m.m12;
    d["m03"] = m.m03;
    return d;
}

nb::tuple smallest_box(point_array const& a) {
    quoin::turned_box const b = quoin::smallest_box(points_of(a));
    return nb::make_tuple(b.center_x, b.center_y, b.width, b.height, b.angle);
}

nb::tuple smallest_circle(point_array const& a) {
    quoin::real_circle const c = quoin::smallest_circle(points_of(a));
    return nb::make_tuple(c.center_x, c.center_y, c.radius);
}

std::string locate(point_array const& a, std::int64_t x, std::int64_t y) {
    switch (quoin::locate(points_of(a), {x, y})) {
    case quoin::location::inside:
        return "inside";
    case quoin::location::on_edge:
        return "on_edge";
    default:
        return "outside";
    }
}

} // namespace

void add_polygons(nb::module_& m) {
    m.def("signed_area", [](point_array const& a) { return quoin::signed_area(points_of(a)); });
    m.def("arc_length", [](point_array const& a, bool closed) { return quoin::arc_length(points_of(a), closed); });
    m.def("bounding_box", &bounding_box);
    m.def("is_convex", [](point_array const& a) { return quoin::is_convex(points_of(a)); });
    m.def("polygon_moments", &polygon_moments);
    m.def("hull_polygon", [](point_array const& a) { return array_of_points(quoin::hull_polygon(points_of(a))); });
    m.def("smallest_box", &smallest_box);
    m.def("smallest_circle", &smallest_circle);
    m.def("simplify", [](point_array const& a, double tolerance, bool closed) {
        return array_of_points(quoin::simplify(points_of(a), tolerance, closed));
    });
    m.def("locate", &locate);
    m.def("signed_distance", [](point_array const& a, std::int64_t x, std::int64_t y) {
        return quoin::signed_distance(points_of(a), {x, y});
    });
}

} // namespace quoin_python

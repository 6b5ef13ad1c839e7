// SPDX-License-Identifier: BSL-1.0
// Contours of masks, and masks of contours.
#include "parts.hpp"

#include "masks.hpp"

#include <quoin/feature/contour_mask.hpp>

#include <nanobind/stl/string_view.h>

namespace quoin_python {

namespace {

using quoin::index_t;

quoin::contour_options options_of(std::string_view mode, std::string_view points) {
    using quoin::contour_mode, quoin::contour_points;
    quoin::contour_options o;
    if (mode == "external") o.mode = contour_mode::external;
    else if (mode == "list") o.mode = contour_mode::list;
    else if (mode == "two_level") o.mode = contour_mode::two_level;
    else if (mode == "tree") o.mode = contour_mode::tree;
    else quoin::detail::raise("quoin.contours: there is no mode '", mode, "'; give external, list, two_level or tree");
    if (points == "all") o.points = contour_points::all;
    else if (points == "corners") o.points = contour_points::corners;
    else quoin::detail::raise("quoin.contours: there are no points '", points, "'; give all or corners");
    return o;
}

nb::dict contours(nb::handle mask, std::string_view mode, std::string_view points, std::string_view policy_name,
                  int threads) {
    policy const& p = vector_policy(policy_name, threads);
    quoin::contour_options const options = options_of(mode, points);
    array_image const image(mask, "the mask");
    quoin::contour_list found;
    {
        nb::gil_scoped_release const released;
        found = quoin::contours(p, mask_of(p, image), options);
    }
    std::vector<std::int32_t> places, hierarchy;
    std::vector<std::int64_t> first{0};
    std::vector<std::uint8_t> hole;
    places.reserve(2 * found.points.size());
    for (index_t k = 0; k < found.size(); ++k) {
        quoin::contour const& c = found.all[static_cast<std::size_t>(k)];
        for (quoin::point const at : found.of(k))
            places.insert(places.end(), {static_cast<std::int32_t>(at.x), static_cast<std::int32_t>(at.y)});
        for (index_t const other : {c.next, c.previous, c.child, c.parent})
            hierarchy.push_back(static_cast<std::int32_t>(other));
        first.push_back(first.back() + c.count);
        hole.push_back(c.hole);
    }
    std::size_t const count = hole.size();
    nb::dict d;
    d["points"] = array_of(std::move(places), {found.points.size(), 2});
    d["first"] = array_of(std::move(first), {count + 1});
    d["hierarchy"] = array_of(std::move(hierarchy), {count, 4});
    d["hole"] = array_of(std::move(hole), {count});
    return d;
}

nb::object contour_mask(nb::ndarray<std::int64_t const, nb::shape<-1, 2>, nb::c_contig, nb::device::cpu> const& points,
                        nb::ndarray<std::int64_t const, nb::shape<-1>, nb::c_contig, nb::device::cpu> const& counts,
                        index_t height, index_t width, std::string_view policy_name, int threads) {
    policy const& p = vector_policy(policy_name, threads);
    quoin::contour_list list;
    for (std::size_t i = 0; i < points.shape(0); ++i) list.points.push_back({points(i, 0), points(i, 1)});
    index_t first = 0;
    for (std::size_t k = 0; k < counts.shape(0); ++k) {
        list.all.push_back({.first = first, .count = counts(k)});
        first += counts(k);
    }
    quoin::bit_image mask;
    {
        nb::gil_scoped_release const released;
        mask = quoin::contour_mask(p, list, {width, height});
    }
    std::vector<std::uint8_t> pixels;
    pixels.reserve(static_cast<std::size_t>(width * height));
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x) pixels.push_back(mask.get(x, y));
    return array_of(std::move(pixels), {static_cast<std::size_t>(height), static_cast<std::size_t>(width)});
}

} // namespace

void add_contours(nb::module_& m) {
    m.def("contours", &contours, nb::arg("mask").none(), nb::kw_only(), nb::arg("mode"), nb::arg("points"),
          nb::arg("policy"), nb::arg("threads"));
    m.def("contour_mask", &contour_mask, nb::arg("points"), nb::arg("counts"), nb::arg("height"), nb::arg("width"),
          nb::kw_only(), nb::arg("policy"), nb::arg("threads"));
}

} // namespace quoin_python

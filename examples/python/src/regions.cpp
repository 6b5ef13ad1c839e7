// SPDX-License-Identifier: BSL-1.0
// Masks as rectangles and components, and the nuclei of images.
#include "parts.hpp"

#include "../../tools/common/workers.hpp"
#include "../../tools/nuclei/find.hpp"

#include "masks.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/label/label_image.hpp>
#include <quoin/label/region_properties.hpp>
#include <quoin/rect/segment.hpp>

#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include <algorithm>
#include <cstdint>
#include <limits>

namespace quoin_python {

namespace {

using quoin::index_t;

quoin::connectivity connectivity_of(int neighbors) {
    if (neighbors != 4 && neighbors != 8) quoin::detail::raise("quoin: connectivity is ", neighbors, "; give 4 or 8");
    return neighbors == 4 ? quoin::connectivity::four : quoin::connectivity::eight;
}

std::vector<std::int64_t> boxes_of(auto const& all, auto const& box_of) {
    std::vector<std::int64_t> numbers;
    numbers.reserve(4 * all.size());
    for (auto const& one : all) {
        quoin::rect const r = box_of(one);
        numbers.insert(numbers.end(), {r.x, r.y, r.width, r.height});
    }
    return numbers;
}

template <class T>
nb::object column_of(auto const& all, auto const& value_of) {
    std::vector<T> numbers;
    numbers.reserve(all.size());
    for (auto const& one : all) numbers.push_back(static_cast<T>(value_of(one)));
    std::size_t const count = numbers.size();
    return array_of(std::move(numbers), {count});
}

nb::object boxes_array(auto const& all, auto const& box_of) {
    return array_of(boxes_of(all, box_of), {all.size(), 4});
}

/// The columns that all components have.
nb::dict columns_of(auto const& components) {
    nb::dict d;
    d["area"] = column_of<std::int64_t>(components, [](auto const& c) { return c.area; });
    d["box"] = boxes_array(components, [](auto const& c) { return c.box; });
    d["centroid_x"] = column_of<double>(components, [](auto const& c) { return c.centroid_x; });
    d["centroid_y"] = column_of<double>(components, [](auto const& c) { return c.centroid_y; });
    return d;
}

nb::dict columns_of(std::vector<quoin::region_properties> const& regions, bool with_intensity) {
    nb::dict d = columns_of(regions);
    auto const add = [&](char const* name, auto const& value_of) { d[name] = column_of<double>(regions, value_of); };
    add("perimeter_crofton", [](auto const& r) { return r.perimeter_crofton; });
    add("axis_major_length", [](auto const& r) { return r.axis_major_length(); });
    add("axis_minor_length", [](auto const& r) { return r.axis_minor_length(); });
    add("eccentricity", [](auto const& r) { return r.eccentricity(); });
    add("orientation", [](auto const& r) { return r.orientation(); });
    if (with_intensity) {
        add("intensity_mean", [](auto const& r) { return r.intensity_mean; });
        add("intensity_min", [](auto const& r) { return r.intensity_min; });
        add("intensity_max", [](auto const& r) { return r.intensity_max; });
    }
    return d;
}

nb::dict segment(nb::handle mask, std::string_view method, index_t open, index_t close, index_t fill_holes,
                 index_t min_area, double max_seconds, index_t max_edge_error, double max_area_error, index_t min_side,
                 std::string_view policy_name, int threads) {
    quoin::segment_options options{.open = open, .close = close, .fill_holes = fill_holes, .min_area = min_area};
    if (method == "run_merge") options.method = quoin::segment_method::run_merge;
    else if (method == "minimum") options.method = quoin::segment_method::minimum;
    else if (method == "regularize") options.method = quoin::segment_method::regularize;
    else
        quoin::detail::raise("quoin.segment: there is no method '", method, "'; give run_merge, minimum or regularize");
    options.budget.max_seconds = max_seconds;
    options.regularize.max_edge_error = max_edge_error;
    options.regularize.max_area_error = max_area_error;
    options.regularize.min_side = min_side;
    policy const& p = vector_policy(policy_name, threads);
    array_image const image(mask, "the mask");
    quoin::segmentation found;
    {
        nb::gil_scoped_release const released;
        found = quoin::segment(p, mask_of(p, image), options);
    }
    nb::dict d;
    d["rectangles"] = boxes_array(found.rectangles, [](auto const& r) { return r.box; });
    d["component_of"] = column_of<std::int64_t>(found.rectangles, [](auto const& r) { return r.component; });
    d["components"] = columns_of(found.components);
    d["optimal"] = found.optimal;
    d["gap"] = found.gap;
    d["edge_error"] = found.edge_error;
    d["area_error"] = found.area_error;
    d["iou"] = found.iou;
    return d;
}

nb::dict components(nb::handle mask, nb::handle intensity, int neighbors, std::string_view policy_name, int threads) {
    policy const& p = vector_policy(policy_name, threads);
    array_image const image(mask, "the mask");
    std::vector<quoin::region_properties> regions;
    auto const find = [&](auto const&... more) {
        regions = quoin::regionprops(p, quoin::components(p, mask_of(p, image), connectivity_of(neighbors)), more...);
    };
    if (intensity.is_none()) {
        nb::gil_scoped_release const released;
        find();
    } else {
        array_image const values(intensity, "intensity");
        nb::gil_scoped_release const released;
        quoin::any_image memory;
        quoin::any_view const v = interleaved(values.view(), memory);
        if (v.format() == quoin::format_of<std::uint8_t>) find(v.as<std::uint8_t>());
        else if (v.format() == quoin::format_of<std::uint16_t>) find(v.as<std::uint16_t>());
        else
            quoin::detail::raise("quoin.components: intensity has pixels of the format ", quoin::to_text(v.format()),
                                 "; give gray ones of uint8 or uint16");
    }
    return columns_of(regions, !intensity.is_none());
}

nb::object labels_array(quoin::image<std::uint32_t> const& found) {
    std::vector<std::uint32_t> values(static_cast<std::size_t>(found.width() * found.height()));
    for (index_t y = 0; y < found.height(); ++y)
        std::copy_n(found.view().row(y), found.width(), values.data() + y * found.width());
    return array_of(std::move(values),
                    {static_cast<std::size_t>(found.height()), static_cast<std::size_t>(found.width())});
}

nb::object labels(nb::handle mask, int neighbors, std::string_view policy_name, int threads) {
    policy const& p = vector_policy(policy_name, threads);
    array_image const image(mask, "the mask");
    quoin::image<std::uint32_t> found;
    {
        nb::gil_scoped_release const released;
        found = quoin::label_image(p, quoin::components(p, mask_of(p, image), connectivity_of(neighbors)));
    }
    return labels_array(found);
}

void check_within(char const* name, double value, double least, double most) {
    if (!(value >= least && value <= most))
        quoin::detail::raise("quoin.nuclei: ", name, " is ", value, "; give a number from ", least, " to ", most);
}

nb::dict nuclei(nb::handle image, index_t background, double diameter, bool local, double contrast, double neck,
                index_t min_area, index_t max_hole, double min_snr, bool invert, std::string_view policy_name,
                int threads) {
    check_within("background", static_cast<double>(background), -1, 1 << 20);
    check_within("diameter", diameter, 0, 2000);
    check_within("contrast", contrast, 0, 1);
    check_within("neck", neck, 0, 1);
    check_within("min_snr", min_snr, 0, 1000);
    chosen_policy const p = find_policy(policy_name, threads);
    array_image const from(image, "the image");
    quoin::pixel_format const format = from.view().format();
    if (format != quoin::format_of<std::uint8_t> && format != quoin::format_of<std::uint16_t>)
        quoin::detail::raise("quoin.nuclei: the image has pixels of the format ", quoin::to_text(format),
                             "; give gray ones of uint8 or uint16, as quoin.run(\"gray\", image) makes them of color");
    examples::nuclei_findings found;
    {
        nb::gil_scoped_release const released;
        quoin::image<std::uint16_t> pixels(from.view().size());
        quoin::run(quoin::serial{}, quoin::any_pipeline("convert_to=u16"), from.view(),
                   quoin::any_output(pixels.view()));
        examples::workers const workers = p.scalars ? examples::workers(*p.scalars) : examples::workers(*p.vectors);
        found = examples::find_nuclei(workers, pixels,
                                      {.background = background,
                                       .diameter = diameter,
                                       .local = local,
                                       .contrast = contrast,
                                       .neck = neck,
                                       .min_area = min_area,
                                       .max_hole = max_hole,
                                       .min_snr = min_snr,
                                       .invert = invert});
    }
    nb::dict d;
    d["regions"] = columns_of(found.nuclei, true);
    d["labels"] = labels_array(found.labels);
    d["diameter"] = found.diameter;
    d["noise"] = found.noise;
    d["note"] = found.note.text;
    return d;
}

} // namespace

void add_regions(nb::module_& m) {
    constexpr double no_limit = std::numeric_limits<double>::infinity();
    quoin::regularize_options const regularize;
    m.def("segment", &segment, nb::arg("mask").none(), nb::kw_only(), nb::arg("method"), nb::arg("open"),
          nb::arg("close"), nb::arg("fill_holes"), nb::arg("min_area"), nb::arg("max_seconds") = no_limit,
          nb::arg("max_edge_error") = regularize.max_edge_error, nb::arg("max_area_error") = regularize.max_area_error,
          nb::arg("min_side") = regularize.min_side, nb::arg("policy"), nb::arg("threads"));
    m.def("components", &components, nb::arg("mask").none(), nb::arg("intensity").none(), nb::kw_only(),
          nb::arg("connectivity"), nb::arg("policy"), nb::arg("threads"));
    examples::nuclei_options const o;
    m.def("nuclei", &nuclei, nb::arg("image").none(), nb::kw_only(), nb::arg("background") = o.background,
          nb::arg("diameter") = o.diameter, nb::arg("local") = o.local, nb::arg("contrast") = o.contrast,
          nb::arg("neck") = o.neck, nb::arg("min_area") = o.min_area, nb::arg("max_hole") = o.max_hole,
          nb::arg("min_snr") = o.min_snr, nb::arg("invert") = o.invert, nb::arg("policy"), nb::arg("threads"));
    m.def("labels", &labels, nb::arg("mask").none(), nb::kw_only(), nb::arg("connectivity"), nb::arg("policy"),
          nb::arg("threads"));
}

} // namespace quoin_python

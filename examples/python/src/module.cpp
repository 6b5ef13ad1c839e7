// SPDX-License-Identifier: BSL-1.0
// The module quoin._quoin: pipelines and what evaluates them. The package's Python adds names and defaults.
#include "arrays.hpp"
#include "parts.hpp"
#include "policies.hpp"

#include <quoin/version.hpp>

#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <iterator>

namespace quoin_python {

namespace {

using quoin::any_pipeline;

nb::dict description(quoin::operation const& o) {
    nb::dict all;
    nb::list parameters;
    constexpr char const* types[] = {"integer", "number", "choice", "size", "kernel", "element"};
    for (int i = 0; i < o.parameter_count(); ++i) {
        quoin::parameter const& p = o.parameters[i];
        nb::dict one;
        one["name"] = p.name;
        one["type"] = types[static_cast<int>(p.type)];
        one["least"] = p.least;
        one["most"] = p.most;
        one["preset"] = p.preset ? nb::cast(p.preset) : nb::none();
        one["choices"] = p.choices ? nb::cast(p.choices) : nb::none();
        one["about"] = p.about;
        one["one_for_both"] = p.one_for_both;
        parameters.append(one);
    }
    all["name"] = o.name;
    all["about"] = o.about;
    all["inputs"] = o.inputs;
    all["parameters"] = parameters;
    all["rounding"] = o.rounding;
    all["floating"] = o.floating;
    all["opencv"] = o.opencv;
    all["pillow"] = o.pillow;
    all["scikit_image"] = o.scikit_image;
    all["gray_others"] = o.gray_others;
    all["reads_maps"] = o.reads_maps;
    return all;
}

/// The images of a call, in order.
std::deque<array_image> images_of(nb::handle image, nb::args const& others) {
    std::deque<array_image> images;
    images.emplace_back(image, "the image");
    int number = 2;
    for (nb::handle const other : others) images.emplace_back(other, ("input " + std::to_string(number++)).c_str());
    return images;
}

nb::object run(any_pipeline const& pipeline, nb::handle image, nb::args const& others, std::string_view policy,
               int threads, nb::handle out) {
    auto const evaluate = [&](std::vector<quoin::any_view> const& in, quoin::any_output const& to) {
        nb::gil_scoped_release const released;
        chosen_policy const p = find_policy(policy, threads);
        if (p.scalars) quoin::run(*p.scalars, pipeline, in, to);
        else quoin::run(*p.vectors, pipeline, in, to);
    };
    auto const images = images_of(image, others);
    std::vector<quoin::any_view> in;
    for (array_image const& i : images) in.push_back(i.view());
    if (!out.is_none()) {
        array_image const to(out, "out", true);
        evaluate(in, to.output());
        return nb::borrow(out);
    }
    std::vector<any_pipeline::result> inputs;
    for (quoin::any_view const& v : in) inputs.push_back({v.format(), v.size()});
    any_pipeline::result const r = pipeline.result_of(inputs);
    new_array result(r.format, r.size);
    evaluate(in, result.output());
    return result.object();
}

constexpr char const* type_names[] = {"uint8", "uint16", "int16", "int32", "float32"};

/// The format and extent of an array of this shape and type.
any_pipeline::result input_of(std::vector<quoin::index_t> const& shape, std::string_view type) {
    if (shape.size() != 2 && shape.size() != 3)
        quoin::detail::raise("quoin: a shape of ", shape.size(),
                             " numbers; give (height, width) or (height, width, channels)");
    quoin::index_t const channels = shape.size() == 3 ? shape[2] : 1;
    if (shape[0] < 0 || shape[1] < 0 || (channels != 1 && channels != 3 && channels != 4))
        quoin::detail::raise("quoin: a shape of ", shape[1], " x ", shape[0], " pixels of ", channels,
                             " channels; give numbers from 0, and 1, 3 or 4 channels");
    if (type == "bool") type = type_names[0]; // as which it is read
    auto const* const name = std::find(std::begin(type_names), std::end(type_names), type);
    if (name == std::end(type_names))
        quoin::detail::raise("quoin: there is no type '", type, "'; give uint8, uint16, int16, int32 or float32");
    return {{static_cast<quoin::channel_type>(name - type_names), static_cast<int>(channels)}, {shape[1], shape[0]}};
}

/// (height, width[, channels]) and the name of the type, of a shape and a type of the input.
nb::tuple result_of(any_pipeline const& pipeline, std::vector<quoin::index_t> const& shape, std::string_view type) {
    std::vector<any_pipeline::result> const inputs(static_cast<std::size_t>(pipeline.inputs()), input_of(shape, type));
    any_pipeline::result const r = pipeline.result_of(inputs);
    char const* const name = type_names[static_cast<int>(r.format.channel)];
    if (r.format.channels == 1) return nb::make_tuple(nb::make_tuple(r.size.height, r.size.width), name);
    return nb::make_tuple(nb::make_tuple(r.size.height, r.size.width, r.format.channels), name);
}

/// (x, y, width, height) of the input that the same of the result depends on.
nb::tuple needed(any_pipeline const& pipeline, std::vector<quoin::index_t> const& part,
                 std::vector<quoin::index_t> const& shape, std::string_view type) {
    if (part.size() != 4)
        quoin::detail::raise("quoin: a part of ", part.size(), " numbers; give (x, y, width, height)");
    any_pipeline::result const input = input_of(shape, type);
    quoin::rect const r = pipeline.needed({part[0], part[1], part[2], part[3]}, input.format, input.size);
    return nb::make_tuple(r.x, r.y, r.width, r.height);
}

} // namespace

} // namespace quoin_python

NB_MODULE(_quoin, m) {
    using namespace quoin_python;
    namespace nb = nanobind;
    // A message may have a path, whose bytes need not be text.
    static constexpr auto set_error = [](PyObject* kind, char const* what) {
        auto const text =
            nb::steal(PyUnicode_DecodeUTF8(what, static_cast<Py_ssize_t>(std::strlen(what)), "surrogateescape"));
        PyErr_SetObject(kind, text.ptr());
    };
    nb::register_exception_translator([](std::exception_ptr const& p, void*) {
        try {
            std::rethrow_exception(p);
        } catch (quoin::io_error const& e) {
            set_error(PyExc_OSError, e.what());
        } catch (quoin::invalid_argument const& e) {
            set_error(PyExc_ValueError, e.what());
        }
    });
    m.attr("__version__") = std::to_string(QUOIN_VERSION_MAJOR) + "." + std::to_string(QUOIN_VERSION_MINOR) + "." +
                            std::to_string(QUOIN_VERSION_PATCH);
    m.def("policies", &policy_names);
    m.def(
        "refuse_masked", [](nb::handle object, char const* what) { refuse_masked(object, what); },
        nb::arg("object").none(), nb::arg("what"));
    m.def("operations", [] {
        nb::list all;
        for (quoin::operation const* o : any_pipeline::operations()) all.append(description(*o));
        return all;
    });
    nb::class_<any_pipeline>(m, "Pipeline")
        .def(nb::init<>())
        .def(nb::init<std::string_view>(), nb::arg("text"))
        .def(
            "then", [](any_pipeline const& p, any_pipeline const& next) { return p.then(next); }, nb::arg("next"))
        .def("text", &any_pipeline::text)
        .def("inputs", &any_pipeline::inputs)
        .def("__len__", &any_pipeline::size)
        .def("result_of", &result_of, nb::arg("shape"), nb::arg("type") = "uint8")
        .def("needed", &needed, nb::arg("part"), nb::arg("shape"), nb::arg("type") = "uint8");
    m.def("run", &run, nb::arg("pipeline"), nb::arg("image").none(), nb::arg("others"), nb::kw_only(),
          nb::arg("policy") = policy_names().back(), nb::arg("threads") = 0, nb::arg("out").none() = nb::none());
    add_contours(m);
    add_descriptors(m);
    add_features(m);
    add_files(m);
    add_measures(m);
    add_polygons(m);
    add_regions(m);
    add_tensors(m);
}

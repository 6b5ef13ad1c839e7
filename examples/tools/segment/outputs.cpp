// SPDX-License-Identifier: BSL-1.0
// The tables, the overlay and the summary.
#include "outputs.hpp"

#include "../common/images.hpp"

#include <quoin/draw/box.hpp>
#include <quoin/draw/labels.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/measure/min_max.hpp>

#include <algorithm>
#include <iostream>
#include <sstream>

namespace examples {

namespace {

char const* method_name(quoin::segment_method m) {
    switch (m) {
    case quoin::segment_method::minimum:
        return "minimum";
    case quoin::segment_method::regularize:
        return "regularize";
    default:
        return "run-merge";
    }
}

/// Out is a text_buffer or a text_file.
template <class Out>
void put_rectangles_json(Out& out, segment_work const& a, findings const& found) {
    out.put("{\"width\": ", found.size.width, ", \"height\": ", found.size.height, ", \"threshold\": ", found.level,
            ", \"invert\": ", a.invert ? "true" : "false", ", \"method\": \"", method_name(a.steps.method),
            "\", \"optimal\": ", found.result.optimal ? "true" : "false", ", \"rectangles\": [");
    char const* separator = "\n";
    for (auto const& [box, component] : found.result.rectangles) {
        out.put(separator, "{\"x\": ", box.x, ", \"y\": ", box.y, ", \"w\": ", box.width, ", \"h\": ", box.height,
                ", \"component\": ", component, "}");
        separator = ",\n";
    }
    out.put("\n]}\n");
}

template <class Out>
void put_rectangle(Out& out, quoin::labeled_rect const& r) {
    out.put(r.box.x, ",", r.box.y, ",", r.box.width, ",", r.box.height, ",", r.component, "\n");
}

constexpr char const* rectangle_columns = "x,y,w,h,component\n";

} // namespace

rectangle_file::rectangle_file(std::string const& path, quoin::extent size, quoin::gds_options const& gds) {
    if (has_extension(path, ".gds")) layout_.emplace(path, size, gds);
    else table_.emplace(path).put(rectangle_columns);
}

void rectangle_file::put(quoin::labeled_rect const& r) {
    if (layout_) layout_->write(r.box);
    else put_rectangle(*table_, r);
}

void rectangle_file::commit() {
    if (layout_) layout_->commit();
    else table_->commit();
}

void begin_components(text_file& out) {
    out.put("component,area,x,y,w,h,cx,cy\n");
}

void put_component(text_file& out, quoin::index_t index, quoin::component const& c) {
    out.put(index, ",", c.area, ",", c.box.x, ",", c.box.y, ",", c.box.width, ",", c.box.height, ",", c.centroid_x, ",",
            c.centroid_y, "\n");
}

void write_rectangles(std::string const& path, findings const& found, quoin::gds_options const& gds) {
    rectangle_file out(path, found.size, gds);
    for (quoin::labeled_rect const& r : found.result.rectangles) out.put(r);
    out.commit();
}

void write_components(std::string const& path, quoin::segmentation const& result) {
    text_file out(path);
    begin_components(out);
    quoin::index_t index = 0;
    for (quoin::component const& c : result.components) put_component(out, index++, c);
    out.commit();
}

std::string rectangles_json(segment_work const& work, findings const& found) {
    text_buffer out;
    put_rectangles_json(out, work, found);
    return out.text();
}

std::string rectangles_csv(findings const& found) {
    text_buffer out;
    out.put(rectangle_columns);
    for (quoin::labeled_rect const& r : found.result.rectangles) put_rectangle(out, r);
    return out.text();
}

std::string rectangles_gds(findings const& found, quoin::gds_options const& gds) {
    std::string bytes;
    auto out = quoin::gds_writer::into(bytes, found.size, gds);
    for (quoin::labeled_rect const& r : found.result.rectangles) out.write(r.box);
    out.commit();
    return bytes;
}

void write_tables(segment_arguments const& a, findings const& found) {
    if (has_extension(a.rects, ".json")) {
        text_file out(a.rects);
        put_rectangles_json(out, a, found);
        out.commit();
    } else if (!a.rects.empty()) write_rectangles(a.rects, found, a.gds);
    if (!a.components.empty()) write_components(a.components, found.result);
}

template <class T>
void write_overlay(std::string const& path, quoin::image<T> const& gray, quoin::segmentation const& result) {
    using quoin::index_t;
    quoin::image<quoin::rgb8> picture(gray.size());
    index_t const brightest = std::max<index_t>(1, quoin::min_max(quoin::serial{}, gray).max);
    for (index_t y = 0; y < gray.height(); ++y)
        for (index_t x = 0; x < gray.width(); ++x) {
            auto const dim = static_cast<std::uint8_t>(gray(x, y) * index_t{128} / brightest);
            picture(x, y) = {dim, dim, dim};
        }
    int shade = 0;
    for (auto const& [box, component] : result.rectangles) {
        shade = (shade + 1) % 3;
        quoin::rgb8 const color = quoin::map_channels(quoin::label_color(component), [&](int level) {
            return static_cast<std::uint8_t>(level * (4 - shade) / 4);
        });
        quoin::fill_box(picture.view(), box, color, 128);
        // Others would be nothing but outline.
        if (std::min(box.width, box.height) >= 4) quoin::draw_box(picture.view(), box, color);
    }
    write_pixels(path, std::as_const(picture).view());
}
template void write_overlay(std::string const&, quoin::image<std::uint8_t> const&, quoin::segmentation const&);
template void write_overlay(std::string const&, quoin::image<std::uint16_t> const&, quoin::segmentation const&);

json_object summary_json(segment_arguments const& a, findings const& found) {
    json_object line{{"policy", found.policy},
                     {"threads", found.threads},
                     {"width", found.size.width},
                     {"height", found.size.height},
                     {"rectangles", found.rectangles},
                     {"components", found.components},
                     {"optimal", found.result.optimal},
                     {"ms_median", rounded_to_microseconds(found.ms_median)},
                     {"ms_decode", rounded_to_microseconds(found.ms_decode)}};
    if (found.policy == policy_of_processes) line.emplace_back("processes", found.processes);
    if (found.result.gap > 0) line.emplace_back("gap", found.result.gap);
    if (a.steps.method == quoin::segment_method::regularize) {
        line.emplace_back("iou", found.result.iou);
        line.emplace_back("edge_error", found.result.edge_error);
        line.emplace_back("area_error", found.result.area_error);
    }
    return line;
}

std::string summary_text(segment_arguments const& a, findings const& found) {
    std::ostringstream text;
    text << a.input << ": " << found.size.width << " x " << found.size.height << ", foreground is "
         << (a.invert ? "<= " : "> ") << found.level << ": " << found.rectangles << " rectangles ("
         << method_name(a.steps.method);
    if (found.result.optimal) text << ", proved to be the fewest";
    else if (a.steps.method == quoin::segment_method::minimum)
        text << ", proved to be at most " << found.result.gap << " too many";
    else if (a.steps.method == quoin::segment_method::regularize)
        text << ", IoU " << found.result.iou << ", edges within " << found.result.edge_error << " pixels";
    text << ") in " << found.components << " components";
    return text.str();
}

void print_summary(segment_arguments const& a, findings const& found) {
    bool const table = a.rects == "-" || a.components == "-";
    std::ostream& out = table ? std::cerr : std::cout;
    if (a.time) print_json(summary_json(a, found), out);
    else out << summary_text(a, found) << '\n';
}

} // namespace examples

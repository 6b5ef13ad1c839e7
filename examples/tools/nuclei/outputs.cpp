// SPDX-License-Identifier: BSL-1.0
// How the nuclei are written.
#include "outputs.hpp"

#include "../common/images.hpp"
#include "../common/json.hpp"
#include "../common/program.hpp"
#include "../common/text_file.hpp"

#include <quoin/draw/labels.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/measure/min_max.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace examples {

namespace {

/// Calls f(column, value) for what is told of a nucleus.
template <class F>
void each_column(quoin::index_t id, quoin::region_properties const& r, F const& f) {
    f("id", id);
    f("area", r.area);
    f("x", r.box.x);
    f("y", r.box.y);
    f("w", r.box.width);
    f("h", r.box.height);
    f("cx", r.centroid_x);
    f("cy", r.centroid_y);
    f("perimeter", r.perimeter_crofton);
    f("major_axis", r.axis_major_length());
    f("minor_axis", r.axis_minor_length());
    f("eccentricity", r.eccentricity());
    f("orientation", r.orientation() * 180 / std::numbers::pi);
    f("mean_intensity", r.intensity_mean);
}

/// Out is a text_buffer or a text_file.
template <class Out>
void put_nuclei_csv(Out& out, nuclei_findings const& found) {
    char const* separator = "";
    each_column(0, {}, [&](char const* name, auto) {
        out.put(separator, name);
        separator = ",";
    });
    out.put("\n");
    quoin::index_t id = 0;
    for (quoin::region_properties const& r : found.nuclei) {
        separator = "";
        each_column(++id, r, [&](char const*, auto value) {
            out.put(separator, value);
            separator = ",";
        });
        out.put("\n");
    }
}

} // namespace

void write_nuclei_csv(std::string const& path, nuclei_findings const& found) {
    text_file out(path);
    put_nuclei_csv(out, found);
    out.commit();
}

std::string nuclei_csv(nuclei_findings const& found) {
    text_buffer out;
    put_nuclei_csv(out, found);
    return out.text();
}

std::string nuclei_json(nuclei_findings const& found) {
    json_array nuclei;
    for (quoin::region_properties const& r : found.nuclei) {
        json_object one;
        each_column(std::ssize(nuclei) + 1, r, [&](char const* name, auto value) { one.emplace_back(name, value); });
        nuclei.emplace_back(std::move(one));
    }
    return json_text({{"width", found.labels.width()},
                      {"height", found.labels.height()},
                      {"diameter", found.diameter},
                      {"noise", found.noise},
                      {"note", found.note.text},
                      {"nuclei", std::move(nuclei)}}) +
           "\n";
}

quoin::image<std::uint16_t> nuclei_numbers(std::string const& name, nuclei_findings const& found) {
    if (found.nuclei.size() > 65535)
        throw std::runtime_error(name + " cannot be written: " + std::to_string(found.nuclei.size()) +
                                 " nuclei have no numbers of 16 bits; give a .tif, or cut the image into parts");
    return quoin::to_image(quoin::serial{}, found.labels.view() | quoin::convert_to<std::uint16_t>);
}

void write_nuclei_labels(std::string const& path, nuclei_findings const& found) {
    if (has_extension(path, ".tif")) return write_labels(path, found.labels);
    auto const labels = nuclei_numbers(path, found);
    write_pixels(path, labels.view());
}

void write_nuclei_overlay(std::string const& path, quoin::image<std::uint16_t> const& pixels,
                          nuclei_findings const& found) {
    using quoin::index_t;
    quoin::image<quoin::rgb8> picture(pixels.size());
    double const brightest = std::max<double>(1, quoin::min_max(quoin::serial{}, pixels).max);
    for (index_t y = 0; y < pixels.height(); ++y)
        for (index_t x = 0; x < pixels.width(); ++x) {
            auto const shade = static_cast<std::uint8_t>(220 * std::sqrt(pixels(x, y) / brightest));
            picture(x, y) = {shade, shade, shade};
        }
    quoin::draw_label_outlines(picture.view(), found.labels.view(), quoin::label_color);
    write_pixels(path, std::as_const(picture).view());
}

} // namespace examples

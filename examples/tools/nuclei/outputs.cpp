// SPDX-License-Identifier: BSL-1.0
// How the nuclei are written.
#include "outputs.hpp"

#include "../common/images.hpp"
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

void write_nuclei_csv(std::string const& path, nuclei_findings const& found) {
    text_file out(path);
    out.put("id,area,x,y,w,h,cx,cy,perimeter,major_axis,minor_axis,eccentricity,orientation,mean_intensity\n");
    quoin::index_t id = 0;
    for (quoin::region_properties const& r : found.nuclei)
        out.put(++id, ",", r.area, ",", r.box.x, ",", r.box.y, ",", r.box.width, ",", r.box.height, ",", r.centroid_x,
                ",", r.centroid_y, ",", r.perimeter_crofton, ",", r.axis_major_length(), ",", r.axis_minor_length(),
                ",", r.eccentricity(), ",", r.orientation() * 180 / std::numbers::pi, ",", r.intensity_mean, "\n");
    out.commit();
}

void write_nuclei_labels(std::string const& path, nuclei_findings const& found) {
    if (has_extension(path, ".tif")) return write_labels(path, found.labels);
    if (found.nuclei.size() > 65535)
        throw std::runtime_error(path + " cannot be written: " + std::to_string(found.nuclei.size()) +
                                 " nuclei have no numbers of 16 bits; give a .tif, or cut the image into parts");
    auto const labels = quoin::to_image(quoin::serial{}, found.labels.view() | quoin::convert_to<std::uint16_t>);
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

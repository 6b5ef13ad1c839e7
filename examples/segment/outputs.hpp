// SPDX-License-Identifier: BSL-1.0
// What quoin-segment leaves: tables, the overlay, the summary.
#pragma once

#include "../common/text_file.hpp"
#include "options.hpp"

#include <quoin/image/image.hpp>
#include <quoin/io/write_image.hpp>

#include <sstream>

namespace examples {

struct findings {
    std::string policy;
    int threads = 1;
    quoin::extent size;
    quoin::index_t level = 0;
    quoin::segmentation result{};
    double ms_median = 0;
    double ms_decode = 0;
};

inline char const* method_name(quoin::segment_method m) {
    switch (m) {
    case quoin::segment_method::minimum:
        return "minimum";
    case quoin::segment_method::regularise:
        return "regularise";
    default:
        return "run-merge";
    }
}

inline void write_rectangles_csv(std::string const& path, findings const& found) {
    text_file out(path);
    out.put("x,y,w,h,component\n");
    for (auto const& [box, component] : found.result.rectangles)
        out.put(box.x, ",", box.y, ",", box.width, ",", box.height, ",", component, "\n");
    out.commit();
}

inline void write_rectangles_json(std::string const& path, segment_arguments const& a,
                                  findings const& found) {
    text_file out(path);
    out.put("{\"width\": ", found.size.width, ", \"height\": ", found.size.height,
            ", \"threshold\": ", found.level, ", \"invert\": ", a.invert ? "true" : "false",
            ", \"method\": \"", method_name(a.steps.method),
            "\", \"optimal\": ", found.result.optimal ? "true" : "false", ", \"rectangles\": [");
    char const* separator = "\n";
    for (auto const& [box, component] : found.result.rectangles) {
        out.put(separator, "{\"x\": ", box.x, ", \"y\": ", box.y, ", \"w\": ", box.width,
                ", \"h\": ", box.height, ", \"component\": ", component, "}");
        separator = ",\n";
    }
    out.put("\n]}\n");
    out.commit();
}

inline void write_components(std::string const& path, quoin::segmentation const& result) {
    text_file out(path);
    out.put("component,area,x,y,w,h,cx,cy\n");
    quoin::index_t index = 0;
    for (quoin::component const& c : result.components)
        out.put(index++, ",", c.area, ",", c.box.x, ",", c.box.y, ",", c.box.width, ",", c.box.height, ",",
                c.centroid_x, ",", c.centroid_y, "\n");
    out.commit();
}

inline void write_tables(segment_arguments const& a, findings const& found) {
    if (has_extension(a.rects, ".csv")) write_rectangles_csv(a.rects, found);
    else if (!a.rects.empty()) write_rectangles_json(a.rects, a, found);
    if (!a.components.empty()) write_components(a.components, found.result);
}

/// A saturated colour, far from those of the neighbouring numbers.
inline quoin::rgb8 colour_of(quoin::index_t component) {
    // Steps of the golden ratio around the circle of hues, of 6 * 256 shades.
    auto const turn = static_cast<std::uint32_t>(component) * 2654435769u;
    int const hue = static_cast<int>(turn >> 16) * 1536 / 65536;
    int const rising = hue % 256;
    auto const mixed = [&](int shade) { return static_cast<std::uint8_t>(55 + shade * 200 / 255); };
    std::uint8_t const up = mixed(rising), down = mixed(255 - rising), high = mixed(255), low = mixed(0);
    switch (hue / 256) {
    case 0:
        return {high, up, low};
    case 1:
        return {down, high, low};
    case 2:
        return {low, high, up};
    case 3:
        return {low, down, high};
    case 4:
        return {up, low, high};
    default:
        return {high, low, down};
    }
}

/// The image at half its brightness, stretched to its largest value, under the rectangles: neighbours in
/// shades of their component's colour, the larger ones tinted inside a bright outline.
template <class T>
void write_overlay(std::string const& path, quoin::image<T> const& gray, quoin::segmentation const& result) {
    using quoin::index_t;
    quoin::image<quoin::rgb8> picture(gray.size());
    index_t brightest = 1;
    for (index_t y = 0; y < gray.height(); ++y)
        for (index_t x = 0; x < gray.width(); ++x) brightest = std::max<index_t>(brightest, gray(x, y));
    for (index_t y = 0; y < gray.height(); ++y)
        for (index_t x = 0; x < gray.width(); ++x) {
            auto const dim = static_cast<std::uint8_t>(gray(x, y) * index_t{128} / brightest);
            picture(x, y) = {dim, dim, dim};
        }
    // a is weighted by `weight` / 8, b by the rest.
    auto const mixed = [](quoin::rgb8 a, quoin::rgb8 b, int weight) {
        auto const mix = [&](int p, int q) {
            return static_cast<std::uint8_t>((p * weight + q * (8 - weight)) / 8);
        };
        return quoin::rgb8{mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b)};
    };
    int shade = 0;
    for (auto const& [box, component] : result.rectangles) {
        shade = (shade + 1) % 3;
        quoin::rgb8 const colour = mixed(colour_of(component), {}, 8 - 2 * shade);
        bool const large = std::min(box.width, box.height) >= 4;
        for (index_t y = box.y; y < box.bottom(); ++y)
            for (index_t x = box.x; x < box.right(); ++x) {
                bool const inside = x > box.x && x + 1 < box.right() && y > box.y && y + 1 < box.bottom();
                picture(x, y) = large && inside ? mixed(picture(x, y), colour, 4) : colour;
            }
    }
    quoin::write_image(path, picture.view());
}

inline nlohmann::ordered_json summary_json(segment_arguments const& a, findings const& found) {
    nlohmann::ordered_json line{{"policy", found.policy},
                                {"threads", found.threads},
                                {"width", found.size.width},
                                {"height", found.size.height},
                                {"rectangles", found.result.rectangles.size()},
                                {"components", found.result.components.size()},
                                {"optimal", found.result.optimal},
                                {"ms_median", rounded_to_microseconds(found.ms_median)},
                                {"ms_decode", rounded_to_microseconds(found.ms_decode)}};
    if (a.steps.method == quoin::segment_method::regularise) {
        line["iou"] = found.result.iou;
        line["edge_error"] = found.result.edge_error;
        line["area_error"] = found.result.area_error;
    }
    return line;
}

inline std::string summary_text(segment_arguments const& a, findings const& found) {
    std::ostringstream text;
    text << a.input << ": " << found.size.width << " x " << found.size.height << ", foreground is "
         << (a.invert ? "<= " : "> ") << found.level << ": " << found.result.rectangles.size()
         << " rectangles (" << method_name(a.steps.method);
    if (found.result.optimal) text << ", proved to be the fewest";
    if (a.steps.method == quoin::segment_method::regularise)
        text << ", IoU " << found.result.iou << ", edges within " << found.result.edge_error << " pixels";
    text << ") in " << found.result.components.size() << " components";
    return text.str();
}

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// The test chart, and the error of resampling with waves.

#include "chart.hpp"

#include <quoin/draw/text.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>

namespace chart {
namespace {

using quoin::index_t;
using std::numbers::pi;

std::uint8_t rounded(double value) {
    return static_cast<std::uint8_t>(std::clamp(std::floor(value + 0.5), 0.0, 255.0));
}

/// Dark letters on paper, light ones on a dark ground, and strokes of 1 to 4 pixels.
gray_image text() {
    constexpr std::uint8_t paper = 235, ink = 20;
    gray_image image(side, side);
    for (index_t y = 0; y < side; ++y)
        for (index_t x = 0; x < side; ++x) {
            index_t const stroke = 1 + x / 30;
            bool const strokes = y >= 102 && y < 116 && x % 30 < 26 && x % 30 / stroke % 2 == 0;
            image(x, y) = strokes || (y >= 72 && y < 98) ? ink : paper;
        }
    draw_text(image.view(), {16, 5}, "QUOIN", ink, {.scale = 3});
    draw_text(image.view(), {25, 31}, "RESIZE", ink, {.scale = 2});
    draw_text(image.view(), {4, 50}, "QUOINS TURN CORNERS", ink);
    draw_text(image.view(), {10, 61}, "THEIR STONES SING", ink);
    draw_text(image.view(), {7, 76}, "ONE STONE IS RIGHT", paper);
    draw_text(image.view(), {4, 87}, "THE ONE IN THE TURN", paper);
    return image;
}

double wave(double place, double frequency, index_t phase) {
    return 128 + 100 * std::cos(2 * pi * (place * frequency + static_cast<double>(phase) / 8));
}

/// Of all frequencies, what a resizing from `from` to `to` pixels makes of waves. No frequency is the limit of the
/// result.
std::vector<errors::point> errors_of(resizing const& resize, index_t from, index_t to) {
    std::vector<errors::point> all;
    for (int i = 1; i < 96; i += 2) {
        double const frequency = i / 192.0, step = static_cast<double>(from) / static_cast<double>(to), margin = 24;
        gray_image input(from, 8);
        for (index_t y = 0; y < 8; ++y)
            for (index_t x = 0; x < from; ++x) input(x, y) = rounded(wave(static_cast<double>(x) + 0.5, frequency, y));
        gray_image const result = resize(input, {to, 8});
        double sum = 0, count = 0;
        for (index_t y = 0; y < 8; ++y)
            for (index_t x = 0; x < to; ++x) {
                double const place = (static_cast<double>(x) + 0.5) * step;
                if (place < margin || place > static_cast<double>(from) - margin) continue;
                double const exact = frequency * step < 0.5 ? wave(place, frequency, y) : 128;
                sum += (result(x, y) - exact) * (result(x, y) - exact);
                ++count;
            }
        all.push_back({frequency, std::sqrt(sum / count)});
    }
    return all;
}

double mean_of(std::vector<errors::point> const& points, double from, double to) {
    double sum = 0, count = 0;
    for (auto const& [frequency, distance] : points)
        if (frequency > from && frequency < to) sum += distance * distance, ++count;
    return std::sqrt(sum / count);
}

} // namespace

gray_image zone_plate() {
    gray_image image(side, side);
    for (index_t y = 0; y < side; ++y)
        for (index_t x = 0; x < side; ++x) {
            index_t const u = 2 * x - (side - 1), v = 2 * y - (side - 1);
            // In whole numbers up to here: 4 r^2, and the phase pi r^2 / 120 repeats where that grows by 960.
            image(x, y) = rounded(127.5 + 127.5 * std::cos(static_cast<double>((u * u + v * v) % 960) * pi / 480));
        }
    return image;
}

gray_image drawn() {
    return beside({zone_plate(), text(), part(picture::gray_photo(), {112, 8, side, side})});
}

gray_image part(gray_image const& image, rect const& where) {
    gray_image out(where.width, where.height);
    for (index_t y = 0; y < where.height; ++y)
        std::copy_n(image.view().row(where.y + y) + where.x, where.width, out.view().row(y));
    return out;
}

gray_image beside(std::vector<gray_image> const& images) {
    index_t width = 0;
    for (gray_image const& image : images) width += image.width();
    gray_image out(width, images.front().height());
    for (index_t y = 0; y < out.height(); ++y)
        for (index_t i = 0, x = 0; i < std::ssize(images); x += images[static_cast<std::size_t>(i++)].width()) {
            gray_image const& image = images[static_cast<std::size_t>(i)];
            std::copy_n(image.view().row(y), image.width(), out.view().row(y) + x);
        }
    return out;
}

gray_image above(gray_image const& upper, gray_image const& lower) {
    gray_image out(upper.width(), upper.height() + lower.height());
    for (index_t y = 0; y < out.height(); ++y)
        std::copy_n(y < upper.height() ? upper.view().row(y) : lower.view().row(y - upper.height()), out.width(),
                    out.view().row(y));
    return out;
}

gray_image with_large_pixels(gray_image const& image, index_t factor) {
    gray_image out(image.width() * factor, image.height() * factor);
    for (index_t y = 0; y < out.height(); ++y)
        for (index_t x = 0; x < out.width(); ++x) out(x, y) = image(x / factor, y / factor);
    return out;
}

gray_image shown(resizing const& resize) {
    gray_image const image = drawn();
    return above(with_large_pixels(resize(image, smaller), 3), resize(part(image, enlarged_part), larger));
}

double error(gray_image const& a, gray_image const& b, double radius) {
    double sum = 0, count = 0;
    for (index_t y = 0; y < a.height(); ++y)
        for (index_t x = 0; x < a.width(); ++x) {
            double const u = static_cast<double>(2 * x - a.width() + 1) / 2;
            double const v = static_cast<double>(2 * y - a.height() + 1) / 2;
            if (u * u + v * v > radius * radius) continue;
            double const distance = a(x, y) - b(x, y);
            sum += distance * distance;
            ++count;
        }
    return std::sqrt(sum / count);
}

errors::errors(resizing const& resize) : smaller(errors_of(resize, 600, 250)), larger(errors_of(resize, 240, 600)) {}

double errors::kept() const {
    return mean_of(smaller, 0, limit);
}
double errors::aliased() const {
    return mean_of(smaller, limit, 1);
}
double errors::enlarged() const {
    return mean_of(larger, 0, limit);
}

std::string errors::lines(std::string const& name) const {
    std::ostringstream out;
    for (auto const& [what, points] : {std::pair{"smaller", &smaller}, std::pair{"larger", &larger}})
        for (auto const& [frequency, distance] : *points)
            out << name << '\t' << what << '\t' << frequency << '\t' << distance << '\n';
    return out.str();
}

} // namespace chart

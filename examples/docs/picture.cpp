// SPDX-License-Identifier: BSL-1.0
// The images that the short programs draw, and their files.

#include "picture.hpp"

#include <quoin/draw/box.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/io/write_image.hpp>

#include <algorithm>
#include <fstream>

namespace picture {
namespace {

using quoin::index_t;
using quoin::rect;
using quoin::rgb8;

constexpr index_t width = 240, height = 160;

/// A generator of whole numbers (Knuth's constants), of which the upper bits are used.
class noise {
public:
    /// A number from -most to most; middle ones are more frequent.
    int operator()(int most) { return next(most) + next(most + 1) - most; }

private:
    int next(int below) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<int>((state_ >> 33) % static_cast<unsigned>(below + (below == 0)));
    }
    std::uint64_t state_ = 7;
};

std::uint8_t byte(int v) {
    return static_cast<std::uint8_t>(std::clamp(v, 0, 255));
}

bool in_disc(index_t x, index_t y, index_t cx, index_t cy, index_t radius) {
    return (x - cx) * (x - cx) + (y - cy) * (y - cy) < radius * radius;
}

/// What is drawn at a place of the photograph, without light and noise.
rgb8 thing_at(index_t x, index_t y) {
    constexpr rgb8 pad{226, 208, 176}, ground{52, 62, 84};
    for (rect const& r : {rect{16, 14, 60, 26}, rect{16, 40, 24, 46}, rect{150, 96, 72, 18}, rect{178, 78, 18, 64}})
        if (r.contains({x, y, 1, 1})) return pad;
    if (in_disc(x, y, 120, 44, 27)) return in_disc(x, y, 120, 44, 9) ? ground : rgb8{214, 84, 66};
    if (rect{166, 14, 60, 44}.contains({x, y, 1, 1}))
        return (x - 166) % 6 < 3 - (x - 166) / 30 ? rgb8{240, 240, 236} : ground;
    if (rect{20, 104, 48, 40}.contains({x, y, 1, 1})) return (x / 8 + y / 8) % 2 == 0 ? rgb8{84, 170, 120} : ground;
    if (x > 84 && x < 140 && y < 148 && y > 92 && x - 84 > 148 - y) return {232, 190, 60};
    return ground;
}

rgb8 color_of(std::uint32_t label) {
    constexpr rgb8 colors[] = {{230, 126, 34}, {52, 152, 219}, {46, 204, 113}, {231, 76, 60},
                               {155, 89, 182}, {241, 196, 15}, {26, 188, 156}, {236, 112, 170}};
    return label == 0 ? rgb8{24, 28, 36} : colors[(label - 1) % std::size(colors)];
}

} // namespace

color_image photo() {
    color_image image(width, height);
    noise random;
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x) {
            rgb8 const thing = thing_at(x, y);
            int const light = 70 + static_cast<int>(x + y) * 40 / 400, n = random(5);
            image(x, y) = {byte(thing.r * light / 100 + n), byte(thing.g * light / 100 + n),
                           byte(thing.b * light / 100 + n)};
        }
    return image;
}

gray_image gray_photo() {
    color_image const colors = photo();
    return to_image(quoin::serial{}, colors.view() | quoin::gray);
}

gray_image cells() {
    struct disc {
        index_t x, y, radius;
        int value;
    };
    constexpr disc discs[] = {{34, 36, 18, 90},  {62, 48, 17, 110},  {112, 34, 20, 70}, {150, 30, 13, 120},
                              {200, 40, 19, 80}, {36, 110, 20, 90},  {90, 98, 15, 70},  {112, 118, 16, 90},
                              {132, 98, 14, 80}, {190, 112, 22, 60}, {218, 96, 12, 70}, {74, 142, 9, 100},
                              {158, 140, 9, 90}};
    gray_image image(width, height);
    noise random;
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x) {
            int value = 30 + static_cast<int>(x) / 4;
            for (disc const& d : discs)
                if (in_disc(x, y, d.x, d.y, d.radius)) value = std::max(value, 30 + static_cast<int>(x) / 4 + d.value);
            image(x, y) = byte(value + random(6));
        }
    return image;
}

quoin::bit_image mask() {
    quoin::bit_image bits(width, height);
    noise random;
    auto const bar = [&](rect const& r, int rough) {
        for (index_t x = r.x; x < r.right(); ++x)
            for (index_t y = r.y + random(rough); y < r.bottom() + random(rough); ++y) bits.set(x, y);
    };
    bar({14, 16, 90, 22}, 2);
    bar({14, 60, 40, 60}, 1);
    bar({54, 98, 40, 22}, 2);
    bar({120, 16, 100, 8}, 1);
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x) {
            if (in_disc(x, y, 150, 64, 24) || in_disc(x, y, 186, 72, 20)) bits.set(x, y);
            if (in_disc(x, y, 150, 120, 22)) bits.set(x, y);
            if (in_disc(x, y, 150, 120, 6) || in_disc(x, y, 30, 84, 4)) bits.set(x, y, false);
            if (random(40) == 39) bits.set(x, y, !bits.get(x, y));
        }
    return bits;
}

gray_image shown(quoin::bit_image const& mask) {
    gray_image image(mask.width(), mask.height());
    for (index_t y = 0; y < mask.height(); ++y)
        for (index_t x = 0; x < mask.width(); ++x) image(x, y) = mask.get(x, y) ? 255 : 0;
    return image;
}

gray_image shown(quoin::image<std::int16_t> const& values, int step) {
    auto const gray = [step](std::int16_t v) { return byte(128 + v / step); };
    return to_image(quoin::serial{}, values.view() | gray);
}

color_image shown(quoin::image<std::uint32_t> const& labels) {
    color_image image(labels.width(), labels.height());
    for (index_t y = 0; y < image.height(); ++y)
        for (index_t x = 0; x < image.width(); ++x) image(x, y) = color_of(labels(x, y));
    return image;
}

color_image shown(std::vector<quoin::labeled_rect> const& rectangles, quoin::extent size) {
    color_image image(size.width, size.height);
    fill_box(image.view(), {0, 0, size.width, size.height}, color_of(0));
    for (auto const& [box, component] : rectangles) {
        rgb8 const fill = color_of(static_cast<std::uint32_t>(component) + 1);
        rgb8 const edge{byte(fill.r / 2), byte(fill.g / 2), byte(fill.b / 2)};
        fill_box(image.view(), box, edge);
        fill_box(image.view(), {box.x + 1, box.y + 1, box.width - 1, box.height - 1}, fill);
    }
    return image;
}

void pages::write(std::string const& file, gray_image const& image) const {
    if (!folder_.empty()) write_image(folder_ / file, image.view());
}

void pages::write(std::string const& file, color_image const& image) const {
    if (!folder_.empty()) write_image(folder_ / file, image.view());
}

void pages::write_text(std::string const& file, std::string const& text) const {
    if (!folder_.empty()) std::ofstream(folder_ / file) << text << '\n';
}

} // namespace picture

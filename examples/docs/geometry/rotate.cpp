// SPDX-License-Identifier: BSL-1.0
// rotate90, rotate180, rotate270, rotate: an image turned clockwise by quarters or any angle, anywhere in a pipeline.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/geometry/rotate.hpp>

#include "chart.hpp"

#include <cassert>
#include <cmath>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {1, 2, 3, 4, 5, 6}; // two rows
    quoin::image_view<std::uint8_t const> const view(values, 3, 2);

    auto const right = quoin::to_image(quoin::serial{}, view | quoin::rotate90);
    assert(right.width() == 2 && right(0, 0) == 4 && right(1, 0) == 1); // the left column is the top row
    auto const half = quoin::to_image(quoin::serial{}, view | quoin::rotate180);
    assert(half.width() == 3 && half(0, 0) == 6 && half(2, 1) == 1);
    auto const left = quoin::to_image(quoin::serial{}, view | quoin::rotate270);
    assert(left.width() == 2 && left(0, 0) == 3 && left(1, 0) == 6); // the right column is the top row

    // A photo that a camera took upright, blurred on the way, in one pass.
    auto const upright = quoin::to_image(quoin::serial{}, view | quoin::gaussian3 | quoin::rotate90);
    auto const blurred = quoin::to_image(quoin::serial{}, view | quoin::gaussian3);
    assert(upright(1, 2) == blurred(2, 0));

    // By any angle, in the same extent, about the center.
    auto const turned = quoin::to_image(quoin::serial{}, view | quoin::extend(quoin::constant(0)) | quoin::rotate(180));
    assert(turned(0, 0) == half(0, 0) && turned(1, 1) == half(1, 1));

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("rotate90", "rotate90", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::rotate90));
    pages.save("rotate180", "rotate180", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::rotate180));
    pages.save("rotate270", "rotate270", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::rotate270));

    // Turned about its center a zone plate stays as it is: what differs is the error of the interpolation.
    auto const turned_by_20 = [](chart::gray_image const& image, quoin::interpolation how) {
        auto const black = image.view() | quoin::extend(quoin::constant(0));
        return quoin::to_image(quoin::serial{}, black | quoin::rotate(20, how));
    };
    auto const zone_plate = chart::zone_plate(), drawn = chart::drawn();
    struct stated {
        quoin::interpolation how;
        char const* name;
        double error;
    };
    for (auto const& [how, name, error] :
         {stated{quoin::interpolation::nearest, "nearest", 37.2}, stated{quoin::interpolation::linear, "linear", 18.9},
          stated{quoin::interpolation::cubic, "cubic", 4.2}, stated{quoin::interpolation::lanczos4, "lanczos4", 1.0}}) {
        // Up to 40 pixels from the center, where a pixel has a third of a wave.
        assert(std::abs(chart::error(zone_plate, turned_by_20(zone_plate, how), 40) - error) < 0.05);
        std::vector<chart::gray_image> squares;
        for (quoin::index_t x = 0; x < chart::size.width; x += chart::side)
            squares.push_back(turned_by_20(chart::part(drawn, {x, 0, chart::side, chart::side}), how));
        std::string const caption = std::string("extend=constant,rotate=20:") + name + " of the three squares";
        auto const shown = chart::beside(squares);
        if (how == quoin::interpolation::linear) pages.save("rotate", caption, drawn, shown);
        else pages.add("rotate", name, caption, shown);
    }
}

// SPDX-License-Identifier: BSL-1.0
// The program of docs/shapes.md: structuring elements, and what they find in a chip layer and among nuclei.
#undef NDEBUG
#include <quoin/draw/box.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/morphology/open.hpp>
#include <quoin/filter/morphology/top_hat.hpp>

#include "picture.hpp"

#include <cassert>

using picture::gray_image;
using quoin::index_t;
using quoin::structuring_element;

namespace {

/// Pictures in a row.
gray_image side_by_side(std::vector<gray_image> const& pictures) {
    constexpr index_t gap = 8;
    index_t width = -gap, height = 0;
    for (gray_image const& p : pictures) {
        width += p.width() + gap;
        height = std::max(height, p.height());
    }
    gray_image all(width, height);
    fill_box(all.view(), {0, 0, width, height}, std::uint8_t{255});
    index_t left = 0;
    for (gray_image const& p : pictures) {
        for (index_t y = 0; y < p.height(); ++y)
            for (index_t x = 0; x < p.width(); ++x) all(left + x, y) = p(x, y);
        left += p.width() + gap;
    }
    return all;
}

/// The box of an element: dark pixels belong to it, and the anchor has a dot.
gray_image drawn(structuring_element const& e) {
    constexpr index_t cell = 9;
    gray_image all(e.width() * cell + 1, e.height() * cell + 1);
    fill_box(all.view(), {0, 0, all.width(), all.height()}, std::uint8_t{170});
    for (int y = 0; y < e.height(); ++y)
        for (int x = 0; x < e.width(); ++x) {
            int const dx = x - static_cast<int>(e.anchor().x), dy = y - static_cast<int>(e.anchor().y);
            std::uint8_t const gray = e.contains(dx, dy) ? 60 : 240;
            fill_box(all.view(), {x * cell + 1, y * cell + 1, cell - 1, cell - 1}, gray);
            if (dx == 0 && dy == 0) fill_box(all.view(), {x * cell + 4, y * cell + 4, 2, 2}, std::uint8_t{150});
        }
    return all;
}

/// Conductors 12 pixels wide on a ground that grows lighter to the right. Four things are wrong: a bridge between two
/// of them, a speck, a break and a pinhole.
gray_image layer() {
    gray_image image(240, 160);
    auto const box = [&](quoin::rect const& r, int value) {
        for (index_t y = r.y; y < r.bottom(); ++y)
            for (index_t x = r.x; x < r.right(); ++x) image(x, y) = static_cast<std::uint8_t>(value + x / 6);
    };
    box({0, 0, 240, 160}, 50);
    for (index_t y : {16, 48, 80}) box({12, y, 216, 12}, 180);
    box({12, 80, 12, 70}, 180);
    box({60, 112, 12, 48}, 180);
    box({100, 112, 128, 12}, 180);
    box({216, 112, 12, 48}, 180);
    box({150, 28, 4, 20}, 180); // the bridge
    box({130, 138, 5, 5}, 180); // the speck
    box({90, 48, 4, 12}, 50);   // the break
    box({40, 84, 4, 4}, 50);    // the pinhole
    return image;
}

auto result(gray_image const& image, auto const& stage) {
    return to_image(quoin::serial{}, image.view() | stage);
}

} // namespace

int main(int argc, char** argv) {
    picture::pages const pages(argc, argv);

    // Shapes of about 7 pixels.
    auto const disc = structuring_element::disc(3);
    auto const ellipse = structuring_element::ellipse(7, 7);
    auto const cross = structuring_element::cross(3);
    auto const line = structuring_element::line(8, 30);
    auto const hook = structuring_element::from_rows("100/100/111").anchored(0, 2);
    assert(disc.size() == 29 && ellipse.size() == 33 && cross.size() == 13 && line.size() == 7);
    pages.write("shapes-1.png", side_by_side({drawn(structuring_element::rectangle(7, 5)), drawn(disc), drawn(ellipse),
                                              drawn(cross), drawn(line), drawn(hook)}));

    // A chip layer: what is narrower than a conductor.
    gray_image const chip = layer();
    auto const nine = structuring_element::disc(4);
    gray_image const opened = result(chip, open(nine)), closed = result(chip, close(nine));
    assert(opened(152, 38) < 100 && opened(132, 140) < 100); // no bridge and no speck
    assert(closed(92, 54) > 180 && closed(41, 86) > 180);    // no break and no pinhole
    pages.write("shapes-2.png", side_by_side({chip, opened, closed}));

    gray_image const bright = result(chip, top_hat(nine)), dark = result(chip, black_hat(nine));
    assert(bright(152, 38) > 100 && bright(132, 140) > 100 && bright(100, 20) == 0);
    assert(dark(92, 54) > 100 && dark(41, 86) > 100 && dark(100, 40) == 0);
    pages.write("shapes-3.png", side_by_side({bright, dark}));

    // A disc rounds corners, and a square keeps them.
    assert(opened(12, 16) < 100 && result(chip, quoin::open(9, 9))(12, 16) > 180);
    // A line keeps conductors of its direction.
    gray_image const across = result(chip, open(structuring_element::line(31, 0)));
    gray_image const down = result(chip, open(structuring_element::line(31, 90)));
    assert(across(120, 54) > 180 && across(66, 140) < 100 && down(120, 54) < 100 && down(66, 140) > 180);
    pages.write("shapes-4.png", side_by_side({across, down}));

    // Nuclei: light that changes slowly, and sizes.
    gray_image const cells = picture::cells();
    gray_image const flat = result(cells, top_hat(structuring_element::disc(24)));
    gray_image const large = result(cells, open(structuring_element::disc(16)));
    gray_image const rims = result(cells, gradient(structuring_element::disc(1)));
    assert(cells(238, 4) > cells(4, 4) + 40 && flat(238, 4) < 20 && flat(200, 40) > 60);
    assert(large(200, 40) > 130 && large(74, 142) < 70); // a radius of 19 stays, one of 9 goes
    assert(rims(36, 110) < 30 && rims(36, 90) > 60);
    pages.write("shapes-5.png", side_by_side({cells, flat}));
    pages.write("shapes-6.png", side_by_side({large, rims}));
}

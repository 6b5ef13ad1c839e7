// SPDX-License-Identifier: BSL-1.0
// colormap: gray values as colors of a table.
#undef NDEBUG
#include <quoin/draw/text.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/colormap.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    using quoin::color_map;
    quoin::serial const policy;
    std::uint8_t const bytes[] = {0, 128, 255};
    quoin::image_view<std::uint8_t const> const view(bytes, 3, 1);

    quoin::image<quoin::rgb8> const colors = quoin::to_image(policy, view | quoin::colormap(color_map::viridis));
    assert((colors(0, 0) == quoin::rgb8{68, 1, 84}));    // 0.267004, 0.004874, 0.329415 times 255
    assert((colors(1, 0) == quoin::rgb8{33, 145, 140})); // the middle is green
    assert((colors(2, 0) == quoin::rgb8{253, 231, 37}));

    // Of floats 0 is the first entry and 1 the last one, of 16 bits 65535.
    float const values[] = {-3, 0.5f, 1};
    quoin::image_view<float const> const real(values, 3, 1);
    quoin::image<quoin::rgb8> const same = quoin::to_image(policy, real | quoin::colormap(color_map::viridis));
    assert(same(0, 0) == colors(0, 0) && same(1, 0) == colors(1, 0) && same(2, 0) == colors(2, 0));

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const cells = picture::cells();
    pages.save("colormap", "colormap(color_map::magma)", cells,
               quoin::to_image(policy, cells.view() | quoin::colormap(color_map::magma)));
    std::pair<char const*, color_map> const maps[] = {{"viridis", color_map::viridis}, {"magma", color_map::magma},
                                                      {"inferno", color_map::inferno}, {"plasma", color_map::plasma},
                                                      {"turbo", color_map::turbo},     {"gray", color_map::gray}};
    quoin::image<std::uint8_t> ramp(256, 18);
    for (int y = 0; y < 18; ++y)
        for (int x = 0; x < 256; ++x) ramp(x, y) = static_cast<std::uint8_t>(x);
    quoin::image<quoin::rgb8> chart(320, 6 * 22);
    int row = 2;
    for (auto const& [name, map] : maps) {
        draw_text(chart.view(), {6, row + 6}, name, {255, 255, 255});
        run(policy, ramp.view() | quoin::colormap(map), subview(chart.view(), {60, row, 256, 18}));
        row += 22;
    }
    pages.add("colormap", "maps", "all maps", chart);
}

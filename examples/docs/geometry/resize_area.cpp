// SPDX-License-Identifier: BSL-1.0
// resize_area: another extent, each pixel the mean of what it covers.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/resize_area.hpp>

#include "chart.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);
    quoin::serial const policy;

    // A third of the row covers a pixel and a third of the next one.
    auto const three = quoin::to_image(policy, view | quoin::resize_area({3, 1}));
    assert(three(0, 0) == 25 && three(1, 0) == 150 && three(2, 0) == 125);
    // By a whole factor: the means of blocks.
    auto const half = quoin::to_image(policy, view | quoin::resize_area({2, 1}));
    assert(half(0, 0) == 50 && half(1, 0) == 150);
    // Enlarged, only the pixels that cover two of the input are mixed.
    auto const more = quoin::to_image(policy, view | quoin::resize_area({6, 1}));
    assert(more(0, 0) == 0 && more(1, 0) == 50 && more(2, 0) == 100);

    // The chart, and waves of all frequencies.
    auto const resized = [&](chart::gray_image const& image, quoin::extent size) {
        return quoin::to_image(policy, image.view() | quoin::resize_area(size));
    };
    chart::errors const errors(resized);
    // Waves that the result cannot hold leave 21 of their 71 levels, with resize's box 29.
    assert(errors.aliased() > 20 && errors.aliased() < 22 && errors.kept() < 14);
    picture::pages const pages(argc, argv);
    pages.save("resize_area", "resize_area=150x50 of the chart, and of a part resize_area=450x150", chart::drawn(),
               chart::shown(resized));
    pages.write_text("resize_area.errors.tsv", errors.lines("resize_area"));
}

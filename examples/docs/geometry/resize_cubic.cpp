// SPDX-License-Identifier: BSL-1.0
// resize_cubic: another extent, cubic between four pixels.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/geometry/resize_cubic.hpp>

#include "chart.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);
    quoin::serial const policy;

    // Steeper between two pixels than a line, where 125 and 175 would be.
    auto const twice = quoin::to_image(policy, view | quoin::resize_cubic({8, 1}));
    assert(twice(3, 0) == 137 && twice(4, 0) == 191);
    // The same of floats is not rounded.
    auto const exact = quoin::to_image(policy, view | quoin::convert_to<float> | quoin::resize_cubic({8, 1}));
    assert(exact(3, 0) == 136.71875f);

    // The chart, and waves of all frequencies.
    auto const resized = [&](chart::gray_image const& image, quoin::extent size) {
        return quoin::to_image(policy, image.view() | quoin::resize_cubic(size));
    };
    chart::errors const errors(resized);
    // Waves that the result cannot hold leave 61 of their 71 levels. It is for enlarging.
    assert(errors.aliased() > 60 && errors.aliased() < 62 && errors.kept() < 1.5 && errors.enlarged() < 1.5);
    picture::pages const pages(argc, argv);
    pages.save("resize_cubic", "resize_cubic=150x50 of the chart, and of a part resize_cubic=450x150", chart::drawn(),
               chart::shown(resized));
    pages.write_text("resize_cubic.errors.tsv", errors.lines("resize_cubic"));
}

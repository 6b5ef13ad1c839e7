// SPDX-License-Identifier: BSL-1.0
// resize_linear: another extent, linear between two pixels.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/resize_linear.hpp>

#include "chart.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);
    quoin::serial const policy;

    // Enlarged, the values between two pixels lie on a line, and those beyond the last pixels are theirs.
    auto const twice = quoin::to_image(policy, view | quoin::resize_linear({8, 1}));
    assert(twice(0, 0) == 0 && twice(1, 0) == 25 && twice(2, 0) == 75 && twice(3, 0) == 125);
    // Without antialiasing: a quarter of the row is between the two pixels in its middle.
    auto const quarter = quoin::to_image(policy, view | quoin::resize_linear({1, 1}));
    assert(quarter(0, 0) == 150);

    // The chart, and waves of all frequencies.
    auto const resized = [&](chart::gray_image const& image, quoin::extent size) {
        return quoin::to_image(policy, image.view() | quoin::resize_linear(size));
    };
    chart::errors const errors(resized);
    // Waves that the result cannot hold leave 49 of their 71 levels: more than twice of what resize_area leaves.
    assert(errors.aliased() > 48 && errors.aliased() < 50 && errors.kept() < 5 && errors.enlarged() < 5);
    picture::pages const pages(argc, argv);
    pages.save("resize_linear", "resize_linear=150x50 of the chart, and of a part resize_linear=450x150",
               chart::drawn(), chart::shown(resized));
    pages.write_text("resize_linear.errors.tsv", errors.lines("resize_linear"));
}

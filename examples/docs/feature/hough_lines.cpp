// SPDX-License-Identifier: BSL-1.0
// hough_lines: straight lines along the edges of an image.
#undef NDEBUG
#include <quoin/draw/line.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/feature/canny.hpp>
#include <quoin/feature/hough_lines.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian3.hpp>

#include "picture.hpp"

#include <cassert>
#include <cmath>

int main(int argc, char** argv) {
    auto const photo = picture::photo();
    quoin::serial const policy;
    auto const edges = quoin::canny(policy, photo.view() | quoin::gray | quoin::gaussian3, 100, 200);

    // Lines with more than 40 pixels of edges, the longest first.
    auto const lines = quoin::hough_lines(policy, edges, {.threshold = 40, .most = 20});
    assert(lines.size() > 4 && lines.front().votes >= lines.back().votes);

    // Each from one end of the image to the other.
    auto marked = quoin::to_image(policy, photo.view());
    for (quoin::polar_line const& line : lines) {
        double const c = std::cos(static_cast<double>(line.theta)), s = std::sin(static_cast<double>(line.theta));
        auto const end = [&](double along) {
            return quoin::point{std::lround(c * static_cast<double>(line.rho) - s * along),
                                std::lround(s * static_cast<double>(line.rho) + c * along)};
        };
        quoin::draw_line(marked.view(), end(-400), end(400), quoin::rgb8{255, 255, 0}, {.alpha = 160});
    }
    picture::pages const pages(argc, argv);
    pages.write("hough_lines.png", marked);
}

// SPDX-License-Identifier: BSL-1.0
// hog: where edges lie and how they run, whatever the contrast.
#undef NDEBUG
#include <quoin/draw/line.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/feature/hog.hpp>
#include <quoin/filter/point/brightness.hpp>

#include "picture.hpp"

#include <cassert>
#include <cmath>

int main(int argc, char** argv) {
    quoin::serial const policy;
    auto const photo = picture::gray_photo(); // 240 x 160
    quoin::hog_features const shape = quoin::hog(policy, photo.view());
    assert((shape.blocks == quoin::extent{28, 18})); // 30 x 20 cells
    assert(shape.values.size() == 28u * 18u * 9u * 9u);

    // Half of the contrast changes little.
    auto const dim = quoin::to_image(policy, photo.view() | quoin::brightness(0.5f));
    double distance = 0;
    auto const other = quoin::hog(policy, dim.view());
    for (std::size_t i = 0; i < shape.values.size(); ++i)
        distance += std::abs(static_cast<double>(shape.values[i] - other.values[i]));
    assert(distance / static_cast<double>(shape.values.size()) < 0.02);

    // The strongest direction of each cell of 8 x 8 pixels as a line along its edge.
    auto const cells = quoin::hog(policy, photo.view(), {.block = {1, 1}, .norm = quoin::block_norm::l2});
    picture::gray_image drawn = photo;
    for (quoin::index_t y = 0; y < cells.blocks.height; ++y)
        for (quoin::index_t x = 0; x < cells.blocks.width; ++x) {
            float const* const bins = cells.values.data() + (y * cells.blocks.width + x) * 9;
            int strongest = 0;
            for (int i = 1; i < 9; ++i)
                if (bins[i] > bins[strongest]) strongest = i;
            if (bins[strongest] < 0.8f) continue;
            double const angle = (strongest + 0.5) * 3.14159265358979 / 9; // of the gradient
            auto const dx = std::lround(-3 * std::sin(angle)), dy = std::lround(3 * std::cos(angle));
            quoin::point const middle{8 * x + 4, 8 * y + 4};
            quoin::draw_line(drawn.view(), {middle.x - dx, middle.y - dy}, {middle.x + dx, middle.y + dy},
                             std::uint8_t{255});
        }
    picture::pages const pages(argc, argv);
    pages.write("hog.png", drawn);
}

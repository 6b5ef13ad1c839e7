// SPDX-License-Identifier: BSL-1.0
// remap: an image read where two images of coordinates say.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/remap.hpp>

#include "picture.hpp"

#include <cassert>
#include <cmath>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);
    quoin::serial const policy;

    // The columns and rows to read, one of each for a pixel of the result. The images must outlive the stage.
    float const columns[] = {2, 0.5f}, rows[] = {0, 0};
    quoin::image_view<float const> const map_x(columns, 2, 1), map_y(rows, 2, 1);
    auto const read = quoin::to_image(policy, view | quoin::remap(map_x, map_y));
    assert(read.width() == 2 && read(0, 0) == 200 && read(1, 0) == 50);

    // The pictures of its page: waves.
    auto const photo = picture::photo();
    picture::pages const pages(argc, argv);
    quoin::image<float> wave_x(photo.size()), wave_y(photo.size());
    for (quoin::index_t y = 0; y < photo.height(); ++y)
        for (quoin::index_t x = 0; x < photo.width(); ++x) {
            wave_x(x, y) = static_cast<float>(x) + 6 * std::sin(static_cast<float>(y) / 8);
            wave_y(x, y) = static_cast<float>(y) + 4 * std::sin(static_cast<float>(x) / 10);
        }
    pages.save("remap", "remap, with sines for maps", photo,
               quoin::to_image(policy, photo.view() | quoin::remap(wave_x.view(), wave_y.view())));
}

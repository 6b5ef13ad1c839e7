// SPDX-License-Identifier: BSL-1.0
// pyramid_up: a level of a Gaussian pyramid at twice the size.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/pyramid_down.hpp>
#include <quoin/geometry/pyramid_up.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);
    quoin::serial const policy;

    auto const up = quoin::to_image(policy, view | quoin::pyramid_up);
    assert(up.size() == (quoin::extent{8, 2}));
    assert(up(0, 0) == 25 && up(1, 0) == 50 && up(2, 0) == 100 && up(3, 0) == 150);

    // A level of a Laplacian pyramid: what the next smaller level lacks. The sum of both is the level.
    auto const coarse = view | quoin::pyramid_down | quoin::pyramid_up | quoin::crop(0, 0, 4, 1);
    auto const detail = quoin::to_image(
        policy, zip(view, coarse) | [](std::uint8_t a, std::uint8_t b) { return static_cast<std::int16_t>(a - b); });
    auto const sum = quoin::to_image(
        policy, zip(detail.view(), coarse) | [](std::int16_t d, std::uint8_t b) { return std::uint8_t(d + b); });
    for (quoin::index_t x = 0; x < 4; ++x) assert(sum(x, 0) == values[x]);

    // The pictures of its page.
    auto const photo = picture::photo();
    picture::pages const pages(argc, argv);
    auto const enlarged = photo.view() | quoin::crop(30, 20, 60, 40) | quoin::pyramid_up | quoin::pyramid_up;
    pages.save("pyramid_up", "crop=30:20:60:40,pyramid_up,pyramid_up", photo, quoin::to_image(policy, enlarged));
}

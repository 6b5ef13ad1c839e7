// SPDX-License-Identifier: BSL-1.0
// structure_tensor, coherence: where an image has one direction, and which.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/filter/texture/structure_tensor.hpp>

#include "picture.hpp"

#include <cassert>
#include <cmath>

int main(int argc, char** argv) {
    quoin::serial const policy;

    // To the left stripes that rise to the right, to the right a corner.
    quoin::image<std::uint8_t> in(80, 40);
    for (quoin::index_t y = 0; y < 40; ++y)
        for (quoin::index_t x = 0; x < 80; ++x)
            in(x, y) = x < 40 ? static_cast<std::uint8_t>((x + y) / 4 % 2 * 200) : x > 60 && y > 20 ? 200 : 0;
    auto const tensors = quoin::to_image(policy, in.view() | quoin::structure_tensor(2));
    auto const [a, b, c] = tensors(20, 20);
    double const angle = std::atan2(2.0 * static_cast<double>(b), static_cast<double>(a - c)) / 2;
    assert(std::abs(angle - 3.14159265 / 4) < 0.02); // they change to the right and down

    auto const one_direction = quoin::to_image(policy, in.view() | quoin::coherence(2));
    assert(one_direction(20, 20) > 0.99f);
    assert(one_direction(61, 21) < 0.2f);  // the corner
    assert(one_direction(61, 35) > 0.99f); // its side

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const shown = [&](auto const& stage, float gain) {
        return quoin::to_image(policy,
                               photo.view() | stage | quoin::brightness(gain) | quoin::convert_to<std::uint8_t>);
    };
    pages.save("structure_tensor", "structure_tensor(2), times 200: the products as red, green and blue", photo,
               shown(quoin::structure_tensor(2), 200));
    pages.save("coherence", "coherence(2), 1 as white", photo, shown(quoin::coherence(2), 255));
}

// SPDX-License-Identifier: BSL-1.0
// invert, solarize, posterize, clamp: values mirrored, in fewer steps, or within bounds.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/tone/invert.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 1, 100, 255};
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);

    auto const negative = quoin::to_image(quoin::serial{}, view | quoin::invert);
    assert(negative(0, 0) == 255 && negative(1, 0) == 254 && negative(2, 0) == 155 && negative(3, 0) == 0);

    auto const sunny = quoin::to_image(quoin::serial{}, view | quoin::solarize(128));
    assert(sunny(1, 0) == 1 && sunny(2, 0) == 100 && sunny(3, 0) == 0); // 255 is inverted, the others are below 128

    auto const steps = quoin::to_image(quoin::serial{}, view | quoin::posterize(2));
    assert(steps(0, 0) == 0 && steps(2, 0) == 64 && steps(3, 0) == 192); // multiples of 64

    auto const video = quoin::to_image(quoin::serial{}, view | quoin::clamp(16, 235));
    assert(video(0, 0) == 16 && video(2, 0) == 100 && video(3, 0) == 235);

    // The pictures of their pages.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const save = [&](char const* name, char const* caption, auto const& stage) {
        pages.save(name, caption, photo, quoin::to_image(quoin::serial{}, photo.view() | stage));
    };
    save("invert", "invert", quoin::invert);
    save("solarize", "solarize(128)", quoin::solarize(128));
    save("posterize", "posterize(2)", quoin::posterize(2));
    save("clamp", "clamp(80, 160)", quoin::clamp(80, 160));
}

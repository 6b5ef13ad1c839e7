// SPDX-License-Identifier: BSL-1.0
// levels, gamma, log, sigmoid: tone curves.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/tone/curves.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 64, 128, 255};
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);

    auto const dark = quoin::to_image(quoin::serial{}, view | quoin::adjust_gamma(2.0f));
    assert(dark(0, 0) == 0 && dark(1, 0) == 16 && dark(2, 0) == 64 && dark(3, 0) == 255); // 64^2 / 255 = 16.06

    auto const stretched = quoin::to_image(quoin::serial{}, view | quoin::levels(64, 192));
    assert(stretched(1, 0) == 0 && stretched(2, 0) == 128 && stretched(3, 0) == 255); // 64 * 255 / 128 = 127.5

    // The white of floats is 1.
    float const shares[] = {-0.5f, 0.0f, 0.25f, 1.0f};
    quoin::image_view<float const> const floats(shares, 4, 1);
    auto const bright = quoin::to_image(quoin::serial{}, floats | quoin::adjust_gamma(0.5f));
    assert(bright(0, 0) == 0 && bright(2, 0) == 0.5f && bright(3, 0) == 1);
    auto const steep = quoin::to_image(quoin::serial{}, floats | quoin::adjust_sigmoid(0.25f, 20));
    assert(steep(2, 0) == 0.5f && steep(3, 0) > 0.999f);

    bool refused = false;
    try {
        quoin::levels(200, 100);
    } catch (quoin::invalid_argument const&) {
        refused = true;
    }
    assert(refused);

    // The pictures of their pages.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const save = [&](char const* name, char const* caption, auto const& stage) {
        pages.save(name, caption, photo, quoin::to_image(quoin::serial{}, photo.view() | stage));
    };
    save("gamma", "adjust_gamma(0.5f)", quoin::adjust_gamma(0.5f));
    save("levels", "levels(40, 160)", quoin::levels(40, 160));
    save("log", "adjust_log()", quoin::adjust_log());
    save("sigmoid", "adjust_sigmoid()", quoin::adjust_sigmoid());
}

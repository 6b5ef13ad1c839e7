// SPDX-License-Identifier: BSL-1.0
// equalize, stretch, normalize: tables from counts of values.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/tone/equalize.hpp>
#include <quoin/measure/histogram.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::serial const policy;
    std::uint8_t const values[] = {50, 50, 60, 60, 60, 80, 100, 100};
    quoin::image_view<std::uint8_t const> const view(values, 8, 1);

    // The pixels are read twice: for their counts, and for the result.
    auto const counts = quoin::histogram(policy, view);
    auto const even = quoin::to_image(policy, view | quoin::equalize(counts));
    assert(even(0, 0) == 0);   // the smallest value
    assert(even(2, 0) == 128); // 3 of the 6 pixels above it are 60: 127.5
    assert(even(5, 0) == 170 && even(7, 0) == 255);

    auto const wide = quoin::to_image(policy, view | quoin::normalize(counts));
    assert(wide(0, 0) == 0 && wide(2, 0) == 51 && wide(7, 0) == 255); // (60 - 50) * 255 / 50

    // With a policy and a pipeline of gray pixels the counts are made on the way.
    auto const same = quoin::to_image(policy, view | quoin::normalize(policy, view));
    assert(same(2, 0) == 51);

    bool refused = false;
    try {
        quoin::stretch(counts, 2, 101);
    } catch (quoin::invalid_argument const&) {
        refused = true;
    }
    assert(refused);

    // The pictures of their pages.
    picture::pages const pages(argc, argv);
    auto const clear = picture::gray_photo();
    auto const in_fog = [](std::uint8_t v) { return static_cast<std::uint8_t>(100 + v / 4); };
    auto const photo = quoin::to_image(policy, clear.view() | in_fog);
    auto const save = [&](char const* name, char const* caption, auto const& stage) {
        pages.save(name, caption, photo, quoin::to_image(policy, photo.view() | stage));
    };
    auto const fog = quoin::histogram(policy, photo);
    save("equalize", "equalize(counts) of a photo in fog", quoin::equalize(fog));
    save("stretch", "stretch(counts, 2, 98) of a photo in fog", quoin::stretch(fog, 2, 98));
    save("normalize", "normalize(counts) of a photo in fog", quoin::normalize(fog));
}

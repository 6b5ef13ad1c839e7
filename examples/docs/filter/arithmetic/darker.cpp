// SPDX-License-Identifier: BSL-1.0
// darker, lighter: the darker and the lighter pixel of two images.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/arithmetic/darker.hpp>
#include <quoin/pipe/zip.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const first[] = {10, 200}, second[] = {5, 255};
    quoin::image_view<std::uint8_t const> const a(first, 2, 1), b(second, 2, 1);
    quoin::serial const policy;
    auto const low = quoin::to_image(policy, zip(a, b) | quoin::darker);
    assert(low(0, 0) == 5 && low(1, 0) == 200);
    auto const high = quoin::to_image(policy, zip(a, b) | quoin::lighter);
    assert(high(0, 0) == 10 && high(1, 0) == 255);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const cells = picture::cells();
    auto const both = zip(photo.view(), cells.view());
    pages.save("darker", "darker of a photo and cells", photo, quoin::to_image(policy, both | quoin::darker));
    pages.save("lighter", "lighter of a photo and cells", photo, quoin::to_image(policy, both | quoin::lighter));
}

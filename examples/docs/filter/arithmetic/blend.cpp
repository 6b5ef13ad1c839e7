// SPDX-License-Identifier: BSL-1.0
// blend: a weighted mean of two images.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/arithmetic/blend.hpp>
#include <quoin/pipe/zip.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const first[] = {0, 10, 255}, second[] = {5, 20, 0};
    quoin::image_view<std::uint8_t const> const a(first, 3, 1), b(second, 3, 1);
    quoin::serial const policy;
    auto const mixed = quoin::to_image(policy, zip(a, b) | quoin::blend(0.3));
    assert(mixed(0, 0) == 2 && mixed(1, 0) == 13 && mixed(2, 0) == 179); // 1.5, 13, 178.5: halves round up

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const cells = picture::cells();
    pages.save("blend", "blend=0.5 of a photo and cells", photo,
               quoin::to_image(policy, zip(photo.view(), cells.view()) | quoin::blend(0.5)));
}

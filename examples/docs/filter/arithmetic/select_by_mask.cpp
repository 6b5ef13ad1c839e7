// SPDX-License-Identifier: BSL-1.0
// select_by_mask: one of two images, chosen by a mask.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/arithmetic/select_by_mask.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/pipe/zip.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const first[] = {1, 2, 3}, second[] = {7, 8, 9}, chosen[] = {255, 0, 1};
    quoin::image_view<std::uint8_t const> const a(first, 3, 1), b(second, 3, 1), mask(chosen, 3, 1);
    quoin::serial const policy;
    auto const result = quoin::to_image(policy, zip(a, b, mask) | quoin::select_by_mask);
    assert(result(0, 0) == 1 && result(1, 0) == 8 && result(2, 0) == 3);

    // The pictures of its page: what is bright stays sharp.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const bright = photo.view() | quoin::threshold(127);
    pages.save(
        "select_by_mask", "the photo where it is brighter than 127, else its mean over 15 x 15 pixels", photo,
        quoin::to_image(policy, zip(photo.view(), photo.view() | quoin::box(15), bright) | quoin::select_by_mask));
}

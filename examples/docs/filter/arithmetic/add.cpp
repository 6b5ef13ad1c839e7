// SPDX-License-Identifier: BSL-1.0
// add, subtract, absdiff: sums and differences of two images, and what has changed between them.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/arithmetic/add.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/pipe/zip.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const first[] = {10, 200, 30}, second[] = {5, 100, 40};
    quoin::image_view<std::uint8_t const> const a(first, 3, 1), b(second, 3, 1);
    quoin::serial const policy;

    auto const sum = quoin::to_image(policy, zip(a, b) | quoin::add);
    assert(sum(0, 0) == 15 && sum(1, 0) == 255 && sum(2, 0) == 70); // 300 saturates
    auto const difference = quoin::to_image(policy, zip(a, b) | quoin::subtract);
    assert(difference(0, 0) == 5 && difference(1, 0) == 100 && difference(2, 0) == 0); // -10 saturates
    auto const distance = quoin::to_image(policy, zip(a, b) | quoin::absdiff);
    assert(distance(0, 0) == 5 && distance(1, 0) == 100 && distance(2, 0) == 10);

    // Signed pixels keep the sign.
    auto const wide = quoin::convert_to<std::int16_t>;
    auto const signed_difference = quoin::to_image(policy, zip(a | wide, b | wide) | quoin::subtract);
    assert(signed_difference(2, 0) == -10);

    // Change detection, in one pass: both images gray, the distance smoothed, and the threshold.
    picture::color_image const before = picture::photo();
    picture::color_image after = before;
    for (quoin::index_t y = 60; y < 80; ++y)
        for (quoin::index_t x = 100; x < 130; ++x) after(x, y) = {120, 140, 90};
    auto const change =
        zip(before.view() | quoin::gray, after.view() | quoin::gray) | quoin::absdiff | quoin::gaussian3;
    auto const changed = quoin::to_image(policy, change | quoin::threshold(8));
    assert(changed(115, 70) == 255 && changed(20, 20) == 0);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const cells = picture::cells();
    pages.save("add", "add of a photo and cells", photo,
               quoin::to_image(policy, zip(photo.view(), cells.view()) | quoin::add));
    pages.save("subtract", "subtract of a photo and cells", photo,
               quoin::to_image(policy, zip(photo.view(), cells.view()) | quoin::subtract));
    pages.save("absdiff", "what has changed: gray of both, absdiff, gaussian3, threshold=8", after, changed);
}

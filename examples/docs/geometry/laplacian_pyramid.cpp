// SPDX-License-Identifier: BSL-1.0
// laplacian_pyramid, collapse: an image as levels of details of half the size each, and back.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/laplacian_pyramid.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    auto const photo = picture::gray_photo();
    quoin::simd const policy;

    quoin::laplacian_levels<std::uint8_t> pyramid = quoin::laplacian_pyramid(policy, photo, 3);
    assert(pyramid.levels[0].size() == photo.size()); // differences, of i16
    assert(pyramid.levels[2].size() == (quoin::extent{60, 40}));
    assert(pyramid.rest.size() == (quoin::extent{30, 20}));

    // Nothing is lost.
    auto const same = quoin::collapse(policy, pyramid);
    for (quoin::index_t y = 0; y < photo.height(); ++y)
        for (quoin::index_t x = 0; x < photo.width(); ++x) assert(same(x, y) == photo(x, y));

    // With three times the details of the second level, structures of some pixels stand out.
    auto& details = pyramid.levels[1];
    details = quoin::to_image(
        policy, std::as_const(details).view() | [](std::int16_t d) { return static_cast<std::int16_t>(3 * d); });
    auto const raised = quoin::collapse(policy, pyramid);
    auto const contrast = [](quoin::image<std::uint8_t> const& image) {
        double sum = 0; // of differences of pixels that are two apart
        for (quoin::index_t y = 0; y < image.height(); ++y)
            for (quoin::index_t x = 2; x < image.width(); ++x) sum += std::abs(image(x, y) - image(x - 2, y));
        return sum;
    };
    assert(contrast(raised) > 1.2 * contrast(photo));

    // An image of 240 x 160 pixels has at most eight levels.
    assert(quoin::most_laplacian_levels(photo.size()) == 8);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    pages.save("laplacian_pyramid", "the second of three levels times 3, and collapsed", photo, raised);
}

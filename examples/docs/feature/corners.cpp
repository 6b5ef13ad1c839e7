// SPDX-License-Identifier: BSL-1.0
// fast_corners, good_features, local_peaks: corners as lists.
#undef NDEBUG
#include <quoin/draw/circle.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/feature/fast_corners.hpp>
#include <quoin/feature/good_features.hpp>
#include <quoin/filter/color/gray.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    auto const photo = picture::photo();
    quoin::serial const policy;
    auto const luma = photo.view() | quoin::gray;

    // All corners by their contrast, in raster order.
    auto const fast = quoin::fast_corners(policy, luma, {.threshold = 40});
    assert(fast.size() > 10 && fast.front().y <= fast.back().y);

    // The 50 that are best to track, the strongest first, at least 8 pixels apart.
    auto const good = quoin::good_features(policy, luma, {.quality = 0.01, .distance = 8, .most = 50});
    assert(!good.empty() && good.size() <= 50 && good.front().score >= good.back().score);

    // The maxima of any other image: here of the Harris score over 5 x 5 pixels.
    auto const peaks = quoin::local_peaks(policy, luma | quoin::harris(5), {.quality = 0.05, .distance = 8});
    assert(!peaks.empty());

    picture::pages const pages(argc, argv);
    auto marked = quoin::to_image(policy, photo.view());
    for (quoin::keypoint const& k : good)
        quoin::draw_circle(marked.view(), {static_cast<quoin::index_t>(k.x), static_cast<quoin::index_t>(k.y)}, 4,
                           quoin::rgb8{255, 255, 0});
    pages.write("good_features.png", marked);
}

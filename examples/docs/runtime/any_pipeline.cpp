// SPDX-License-Identifier: BSL-1.0
// any_pipeline: a chain of filters that is chosen at run time, still in one pass.
#undef NDEBUG
#include <quoin/exec/parallel_simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/image/image.hpp>
#include <quoin/runtime/any_pipeline.hpp>

#include "picture.hpp"

#include <cassert>
#include <cstdio>

int main(int argc, char** argv) {
    quoin::image<quoin::rgb8> photo(640, 480);
    for (quoin::index_t y = 0; y < 480; ++y)
        for (quoin::index_t x = 0; x < 640; ++x)
            photo(x, y) = {static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y),
                           static_cast<std::uint8_t>(x * y)};

    // From text, as a user types it, or from code.
    quoin::any_pipeline const chain("gray, gaussian=1.5, threshold=100, crop=0:0:320:480");
    quoin::any_pipeline const same = quoin::any_pipeline()
                                         .then("gray")
                                         .then("gaussian", {1.5})
                                         .then("threshold", {100})
                                         .then("crop", {0, 0, 320, 480});
    assert(same.text() == "gray,gaussian=1.5,threshold=100,crop=0:0:320:480");

    quoin::any_image const result = quoin::to_image(quoin::parallel_simd(2), chain, photo.view());
    assert(result.size() == (quoin::extent{320, 480}));

    // The bytes of the pipeline that is known while compiling.
    auto const compiled = quoin::to_image(quoin::parallel_simd(2),
                                          photo.view() | quoin::gray | quoin::gaussian(1.5) | quoin::threshold(100));
    for (quoin::index_t y = 0; y < 480; ++y)
        for (quoin::index_t x = 0; x < 320; ++x) assert(result.view().as<std::uint8_t>()(x, y) == compiled(x, y));

    // A mistake names its place, what stands there, and what is possible.
    try {
        quoin::any_pipeline("gray, gausian=1.5");
        assert(false);
    } catch (quoin::invalid_argument const& e) {
        std::puts(e.what()); // chain, character 7: 'gausian' is no operation; did you mean gaussian?
    }

    // What tiles and strips of the input a part of the result needs.
    quoin::rect const needed = chain.needed({10, 10, 20, 20}, {quoin::channel_type::u8, 3}, photo.size());
    assert((needed == quoin::rect{5, 5, 30, 30}));

    // Several images: what has changed, both gray, in one pass. In parentheses stands the chain of the other image.
    quoin::image<quoin::rgb8> later = photo;
    later(5, 7) = {255, 255, 255};
    quoin::any_pipeline const changed("gray, absdiff(gray), threshold=20");
    quoin::any_image const mask = quoin::to_image(quoin::parallel_simd(2), changed, {later.view(), photo.view()});
    assert(mask.view().as<std::uint8_t>()(5, 7) == 255 && mask.view().as<std::uint8_t>()(6, 7) == 0);
    assert(changed.inputs() == 2);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const scene = picture::photo();
    picture::gray_image edges(scene.width(), scene.height());
    quoin::any_pipeline const typed("gray, gaussian=1.5, sobel_magnitude");
    quoin::run(quoin::parallel_simd(2), typed, scene.view(), edges.view());
    pages.save("any_pipeline", "gray, gaussian=1.5, sobel_magnitude", scene, edges);
}

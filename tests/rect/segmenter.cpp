// SPDX-License-Identifier: BSL-1.0
#include "support/allocations.hpp"
#include "support/masks.hpp"
#include "support/mask_algorithms.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/rect/segmenter.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("segmenter: equal to segment, whatever came before", "[segment][segmenter]") {
    for (segment_method method : {segment_method::run_merge, segment_method::minimum}) {
        segment_options const options{.min_area = 3, .method = method};
        segmenter again(options);
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            CAPTURE(seed);
            // Larger and smaller, none at all, more and fewer strips.
            index_t const width = static_cast<index_t>(seed * 37 % 200);
            index_t const height = static_cast<index_t>(seed * 101 % 300);
            bit_image const m = seed % 3 == 0 ? masks::random(width, height, 0.6, seed)
                                              : masks::random_shapes(width, height, static_cast<int>(seed) * 5, seed);
            segmentation const expected = segment(serial{}, m, options);
            segmentation const& found = seed % 2 == 0 ? again(serial{}, m) : again(test::thread_policy{3}, m);
            CHECK(found.rectangles == expected.rectangles);
            CHECK(found.components == expected.components);
            CHECK((found.optimal == expected.optimal && found.gap == expected.gap));
        }
    }
}

TEST_CASE("segmenter: usable after an exception", "[segment][segmenter]") {
    segmenter again;
    bit_image const m = masks::random(100, 100, 0.5, 1);
    CHECK(again(serial{}, m).rectangles == segment(serial{}, m).rectangles);
    CHECK_THROWS_AS(again(serial{}, bit_image(index_t{1} << 31, 0)), invalid_argument);
    CHECK(again(serial{}, m).rectangles == segment(serial{}, m).rectangles);
}

TEST_CASE("segmenter: allocates nothing for a mask like the one before", "[segment][segmenter]") {
    for (double density : {0.1, 0.6}) {
        bit_image const m = masks::random(700, 500, density, 7);
        segmenter again;
        auto const first = test::used_by([&] { again(serial{}, m); });
        auto const second = test::used_by([&] { again(serial{}, m); });
        CHECK(first.count > 0);
        CHECK(second == test::usage{0, 0});
        segmentation const expected = segment(serial{}, m);
        CHECK(again(serial{}, m).rectangles == expected.rectangles);
        CHECK(again(serial{}, m).components == expected.components);
    }
}

TEST_CASE("segmenter: allocates nothing for the steps before the components", "[segment][segmenter]") {
    bit_image const m = masks::random(700, 500, 0.55, 8);
    auto const check = [&](segment_options const& options) {
        CAPTURE(options.open, options.close, options.fill_holes, options.min_area);
        segmenter again(options);
        segmentation const expected = segment(serial{}, m, options);
        // The two masks of the steps change places, so that the first two calls allocate.
        for (int call = 0; call < 2; ++call) CHECK(again(serial{}, m).rectangles == expected.rectangles);
        CHECK(test::used_by([&] { again(serial{}, m); }) == test::usage{0, 0});
        CHECK(again(serial{}, m).rectangles == expected.rectangles);
        CHECK(again(serial{}, m).components == expected.components);
    };
    check({.open = 1});
    check({.close = 2});
    check({.fill_holes = 5});
    check({.min_area = 4});
    check({.open = 1, .close = 3, .fill_holes = 20, .min_area = 10});
}

TEST_CASE("segmenter: copies have memory of their own", "[segment][segmenter]") {
    bit_image const m = masks::random(300, 200, 0.5, 3);
    segmenter one;
    one(serial{}, m);
    segmenter two = one;
    segmentation const& found = two(serial{}, masks::random(200, 300, 0.4, 4));
    CHECK(found.rectangles == segment(serial{}, masks::random(200, 300, 0.4, 4)).rectangles);
    CHECK(one(serial{}, m).rectangles == segment(serial{}, m).rectangles);
}

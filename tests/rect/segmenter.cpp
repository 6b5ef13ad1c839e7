// SPDX-License-Identifier: BSL-1.0
#include "support/allocations.hpp"
#include "support/masks.hpp"
#include "support/mask_algorithms.hpp"
#include "support/policies.hpp"

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
            segmentation const expected = segment(test::any_serial(), m, options);
            segmentation const& found = seed % 2 == 0 ? again(test::any_serial(), m) : again(test::any_threads(3), m);
            CHECK(found.rectangles == expected.rectangles);
            CHECK(found.components == expected.components);
            CHECK((found.optimal == expected.optimal && found.gap == expected.gap));
        }
    }
}

TEST_CASE("segmenter: usable after an exception", "[segment][segmenter]") {
    segmenter again;
    bit_image const m = masks::random(100, 100, 0.5, 1);
    CHECK(again(test::any_serial(), m).rectangles == segment(test::any_serial(), m).rectangles);
    CHECK_THROWS_AS(again(test::any_serial(), bit_image(index_t{1} << 31, 0)), invalid_argument);
    CHECK(again(test::any_serial(), m).rectangles == segment(test::any_serial(), m).rectangles);
}

TEST_CASE("segmenter: allocates nothing for a mask like the one before", "[segment][segmenter]") {
    for (double density : {0.1, 0.6}) {
        bit_image const m = masks::random(700, 500, density, 7);
        segmenter again;
        auto const first = test::used_by([&] { again(test::any_serial(), m); });
        auto const second = test::used_by([&] { again(test::any_serial(), m); });
        CHECK(first.count > 0);
        CHECK(second == test::usage{0, 0});
        segmentation const expected = segment(test::any_serial(), m);
        CHECK(again(test::any_serial(), m).rectangles == expected.rectangles);
        CHECK(again(test::any_serial(), m).components == expected.components);
    }
}

TEST_CASE("segmenter: copies have memory of their own", "[segment][segmenter]") {
    bit_image const m = masks::random(300, 200, 0.5, 3);
    segmenter one;
    one(test::any_serial(), m);
    segmenter two = one;
    segmentation const& found = two(test::any_serial(), masks::random(200, 300, 0.4, 4));
    CHECK(found.rectangles == segment(test::any_serial(), masks::random(200, 300, 0.4, 4)).rectangles);
    CHECK(one(test::any_serial(), m).rectangles == segment(test::any_serial(), m).rectangles);
}

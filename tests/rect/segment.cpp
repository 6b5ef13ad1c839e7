// SPDX-License-Identifier: BSL-1.0
#include "support/data.hpp"
#include "support/masks.hpp"
#include "support/mask_algorithms.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/io/read_image.hpp>
#include <quoin/rect/segment.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;
using Catch::Matchers::StartsWith;

namespace {

bool equal(segmentation const& a, segmentation const& b) {
    return a.rectangles == b.rectangles && a.components == b.components && a.optimal == b.optimal && a.gap == b.gap;
}

} // namespace

TEST_CASE("segment: the steps run in their order", "[segment]") {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        CAPTURE(seed);
        bit_image const m = masks::random_shapes(200, 150, 120, seed);
        segment_options const options{.open = 1, .close = 2, .fill_holes = 60, .min_area = 40};
        serial const p;
        auto const cleaned = remove_small_components(p, fill_holes(p, closing(p, opening(p, m, 1), 2), 60), 40);
        for (segment_method method : {segment_method::run_merge, segment_method::minimum}) {
            segment_options with = options;
            with.method = method;
            segmentation const s = segment(p, m, with);
            CHECK(masks::fault(cleaned, s.rectangles) == "");
            CHECK(s.components == components(p, cleaned).components);
            CHECK(s.optimal == (method == segment_method::minimum));
            CHECK(s.gap == 0);
            CHECK(equal(s, segment(p, cleaned, {.method = method})));
        }
        CHECK(!(cleaned == m));
    }
}

TEST_CASE("segment: the same under every policy and number of threads", "[segment]") {
    std::uint64_t seed = 0;
    for (index_t width : {0, 1, 63, 64, 65, 127, 128, 129, 1100})
        for (index_t height : {0, 1, 2, 64, 65, 200})
            for (bool noise : {false, true}) {
                CAPTURE(width, height, noise, ++seed);
                bit_image const m =
                    noise ? masks::random(width, height, 0.6, seed) : masks::random_shapes(width, height, 200, seed);
                segment_options const cases[] = {
                    {},
                    {.method = segment_method::minimum},
                    {.method = segment_method::minimum, .budget = {.max_phases = 1}},
                    {.open = 1, .close = 1, .fill_holes = 9, .min_area = 9, .method = segment_method::minimum}};
                for (segment_options const& options : cases) {
                    segmentation const expected = segment(serial{}, m, options);
                    CHECK(equal(segment(test::backwards_policy{}, m, options), expected));
                    for (int threads : {1, 2, 5})
                        CHECK(equal(segment(test::thread_policy{threads}, m, options), expected));
                }
            }
}

TEST_CASE("segment: a real layer has the known counts", "[segment][data]") {
    struct {
        char const* file;
        std::size_t fewest, merged;
    } const known[] = {
        {"gcd_45nm_origin", 6389, 6720}, {"gcd_45nm_simed", 84311, 101492}, {"CurvILT_mask1", 1829, 2018},
        {"CurvILT_resist1", 981, 1054},  {"CurvILT_target1", 16, 16},       {"CurvILT_mask3", 1986, 2441},
        {"CurvILT_resist3", 1210, 1377}, {"CurvILT_target3", 18, 18},       {"MOSAIC_test3", 1700, 1956}};
    for (auto const& k : known) {
        DYNAMIC_SECTION(k.file) {
            std::filesystem::path const file = std::filesystem::path("chips") / (std::string(k.file) + ".png");
            if (auto const why = test::missing(file); !why.empty()) SKIP(why);
            auto const pixels = read_image<std::uint8_t>(test::data_folder() / file);
            auto const m =
                masks::where(pixels.width(), pixels.height(), [&](index_t x, index_t y) { return pixels(x, y) > 127; });
            segmentation const merged = segment(serial{}, m);
            segmentation const fewest = segment(serial{}, m, {.method = segment_method::minimum});
            CHECK(merged.rectangles.size() == k.merged);
            CHECK(fewest.rectangles.size() == k.fewest);
            CHECK(fewest.optimal);
            CHECK(masks::fault(m, merged.rectangles) == "");
            CHECK(masks::fault(m, fewest.rectangles) == "");
            test::thread_policy const threads{2};
            CHECK(equal(segment(threads, m), merged));
            CHECK(equal(segment(threads, m, {.method = segment_method::minimum}), fewest));
        }
    }
}

TEST_CASE("segment: options that cannot be are refused", "[segment]") {
    bit_image const m(3, 3);
    CHECK_THROWS_AS(segment(serial{}, m, {.open = -1}), invalid_argument);
    CHECK_THROWS_AS(segment(serial{}, m, {.close = -1}), invalid_argument);
    CHECK_THROWS_AS(segment(serial{}, m, {.fill_holes = -1}), invalid_argument);
    CHECK_THROWS_AS(segment(serial{}, m, {.min_area = -1}), invalid_argument);
    // Before anything else is looked at, and so before any work.
    bit_image const wide(index_t{1} << 31, 0);
    for (segment_method const method : {segment_method::minimum, segment_method::regularize})
        CHECK_THROWS_WITH(segment(serial{}, wide, {.method = method, .budget = {.max_phases = -1}}),
                          StartsWith("quoin::minimum_partition: max_phases is -1"));
    CHECK_THROWS_WITH(segment(serial{}, wide), StartsWith("quoin::segment: a mask of 2147483648 x 0 pixels"));
    CHECK_THROWS_WITH(segment(serial{}, bit_image((index_t{1} << 31) - 1, 0), {.method = segment_method::regularize}),
                      StartsWith("quoin::regularize: a mask of 2147483647 x 0 pixels; cut it into parts with no side "
                                 "above 2147483646"));
}

// SPDX-License-Identifier: BSL-1.0
// Operands of chains: their texts, their errors, and operations in them that need more than one reading.
#include "support/chains.hpp"

#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/smooth/guided_by.hpp>
#include <quoin/observe/trace.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;

namespace {

using u8 = std::uint8_t;
constexpr extent size{131, 19};

std::string message(std::string const& text, extent second = {100, 80}, pixel_format format = {channel_type::u8, 3}) {
    return test::chain_message(text, {{{channel_type::u8, 3}, {100, 80}}, {format, second}});
}

/// What is wrong with a chain over images of bytes, under every policy with vectors.
std::string differs(char const* text, std::vector<any_view> const& in, any_image const& expected) {
    for (auto const& policy : test::vector_policies()) {
        any_image const got = to_image(policy, any_pipeline(text), in);
        if (got.size() != expected.size()) return "another extent";
        for (index_t y = 0; y < got.height(); ++y)
            for (index_t x = 0; x < got.width(); ++x)
                if (got.view().as<u8>()(x, y) != expected.view().as<u8>()(x, y))
                    return std::string(text) + ", " + policy.name() + " at " + std::to_string(x) + ", " +
                           std::to_string(y);
    }
    return "";
}

any_image computed(char const* chain, std::vector<any_view> const& in) {
    return to_image(test::scalar_policies().front(), any_pipeline(chain), in);
}

} // namespace

TEST_CASE("any_pipeline: several images and operations that gather", "[runtime]") {
    test::guarded<u8> const a(test::random_pixels<u8>(size, 1)), b(test::random_pixels<u8>(size, 2));
    std::vector<any_view> const both{a.view(), b.view()};
    {
        any_image const far = computed("absdiff,gaussian3", both), moved = computed("translate=3.5:1", {far.view()});
        CHECK(differs("absdiff,gaussian3,translate=3.5:1,add(#2)", both, computed("add", {moved.view(), b.view()})) ==
              "");
    }
    {
        any_image const smooth = computed("gaussian3", {b.view()}),
                        moved = computed("translate=3.5:1", {smooth.view()});
        CHECK(differs("absdiff(gaussian3,translate=3.5:1,box=3)", both,
                      computed("absdiff(box=3)", {a.view(), moved.view()})) == "");
        // Of the first image, in a chain of one input.
        CHECK(differs("absdiff(#1,gaussian3,translate=3.5:1,box=3)", {b.view()},
                      computed("absdiff(box=3)", {b.view(), moved.view()})) == "");
    }
    {
        any_image const first = computed("gaussian3", {b.view()}), second = computed("box=3", {a.view()});
        any_image const turned = computed("rotate=10", {second.view()});
        any_image const far = computed("absdiff", {first.view(), turned.view()});
        any_image const moved = computed("translate=2.5:0", {far.view()});
        CHECK(differs("add(gaussian3,absdiff(#1,box=3,rotate=10),translate=2.5:0)", both,
                      computed("add", {a.view(), moved.view()})) == "");
    }
}

TEST_CASE("any_pipeline: operations that are made of counts before one that gathers", "[runtime][equalize]") {
    test::guarded<u8> const a(test::random_pixels<u8>(size, 1));
    any_image const even = computed("equalize", {a.view()});
    CHECK(differs("equalize,translate=3.5:1", {a.view()}, computed("translate=3.5:1", {even.view()})) == "");
}

TEST_CASE("any_pipeline: operations that are made of counts in operands", "[runtime][equalize]") {
    test::guarded<u8> const a(test::random_pixels<u8>(size, 1)), b(test::random_pixels<u8>(size, 2));
    std::vector<any_view> const both{a.view(), b.view()};
    {
        any_image const smooth = computed("gaussian3", {b.view()}), even = computed("equalize", {smooth.view()});
        CHECK(differs("absdiff(gaussian3,equalize,box=3)", both, computed("absdiff(box=3)", {a.view(), even.view()})) ==
              "");
        CHECK(differs("absdiff(#1,gaussian3,equalize,box=3)", {b.view()},
                      computed("absdiff(box=3)", {b.view(), even.view()})) == "");
    }
    {
        // An operand within another, and one more behind both.
        any_image const even = computed("equalize", {a.view()}), far = computed("absdiff", {b.view(), even.view()});
        any_image const wide = computed("normalize=10:200", {far.view()}),
                        sum = computed("add", {a.view(), wide.view()});
        CHECK(differs("add(absdiff(#1,equalize),normalize=10:200),stretch=5:90", both,
                      computed("stretch=5:90", {sum.view()})) == "");
    }
    {
        // Before and behind an operation that gathers.
        any_image const even = computed("equalize", {b.view()}), moved = computed("translate=3.5:1", {even.view()});
        any_image const wide = computed("stretch=5:90", {moved.view()});
        CHECK(differs("absdiff(equalize,translate=3.5:1,stretch=5:90)", both,
                      computed("absdiff", {a.view(), wide.view()})) == "");
    }
}

TEST_CASE("any_pipeline: a gray image guides another one, in gray and in color", "[runtime][guided_by]") {
    auto const by_second = [](auto a, auto b) { return zip(a, b) | guided_by(3, 200); };
    CHECK(test::chain_differs<u8>("guided_by=3:200", by_second) == "");
    CHECK(test::chain_differs<std::uint16_t>("guided_by=3:200", by_second) == "");
    CHECK(test::chain_differs<std::int16_t>("guided_by=3:200", by_second) == "");
    CHECK(test::chain_differs<float>("guided_by=3:200", by_second) == "");
    CHECK(test::chain_differs<rgb8>("guided_by=2:50(gray)",
                                    [](auto a, auto b) { return zip(a, b | gray) | guided_by(2, 50); }) == "");
    CHECK(test::chain_differs<rgb8>("guided_by=2:50(#1,gray)",
                                    [](auto a, auto) { return zip(a, a | gray) | guided_by(2, 50); }) == "");
    CHECK(test::chain_differs<u8>("gaussian3,extend=constant:90,guided_by=1:9(gaussian3,gaussian3),sharpen",
                                  [](auto a, auto b) {
                                      return zip(a | gaussian3, b | gaussian3 | gaussian3) | extend(constant(90)) |
                                             guided_by(1, 9) | sharpen;
                                  }) == "");

    using Catch::Matchers::ContainsSubstring;
    CHECK(any_pipeline("guided_by=3:9").text() == "guided_by=3:9(#2)");
    CHECK(message("guided_by=3:9(gray)") == "no error");
    CHECK_THAT(message("guided_by=3:9"),
               ContainsSubstring("guided_by cannot be computed of another image with 3 channels; write gray"));
    CHECK_THAT(message("guided_by=3:9(gray)", {99, 80}), ContainsSubstring("all must have one extent"));
    CHECK_THAT(message("guided_by=3:9(gray)", {100, 80}, {channel_type::u16, 3}), ContainsSubstring("convert_to"));
    CHECK_THAT(message("guided_by=0:9(gray)"), ContainsSubstring("RADIUS"));
    CHECK_THAT(test::chain_message("guided_by=3:9", {{{channel_type::u8, 4}, size}, {{channel_type::u8, 1}, size}}),
               ContainsSubstring("guided_by cannot be computed of pixels with 4 channels; give gray or RGB pixels"));
    std::vector<any_pipeline::result> const in(2, {{channel_type::u8, 1}, {100, 80}});
    any_pipeline const chain("guided_by=3:9(gaussian3)");
    CHECK(chain.needed({50, 40, 1, 1}, in, 1) == rect{44, 34, 13, 13});
    CHECK(chain.needed({50, 40, 1, 1}, in, 2) == rect{43, 33, 15, 15});
}

TEST_CASE("any_pipeline: text of several images", "[runtime]") {
    CHECK(any_pipeline(" absdiff ( gray ) ").text() == "absdiff(#2,gray)");
    CHECK(any_pipeline("add,subtract(add(gray)),add(#1)").text() == "add(#2),subtract(#3,add(#4,gray)),add(#1)");
    CHECK(any_pipeline("add,subtract(add(gray)),add(#1)").inputs() == 4);
    CHECK(any_pipeline(any_pipeline("blend=0.3(gray)").text()).text() == "blend=0.3(#2,gray)");
    CHECK(any_pipeline().then("gray").then("absdiff", {}, {{2, "gray"}}).text() == "gray,absdiff(#2,gray)");
    CHECK(any_pipeline().then("blend", {0.25}).text() == "blend=0.25(#2)");
    CHECK(any_pipeline("gray,add(over)").reads_alpha());
    CHECK(any_pipeline("add(gray,add(premultiply))").reads_alpha());
    CHECK(any_pipeline("over_premultiplied").reads_alpha());
    CHECK_FALSE(any_pipeline("add(gray)").reads_alpha());
    CHECK(any_pipeline("gray").inputs() == 1);
}

TEST_CASE("any_pipeline: errors of several images", "[runtime]") {
    using Catch::Matchers::ContainsSubstring;
    CHECK(message("absdiff") == "no error");
    CHECK(message("absdiff", {99, 80}) == "chain, operation 1, 'absdiff(#2)': absdiff: an image of 99 x 80 beside one "
                                          "of 100 x 80; all must have one extent");
    CHECK_THAT(message("gray,absdiff"), ContainsSubstring("pixels with 3 channels beside pixels with 1; write gray"));
    CHECK_THAT(message("absdiff", {100, 80}, {channel_type::u8, 4}),
               ContainsSubstring("pixels with 4 channels beside pixels with 3; give all an alpha channel, or none"));
    CHECK_THAT(message("absdiff", {100, 80}, {channel_type::u16, 3}),
               ContainsSubstring("pixels of u16 beside pixels of u8; write convert_to"));
    CHECK_THAT(message("absdiff(#3)"), ContainsSubstring("input 3 is read, and 2 are given"));
    CHECK_THAT(message("convert_to=f32,bitwise_or(convert_to=f32)"),
               ContainsSubstring("bitwise_or cannot be computed of pixels with 3 channels of f32"));
    CHECK_THAT(message("gray,sobel_x,absdiff(gray,sobel_x,equalize)"),
               ContainsSubstring("equalize cannot be computed of pixels of i16; put convert_to=u8 or u16 before it"));
    CHECK_THAT(message("absdiff(normalize=0:300)"),
               ContainsSubstring("'absdiff(#2,normalize=0:300)': quoin::normalize: the range is 0 to 300"));
    CHECK_THAT(message("absdiff(gray"), ContainsSubstring("character 13: the end, where a ) is missing"));
    CHECK_THAT(message("absdiff)"), ContainsSubstring("character 8: a ) without its ("));
    CHECK_THAT(message("gray(gray)"), ContainsSubstring("character 5: '(gray)' behind gray, which reads one image"));
    CHECK_THAT(message("absdiff(gray)(gray)"), ContainsSubstring("behind the last image of absdiff(CHAIN)"));
    CHECK_THAT(message("absdiff(gray)x"), ContainsSubstring("'x' behind the ) of absdiff(CHAIN)"));
    CHECK_THAT(message("absdiff(#0)"), ContainsSubstring("'0' for the number of an input"));
    CHECK_THAT(message("absdiff(#2,)"), ContainsSubstring("nothing where an operation is needed"));
    CHECK_THAT(message("absdiff(grey)"), ContainsSubstring("character 9: 'grey' is no operation; did you mean gray?"));
    CHECK_THAT(message("absdiff(median=4)"), ContainsSubstring("character 9: 'median=4'"));
    CHECK_THAT(message("add(add(add(add(add(add(add(add(add(gray)))))))))"), ContainsSubstring("parentheses"));
    CHECK_THROWS_AS(any_pipeline("absdiff").result_of({channel_type::u8, 1}, {5, 5}), invalid_argument);

    test::guarded<u8> a(extent{20, 10}), b(extent{20, 10});
    auto const policy = test::scalar_policies().front();
    CHECK_THROWS_AS(run(policy, any_pipeline("absdiff"), {a.view(), b.view()}, b.view()), invalid_argument);
    CHECK_THROWS_AS(to_image(policy, any_pipeline("gray"), std::vector<any_view>{}), invalid_argument);
}

TEST_CASE("any_pipeline: what it needs of each image", "[runtime]") {
    std::vector<any_pipeline::result> const in(3, {{channel_type::u8, 1}, {100, 80}});
    any_pipeline const chain("gaussian3,absdiff(box=5),add(#1,crop=0:0:100:80,box=9)");
    CHECK(chain.needed({50, 40, 1, 1}, in, 1) == rect{46, 36, 9, 9});
    CHECK(chain.needed({50, 40, 1, 1}, in, 2) == rect{48, 38, 5, 5});
    CHECK(chain.needed({50, 40, 1, 1}, in, 3).empty());
    CHECK_THROWS_AS(chain.needed({50, 40, 1, 1}, in, 4), invalid_argument);
    // Counts need the whole image before them.
    any_pipeline const counted("gaussian3,absdiff(box=5),equalize,add(#3,box=3)");
    CHECK(counted.needed({50, 40, 1, 1}, in, 1) == rect{0, 0, 100, 80});
    CHECK(counted.needed({50, 40, 1, 1}, in, 2) == rect{0, 0, 100, 80});
    CHECK(counted.needed({50, 40, 1, 1}, in, 3) == rect{49, 39, 3, 3});
    any_pipeline const beside("gaussian3,absdiff(box=5,equalize)");
    CHECK(beside.needed({50, 40, 1, 1}, in, 1) == rect{49, 39, 3, 3});
    CHECK(beside.needed({50, 40, 1, 1}, in, 2) == rect{0, 0, 100, 80});
}

TEST_CASE("any_pipeline: a trace names the images that are combined", "[runtime]") {
    test::guarded<u8> const a(test::random_pixels<u8>({50, 40}, 1)), b(test::random_pixels<u8>({50, 40}, 2));
    trace t;
    to_image(traced(test::scalar_policies().front(), t), any_pipeline("gaussian3,absdiff(box=3,absolute),sobel_x"),
             {a.view(), b.view()});
    std::vector<std::string> names;
    for (stage_time const& s : t.stages()) {
        CHECK(s.evaluation == "zip(gaussian3, box | absolute) | absdiff | sobel_x");
        names.push_back(s.stage);
    }
    CHECK(names == std::vector<std::string>{"set-up", "source", "source", "box 1/2",
                                            "zip(gaussian3, box 2/2 | absolute) | absdiff", "sobel_x"});
}

TEST_CASE("any_pipeline: a trace where an operation leaves its pixels and its other image", "[runtime]") {
    // Without alpha over changes nothing, and its other image is not read.
    test::guarded<rgb8> const a(test::random_pixels<rgb8>({50, 40}, 1)), b(test::random_pixels<rgb8>({50, 40}, 2));
    trace t;
    to_image(traced(test::scalar_policies().front(), t), any_pipeline("gaussian3,over(box=3),sobel_x"),
             {a.view(), b.view()});
    CHECK(t.stages().back().stage == "sobel_x");
    CHECK(t.stages().back().evaluation == "gaussian3 | sobel_x");
}

// SPDX-License-Identifier: BSL-1.0
// Operations of chains that are made of counts: equalize, stretch, normalize; and other tone curves in chains.
#include "support/chains.hpp"

#include <quoin/catalogue.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/observe/trace.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

/// What is wrong with a chain of these pixels against the expected ones.
template <class P, class R>
std::string differs(char const* text, test::plain<P> const& pixels, image<R> const& expected) {
    test::guarded<P> const in(pixels);
    return test::chain_differs<R>(text, {in.view()}, expected.view());
}

std::string message(char const* text, pixel_format format) {
    return test::chain_message(text, {{format, {100, 80}}});
}

} // namespace

TEST_CASE("counted: a chain counts what stands before the operation", "[runtime][equalize]") {
    auto const pixels = test::random_pixels<rgb8>({131, 37}, 5);
    test::guarded<rgb8> const in(pixels);
    serial const policy;
    auto const smooth = in.view() | gray | gaussian3;
    CHECK(differs("gray,gaussian3,equalize", pixels, to_image(policy, smooth | equalize(histogram(policy, smooth)))) ==
          "");
    CHECK(differs("gray,gaussian3,equalize=pillow", pixels,
                  to_image(policy, smooth | equalize(histogram(policy, smooth), equalize_rule::pillow))) == "");
    // Several of them, one after the other, and stages behind them.
    auto const even = smooth | equalize(histogram(policy, smooth));
    auto const blurred = even | gaussian5;
    auto const stretched = blurred | stretch(histogram(policy, blurred), 5, 90);
    CHECK(differs("gray,gaussian3,equalize,gaussian5,stretch=5:90,sharpen", pixels,
                  to_image(policy, stretched | sharpen)) == "");
}

TEST_CASE("counted: each channel by itself, and 16 bits", "[runtime][equalize]") {
    auto const pixels = test::random_pixels<rgb<std::uint16_t>>({67, 21}, 6);
    test::guarded<rgb<std::uint16_t>> const in(pixels);
    std::array<std::vector<index_t>, 3> counts;
    for (auto& c : counts) c.resize(65536);
    for (auto const& p : pixels.data) ++counts[0][p.r], ++counts[1][p.g], ++counts[2][p.b];
    CHECK(differs("normalize=100:5000,flip_x", pixels,
                  to_image(serial{}, in.view() | normalize(counts, 100, 5000) | flip_x)) == "");
    CHECK(differs("equalize", pixels, to_image(serial{}, in.view() | equalize(counts))) == "");
}

TEST_CASE("counted: tone curves in chains", "[runtime][gamma]") {
    auto const bytes = test::random_pixels<rgb8>({67, 21}, 7);
    test::guarded<rgb8> const in(bytes);
    CHECK(
        differs("gamma=2.2,invert,levels=10:240:1.5,log,sigmoid,solarize=200,offset=-7,posterize=5,clamp=3:200", bytes,
                to_image(serial{}, in.view() | adjust_gamma(2.2f) | invert | levels(10, 240, 1.5f) | adjust_log() |
                                       adjust_sigmoid() | solarize(200) | offset(-7) | posterize(5) | clamp(3, 200))) ==
        "");
    auto const words = test::random_pixels<std::uint16_t>({67, 21}, 8);
    test::guarded<std::uint16_t> const deep(words);
    CHECK(differs("gamma=0.4,levels=1000:60000", words,
                  to_image(serial{}, deep.view() | adjust_gamma(0.4f) | levels(1000, 60000))) == "");
}

TEST_CASE("counted: types that have no counts and values that do not fit are refused", "[runtime][equalize]") {
    CHECK_THAT(message("gray,sobel_x,equalize", {channel_type::u8, 3}),
               ContainsSubstring("operation 3, 'equalize': equalize cannot be computed of pixels of i16; put "
                                 "convert_to=u8 or u16 before it"));
    CHECK_THAT(message("stretch", {channel_type::f32, 1}), ContainsSubstring("put convert_to=u8 or u16 before it"));
    CHECK_THAT(message("unsharp_pillow", {channel_type::u16, 1}), ContainsSubstring("put convert_to=u8 before it"));
    CHECK_THAT(message("gamma=2", {channel_type::i32, 1}),
               ContainsSubstring("gamma cannot be computed of pixels of i32; put convert_to=u8, u16 or f32 before it"));
    CHECK(message("gamma=2,invert", {channel_type::f32, 3}) == "no error");
    CHECK_THAT(message("stretch=60:40", {channel_type::u8, 1}), ContainsSubstring("the percentiles are 60 and 40"));
    CHECK_THAT(message("normalize=9:9", {channel_type::u8, 1}), ContainsSubstring("the range is 9 to 9"));
    CHECK_THAT(message("levels=200:100", {channel_type::u8, 1}), ContainsSubstring("black is 200 and white is 100"));
    CHECK_THAT(message("normalize=0:300", {channel_type::u8, 1}),
               ContainsSubstring("operation 1, 'normalize=0:300': quoin::normalize: the range is 0 to 300; give two "
                                 "values from 0 to 255"));
    CHECK(message("normalize=0:300", {channel_type::u16, 1}) == "no error");
}

TEST_CASE("counted: what a result depends on, and what a trace shows", "[runtime][equalize]") {
    any_pipeline const chain("gray,gaussian3,equalize,sharpen");
    CHECK(chain.needed({3, 3, 1, 1}, {channel_type::u8, 3}, {50, 40}) == rect{0, 0, 50, 40});
    auto const pixels = test::random_pixels<rgb8>({50, 40}, 5);
    test::guarded<rgb8> const in(pixels);
    trace t;
    to_image(traced(serial{}, t), chain, in.view());
    CHECK_THAT(t.table(), ContainsSubstring("gaussian3 | histogram"));
    CHECK_THAT(t.table(), ContainsSubstring("gaussian3 | equalize"));
}

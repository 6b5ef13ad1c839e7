// SPDX-License-Identifier: BSL-1.0
// clahe in chains: its tiles are counted behind the operations before it.
#include "support/chains.hpp"

#include <quoin/filter/tone/clahe.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/observe/trace.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

test::scalar_policy const& policy() {
    return test::scalar_policies().front();
}

/// The pixels behind the first operations, the compiled clahe of them, and the pixels behind the last operations.
template <class T>
any_image apart(char const* first, any_view const& in, double clip, extent tiles, char const* last) {
    any_image const before = to_image(policy(), any_pipeline(first), in);
    auto const view = before.view().as<T>();
    image<T> const clear = to_image(policy(), view | clahe(policy(), view, clip, tiles));
    return to_image(policy(), any_pipeline(last), clear.view());
}

/// What is wrong with a chain against what the same operations made apart.
template <class T>
std::string differs(char const* text, any_view const& in, any_image const& expected) {
    return test::chain_differs<T>(text, {in}, expected.view().as<T>());
}

std::string message(char const* text, pixel_format format) {
    return test::chain_message(text, {{format, {100, 80}}});
}

} // namespace

TEST_CASE("tiles: a chain counts those of what stands before clahe", "[runtime][clahe]") {
    test::guarded<rgb8> const in(test::random_pixels<rgb8>({131, 37}, 9));
    CHECK(differs<std::uint8_t>("gray,gaussian3,clahe=2:3x4,flip_x", in.view(),
                                apart<std::uint8_t>("gray,gaussian3", in.view(), 2, {3, 4}, "flip_x")) == "");
    // Behind others that are made of counts, where the extent has changed.
    CHECK(differs<std::uint8_t>(
              "gray,clahe=9:5x5,equalize,transpose,clahe=0:2x3,sharpen", in.view(),
              apart<std::uint8_t>("gray,clahe=9:5x5,equalize,transpose", in.view(), 0, {2, 3}, "sharpen")) == "");
    test::guarded<std::uint16_t> const deep(test::random_pixels<std::uint16_t>({67, 21}, 10));
    CHECK(differs<std::uint16_t>("clahe=3:2x2", deep.view(), apart<std::uint16_t>("", deep.view(), 3, {2, 2}, "")) ==
          "");
    // In the chain of another image.
    CHECK(differs<std::uint8_t>("gray,clahe=2:3", in.view(), apart<std::uint8_t>("gray", in.view(), 2, {3, 3}, "")) ==
          ""); // one number is both sides
    any_image const clear = to_image(policy(), any_pipeline("gray,clahe=2:3x2"), in.view());
    any_image const smooth = to_image(policy(), any_pipeline("gray,gaussian3"), in.view());
    CHECK(differs<std::uint8_t>("gray,gaussian3,absdiff(#1,gray,clahe=2:3x2)", in.view(),
                                to_image(policy(), any_pipeline("absdiff"), {smooth.view(), clear.view()})) == "");
}

TEST_CASE("tiles: what is refused, what the result depends on, and what a trace shows", "[runtime][clahe]") {
    CHECK_THAT(message("clahe", {channel_type::u8, 3}),
               ContainsSubstring("clahe cannot be computed of pixels with 3 channels; put gray before it"));
    CHECK(message("clahe=2:20x20", {channel_type::u8, 1}) == "no error");
    CHECK_THAT(message("clahe=2:0", {channel_type::u8, 1}),
               ContainsSubstring("'0' for TILES (the tiles across and down, as 8x4, or 8 for both); give a whole"));
    CHECK_THAT(message("clahe=2:8x", {channel_type::u8, 1}), ContainsSubstring("'' for TILES"));
    CHECK_THAT(message("clahe=2:8.5", {channel_type::u8, 1}), ContainsSubstring("'8.5' for TILES"));
    CHECK_THAT(message("resize=30", {channel_type::u8, 1}), ContainsSubstring("give two whole numbers joined by x"));
    CHECK_THAT(message("clahe=2:20x20", {channel_type::u16, 1}),
               ContainsSubstring("there are 20 x 20 tiles of 16 bits"));
    CHECK_THAT(message("sobel_x,clahe", {channel_type::u8, 1}),
               ContainsSubstring("clahe cannot be computed of pixels of i16"));
    any_pipeline const chain("gray,gaussian3,clahe=2:2x2,sharpen");
    CHECK(chain.needed({3, 3, 1, 1}, {channel_type::u8, 3}, {50, 40}) == rect{0, 0, 50, 40});
    test::guarded<rgb8> const in(test::random_pixels<rgb8>({50, 40}, 5));
    trace t;
    to_image(traced(policy(), t), chain, in.view());
    CHECK_THAT(t.table(), ContainsSubstring("gaussian3 | histogram"));
    CHECK_THAT(t.table(), ContainsSubstring("gaussian3 | clahe"));
}

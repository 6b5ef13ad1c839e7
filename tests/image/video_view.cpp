// SPDX-License-Identifier: BSL-1.0
#include <quoin/image/video_view.hpp>
#include <quoin/image/view.hpp>

#include "support/message.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <string>
#include <vector>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;
using test::message;

TEST_CASE("video_view: NV12 by hand, nearest and linear", "[view]") {
    // 4 x 2 pixels: luma 1..8, then Cb 10, 30 and Cr 100, 200.
    std::vector<std::uint8_t> const nv12{1, 2, 3, 4, 5, 6, 7, 8, 10, 100, 30, 200};
    std::span<std::uint8_t const> const bytes(nv12);
    auto const nearest = nv12_view(bytes, 4, 2, 0, {chroma_siting::left, chroma_filter::nearest});
    CHECK(nearest.load(1, 1) == ycbcr8{6, 10, 100});
    CHECK(nearest.load(2, 0) == ycbcr8{3, 30, 200});
    // Samples lie in columns 0 and 2: column 1 is their mean, and beyond column 2 the last is repeated.
    auto const left = nv12_view(bytes, 4, 2);
    CHECK(left.load(0, 0) == ycbcr8{1, 10, 100});
    CHECK(left.load(1, 0) == ycbcr8{2, 20, 150});
    CHECK(left.load(3, 1) == ycbcr8{8, 30, 200});
    // Samples lie at columns 0.5 and 2.5: column 1 is three quarters of the first.
    auto const center = nv12_view(bytes, 4, 2, 0, {.siting = chroma_siting::center});
    CHECK(center.load(0, 0) == ycbcr8{1, 10, 100});
    CHECK(center.load(1, 0) == ycbcr8{2, 15, 125});
    CHECK(center.load(2, 0) == ycbcr8{3, 25, 175});
    // The other order of pairs.
    CHECK(nv21_view(bytes, 4, 2).load(0, 0) == ycbcr8{1, 100, 10});
}

TEST_CASE("video_view: planes with strides of their own", "[view]") {
    std::uint8_t const luma[] = {1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9};
    std::uint8_t const pairs[] = {10, 20, 30, 40, 0, 50, 60, 70, 80};
    image_view<std::uint8_t const> const y(luma, 3, 3, 4), uv(pairs, 4, 2, 5);
    auto const frame = nv12_view(y, uv, {chroma_siting::left, chroma_filter::nearest});
    CHECK(frame.size() == extent{3, 3});
    CHECK(frame.chroma_size() == extent{2, 2});
    CHECK(frame.load(2, 2) == ycbcr8{9, 70, 80});
    std::uint8_t const blue[] = {10, 20, 30, 40}, red[] = {50, 60, 70, 80};
    image_view<std::uint8_t const> const cb(blue, 2, 2), cr(red, 2, 2);
    CHECK(i420_view(y, cb, cr, {chroma_siting::left, chroma_filter::nearest}).load(0, 2) == ycbcr8{7, 30, 70});
}

TEST_CASE("video_view: what it models and what not", "[view]") {
    STATIC_CHECK(concepts::view<video_view<std::uint8_t>>);
    STATIC_CHECK(concepts::view<video_view<std::uint16_t const>>);
    // A pixel cannot be written by itself.
    STATIC_CHECK(!concepts::writable_view<video_view<std::uint8_t>>);
    STATIC_CHECK(std::is_convertible_v<video_view<std::uint8_t>, video_view<std::uint8_t const>>);
    STATIC_CHECK(!std::is_convertible_v<video_view<std::uint8_t const>, video_view<std::uint8_t>>);
    STATIC_CHECK(!concepts::color<ycbcr8>);
}

TEST_CASE("video_view: exactly the elements that a frame needs are enough", "[view]") {
    auto const needs = [](auto const& make, std::size_t count) {
        std::vector<std::uint8_t> const memory(count);
        std::span<std::uint8_t const> const all(memory);
        return message([&] { make(all); }) == "no error" && message([&] { make(all.first(count - 1)); }) != "no error";
    };
    using bytes = std::span<std::uint8_t const>;
    CHECK(needs([](bytes s) { nv12_view(s, 4, 4); }, 24));
    CHECK(needs([](bytes s) { nv12_view(s, 3, 3); }, 4 * 3 + 4 * 2));
    CHECK(needs([](bytes s) { nv21_view(s, 3, 3, 7); }, 7 * 3 + 7 + 4));
    CHECK(needs([](bytes s) { i420_view(s, 5, 3, 8); }, 8 * 3 + 4 * 3 + 3));
    CHECK(needs([](bytes s) { yv12_view(s, 1, 1); }, 2 + 1 + 1));
    CHECK(needs([](bytes s) { yuyv_view(s, 5, 2); }, 12 + 12));
    CHECK(needs([](bytes s) { uyvy_view(s, 5, 2, 13); }, 13 + 12));
    CHECK(nv12_view(bytes{}, 0, 10).empty());
}

TEST_CASE("video_view: what cannot be is refused, with the values", "[view]") {
    std::vector<std::uint8_t> memory(100);
    std::span<std::uint8_t> const s(memory);
    CHECK_THAT(message([&] { nv12_view(s, 10, 10); }),
               ContainsSubstring("quoin::nv12_view: 100 elements are too few for 10 x 10 pixels with a stride of 10; "
                                 "give 150"));
    CHECK_THAT(message([&] { nv12_view(s, 7, 2, 7); }),
               ContainsSubstring("rows of 8 elements do not fit a stride of 7 elements"));
    CHECK_THAT(message([&] { yuyv_view(s, 7, 2, 15); }), ContainsSubstring("rows of 16 elements"));
    CHECK_THAT(message([&] { i420_view(s, 4, 4, 5); }), ContainsSubstring("a stride of 5 elements has no half"));
    CHECK_THAT(message([&] { uyvy_view(s, -1, 4); }), ContainsSubstring("a frame of -1 x 4 pixels"));
    CHECK_THAT(message([&] { nv12_view(s, index_t{1} << 40, 4); }), ContainsSubstring("2147483647"));
    image_view<std::uint8_t> const y(memory.data(), 5, 3), pairs(memory.data(), 5, 2), small(memory.data(), 3, 1);
    CHECK_THAT(message([&] { nv12_view(y, pairs); }),
               ContainsSubstring("the plane of pairs has 5 x 2 elements, a frame of 5 x 3 pixels needs 6 x 2"));
    CHECK_THAT(message([&] { i420_view(y, small, small); }), ContainsSubstring("the plane of Cb has 3 x 1 elements"));
}

// SPDX-License-Identifier: BSL-1.0
// What is known of chains before they are evaluated: levels above white, and the images between operations.
#include <quoin/runtime/any_pipeline.hpp>

#include "support/oracle.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

constexpr any_pipeline::result bytes{{channel_type::u8, 3}, {100, 80}};

std::string excess(char const* chain, std::vector<any_pipeline::result> const& in = {bytes, bytes}) {
    auto const found = any_pipeline(chain).above_white(in);
    if (!found) return "";
    return found->operation + " " + std::to_string(static_cast<int>(found->value)) + " > " +
           std::to_string(found->white);
}

index_t between(char const* chain, std::vector<any_pipeline::result> const& in = {bytes, bytes}) {
    return any_pipeline(chain).bytes_between(in);
}

} // namespace

TEST_CASE("any_pipeline: levels above white", "[runtime]") {
    CHECK(excess("threshold=255") == "");
    CHECK(excess("threshold=-1e9") == "");
    CHECK(excess("gray,threshold=300") == "threshold=300 300 > 255");
    CHECK(excess("box=3, threshold = 256 ,box=3") == "threshold = 256 256 > 255");
    CHECK(excess("in_range=300:400") == "in_range=300:400 300 > 255");
    CHECK(excess("in_range=200:400") == "");
    CHECK(excess("in_range=0:9:300:400") == "in_range=0:9:300:400 300 > 255");
    CHECK(excess("in_range=0:9:0:9:0:9:256:257") == "in_range=0:9:0:9:0:9:256:257 256 > 255");
    CHECK(excess("in_range=0:9:255:400") == "");
    CHECK(excess("in_range=0:9") == ""); // what is left out is no bound
    CHECK(excess("brightness=300") == "");
    // Of the pixels that come there.
    CHECK(excess("convert_to=u16,threshold=300") == "");
    CHECK(excess("convert_to=u16,threshold=65536") == "threshold=65536 65536 > 65535");
    CHECK(excess("gray,sobel_x,threshold=300") == "");
    CHECK(excess("gray,sobel_magnitude,threshold=300") == "threshold=300 300 > 255");
    CHECK(excess("convert_to=f32,threshold=300") == "");
    CHECK(excess("threshold=300", {{{channel_type::f32, 1}, {5, 5}}}) == "");
    // Of other images, too.
    CHECK(excess("select_by_mask(#2)(#1,gray,threshold=256)") == "threshold=256 256 > 255");
    CHECK(excess("absdiff(absdiff(#1,threshold=999))") == "threshold=999 999 > 255");
    CHECK(excess("absdiff(convert_to=u16,threshold=999,convert_to=u8)") == "");
    CHECK(excess("convert_to=u16,absdiff(#2,threshold=300)", {bytes, {{channel_type::u16, 3}, {100, 80}}}) == "");
    CHECK(any_pipeline().above_white({bytes}) == std::nullopt);
    CHECK_THROWS_AS(excess("threshold=300,crop=0:0:101:1"), invalid_argument);
    CHECK_THROWS_AS(excess("threshold=300,absdiff", {bytes}), invalid_argument);
}

TEST_CASE("any_pipeline: the images between operations", "[runtime]") {
    constexpr index_t color = 80 * 320, gray = 80 * 128; // rows are aligned
    CHECK(any_image::bytes_of({channel_type::u8, 3}, {100, 80}) == color);
    CHECK(any_image::bytes_of({channel_type::f32, 4}, {5, 3}) == 3 * 128);
    CHECK(any_image::bytes_of({channel_type::u8, 1}, {0, 80}) == 0);
    CHECK(between("") == 0);
    CHECK(between("rotate=10,gaussian3") == 0);
    CHECK(between("crop=1:1:50:50,rotate=10") == 0); // a part of the input is read in its place
    CHECK(between("gaussian3,rotate=10") == color);
    CHECK(between("gamma=0.5,rotate=10") == color); // a table is no view either
    CHECK(between("gray,rotate=10") == gray);
    CHECK(between("convert_to=f32,rotate=10") == 80 * 1216);
    CHECK(between("gaussian3,crop=0:0:50:40,rotate=10") == 40 * 192);
    CHECK(between("gray,rotate=10,gaussian3,rotate=20") == 2 * gray); // the first is read while the second is written
    CHECK(between("equalize,rotate=10") == color);
    CHECK(between("absdiff,rotate=10") == color);
    CHECK(between("absdiff(gaussian3,rotate=0)") == color);
    CHECK(between("gaussian3,rotate=0,absdiff(#1,gaussian3,rotate=0)") == 2 * color);
    CHECK(between("absdiff(absdiff(#1,gaussian3,rotate=0))") == color);
    CHECK_THROWS_AS(between("absdiff", {bytes}), invalid_argument);
    CHECK_THROWS_AS(between("crop=0:0:101:1"), invalid_argument);
}

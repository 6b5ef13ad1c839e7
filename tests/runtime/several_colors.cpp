// SPDX-License-Identifier: BSL-1.0
// Chains that are chosen at run time, with operations that combine several images of colors.
#include "support/chains.hpp"

#include <quoin/catalogue.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::chain_differs;

TEST_CASE("any_pipeline: several color images, the bytes of the compiled pipeline", "[runtime]") {
    CHECK(chain_differs<rgb8>("gray,absdiff(gray),gaussian3,threshold=20", [](auto a, auto b) {
              return zip(a | gray, b | gray) | absdiff | gaussian3 | threshold(20);
          }) == "");
    CHECK(chain_differs<rgb8>("gaussian3,blend=0.3(flip_x,box=5),add(#1)", [](auto a, auto b) {
              return zip(zip(a | gaussian3, b | flip_x | box(5)) | blend(0.3), a) | add;
          }) == "");
    CHECK(chain_differs<rgba<std::uint16_t>>("over,over_premultiplied(#1,premultiply)", [](auto a, auto b) {
              return zip(zip(a, b) | over, a | premultiply) | over_premultiplied;
          }) == "");
}

TEST_CASE("any_pipeline: a gray mask chooses between colors", "[runtime]") {
    CHECK(chain_differs<rgb8>("select_by_mask(#2)(#1,gray,threshold=99)", [](auto a, auto b) {
              return zip(a, b, a | gray | threshold(99)) | select_by_mask;
          }) == "");
}

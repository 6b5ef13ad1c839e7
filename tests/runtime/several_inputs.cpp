// SPDX-License-Identifier: BSL-1.0
// Chains that are chosen at run time, with operations that combine several images.
#include "support/chains.hpp"

#include <quoin/catalogue.hpp>
#include <quoin/measure/histogram.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::chain_differs;

TEST_CASE("any_pipeline: several images, the bytes of the compiled pipeline", "[runtime]") {
    CHECK(chain_differs<float>("gaussian=1,subtract(#1,gaussian=2),multiply=0.5(#2),sobel_x", [](auto a, auto b) {
              return zip(zip(a | gaussian(1), a | gaussian(2)) | subtract, b) | multiply(0.5f) | sobel_x;
          }) == "");
    CHECK(chain_differs<std::uint8_t>("select_by_mask(#2,sharpen)(#1,gaussian3,threshold=99)", [](auto a, auto b) {
              return zip(a, b | sharpen, a | gaussian3 | threshold(99)) | select_by_mask;
          }) == "");
    CHECK(chain_differs<std::uint8_t>("subtract(darker(#1),lighter(#1,gaussian3))", [](auto a, auto b) {
              auto const inner = zip(zip(b, a) | darker, a | gaussian3) | lighter;
              return zip(a, inner) | subtract;
          }) == "");
}

TEST_CASE("any_pipeline: borders of the images that are combined", "[runtime]") {
    CHECK(chain_differs<std::uint8_t>(
              "extend=wrap,gaussian3,absdiff(extend=constant:9,gaussian3),gaussian3", [](auto a, auto b) {
                  return zip(a | extend(wrap) | gaussian3, b | extend(constant(9)) | gaussian3) | absdiff |
                         extend(wrap) | gaussian3;
              }) == "");
}

TEST_CASE("any_pipeline: operations that are made of counts before and behind several images", "[runtime][equalize]") {
    serial const policy;
    CHECK(chain_differs<std::uint8_t>("equalize,absdiff(box=3),stretch=5:95", [&](auto a, auto b) {
              auto const even = a | equalize(histogram(policy, a));
              auto const far = zip(even, b | box(3)) | absdiff;
              return far | stretch(histogram(policy, far), 5, 95);
          }) == "");
}

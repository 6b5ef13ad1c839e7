// SPDX-License-Identifier: BSL-1.0
// Chains with whole stages: the bytes of the compiled pipelines, what they read and what memory they need.
#include "support/chains.hpp"

#include <quoin/feature.hpp>
#include <quoin/filter.hpp>
#include <quoin/geometry.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("whole stages in chains: the bytes of the compiled pipeline", "[runtime][whole]") {
    using test::chain_differs;
    CHECK(chain_differs<rgb8>("area_open=4:8,area_close=9,gaussian3", [](auto a, auto) {
              return a | area_open(4, connectivity::eight) | area_close(9) | gaussian3;
          }) == "");
    CHECK(
        chain_differs<std::uint8_t>("gaussian3,flip_y,area_open=20,crop=10:2:100:15,translate=3.5:1", [](auto a, auto) {
            return a | gaussian3 | flip_y | area_open(20) | crop(10, 2, 100, 15) | translate(3.5, 1);
        }) == "");
    CHECK(chain_differs<rgb8>("flip_y,crop=10:2:100:15,h_maxima=30,local_maxima", [](auto a, auto) {
              return a | flip_y | crop(10, 2, 100, 15) | h_maxima(30) | local_maxima();
          }) == "");
    CHECK(chain_differs<std::uint8_t>("area_close=5,absdiff(gaussian3,fill_gray_holes=8,box=3)", [](auto a, auto b) {
              return zip(a | area_close(5), b | gaussian3 | fill_gray_holes(connectivity::eight) | box(3)) | absdiff;
          }) == "");
    CHECK(chain_differs<std::uint8_t>("gaussian3,canny=40:90,box=3,flip_x", [](auto a, auto) {
              return a | gaussian3 | canny(40, 90) | box(3) | flip_x;
          }) == "");
    CHECK(chain_differs<rgb8>("gray,canny=2000:9000:5:l2",
                              [](auto a, auto) { return a | gray | canny(2000, 9000, 5, gradient_norm::l2); }) == "");
    CHECK(chain_differs<std::uint8_t>("gaussian3,open_by_reconstruction=disc:3,close_by_reconstruction=4x3",
                                      [](auto a, auto) {
                                          using element = structuring_element;
                                          return a | gaussian3 | open_by_reconstruction(element::disc(3)) |
                                                 close_by_reconstruction(element::rectangle(4, 3));
                                      }) == "");
}

TEST_CASE("whole stages in chains: counts of their result", "[runtime][whole]") {
    auto const in = test::random_pixels<std::uint8_t>(test::two_images, 3);
    image_view<std::uint8_t const> const view(in.data.data(), in.size.width, in.size.height);
    any_image const opened = to_image(serial{}, any_pipeline("area_open=9"), view);
    any_image const expected = to_image(serial{}, any_pipeline("equalize,gaussian3"), opened.view());
    CHECK(test::chain_differs<std::uint8_t>("area_open=9,equalize,gaussian3", {view},
                                            expected.view().as<std::uint8_t>()) == "");
}

TEST_CASE("whole stages in chains: they read all, and make images", "[runtime][whole]") {
    std::vector<any_pipeline::result> const in{{{channel_type::u8, 3}, {128, 50}}};
    any_pipeline const chain("gaussian3,area_open=64,threshold=150");
    rect const all = chain.needed({5, 5, 1, 1}, in, 1);
    CHECK((all.x == 0 && all.y == 0 && all.width == 128 && all.height == 50));
    index_t const pixels = 3 * 128 * 50;
    CHECK(any_pipeline("area_open=64").bytes_between(in) == pixels);
    CHECK(chain.bytes_between(in) == 2 * pixels);
    CHECK(any_pipeline("area_open=64,area_close=64").bytes_between(in) == 2 * pixels);
}

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

TEST_CASE("reconstruct in chains: the marker is another image or is made of any", "[runtime][whole][reconstruct]") {
    auto const mask = test::random_pixels<std::uint8_t>(test::two_images, 3);
    auto const other = test::random_pixels<std::uint8_t>(test::two_images, 4);
    auto const view = [](auto const& p) {
        return image_view<std::uint8_t const>(p.data.data(), p.size.width, p.size.height);
    };
    image_view<std::uint8_t const> const in = view(mask), second = view(other);
    auto const same = [](char const* chain, std::vector<any_view> const& inputs, image<std::uint8_t> const& expected) {
        CHECK(test::chain_differs<std::uint8_t>(chain, inputs, expected.view()) == "");
    };
    serial const policy;
    auto const of = [](image<std::uint8_t> const& p) { return p.view(); };
    same("reconstruct", {in, second}, reconstruct(policy, second, in));
    same("reconstruct_by_erosion=4", {in, second}, reconstruct_by_erosion(policy, second, in, connectivity::four));
    same("reconstruct(#1,erode=7x3)", {in},
         to_image(policy, in | open_by_reconstruction(structuring_element::rectangle(7, 3))));
    same("reconstruct_by_erosion(#1,dilate=7x3)", {in},
         to_image(policy, in | close_by_reconstruction(structuring_element::rectangle(7, 3))));
    // Behind other operations the mask is their result, and the marker is made of the inputs.
    image<std::uint8_t> const smooth = to_image(policy, in | gaussian3), low = to_image(policy, in | erode(5, 5));
    image<std::uint8_t> const spread = reconstruct(policy, of(low), of(smooth));
    same("gaussian3,reconstruct(#1,erode=5)", {in}, spread);
    same("gaussian3,reconstruct(#1,erode=5),box=3", {in}, to_image(policy, spread.view() | box(3)));
    // In the chain of another image, and of and behind a whole stage.
    image<std::uint8_t> const peaks = to_image(policy, in | h_maxima(20));
    image<std::uint8_t> const others = to_image(policy, second | h_maxima(20));
    image<std::uint8_t> const soft = to_image(policy, others.view() | box(3));
    same("gaussian3,reconstruct(#1,erode=5),absdiff(#2,h_maxima=20)", {in, second},
         to_image(policy, zip(spread.view(), others.view()) | absdiff));
    same("absdiff(#2,gaussian3,reconstruct(#2,erode=5))", {second, in},
         to_image(policy, zip(second, spread.view()) | absdiff));
    same("h_maxima=20,reconstruct", {in, second}, reconstruct(policy, second, of(peaks)));
    same("reconstruct(h_maxima=20,box=3)", {in, second}, reconstruct(policy, of(soft), in));
}

TEST_CASE("reconstruct in chains: channels that lie in any way", "[runtime][whole][reconstruct]") {
    test::guarded<rgb8> const a(test::random_pixels<rgb8>(test::two_images, 3));
    test::guarded<rgb8> const b(test::random_pixels<rgb8>(test::two_images, 5));
    planar_image<rgb8> planes(test::two_images);
    image<rgb8> expected(test::two_images);
    for (index_t y = 0; y < planes.height(); ++y)
        for (index_t x = 0; x < planes.width(); ++x) planes.view().store(x, y, b.view().load(x, y));
    for (int c = 0; c < 3; ++c) {
        image<std::uint8_t> mask(test::two_images), marker(test::two_images);
        for (index_t y = 0; y < mask.height(); ++y)
            for (index_t x = 0; x < mask.width(); ++x) {
                rgb8 const from = a.view().load(x, y);
                mask(x, y) = (&from.r)[c];
                marker(x, y) = planes.view().row(c, y)[x];
            }
        auto const one = reconstruct(serial{}, std::as_const(marker).view(), std::as_const(mask).view());
        for (index_t y = 0; y < mask.height(); ++y)
            for (index_t x = 0; x < mask.width(); ++x) (&expected(x, y).r)[c] = one(x, y);
    }
    auto const same = std::as_const(expected).view();
    CHECK(test::chain_differs<rgb8>("reconstruct", {a.view(), b.view()}, same) == "");
    CHECK(test::chain_differs<rgb8>("reconstruct", {a.view(), std::as_const(planes).view()}, same) == "");
}

TEST_CASE("reconstruct in chains: what it refuses, reads and makes", "[runtime][whole][reconstruct]") {
    any_pipeline::result const gray{{channel_type::u8, 1}, {128, 50}}, rgb{{channel_type::u8, 3}, {128, 50}};
    CHECK(any_pipeline("reconstruct").text() == "reconstruct(#2)");
    CHECK(any_pipeline("reconstruct=4(#1,erode=3)").inputs() == 1);
    CHECK(test::chain_message("reconstruct", {gray}).find("input 2 is read, and 1 is given") != std::string::npos);
    CHECK(test::chain_message("reconstruct", {gray, rgb}).find("pixels with 3 channels beside pixels with 1") !=
          std::string::npos);
    CHECK(test::chain_message("reconstruct", {gray, {gray.format, {50, 128}}}).find("all must have one extent") !=
          std::string::npos);
    CHECK(test::chain_message("reconstruct", {gray, {{channel_type::f32, 1}, {128, 50}}}).find("write convert_to") !=
          std::string::npos);
    any_pipeline const chain("gaussian3,reconstruct(#1,erode=15),box=3");
    rect const all = chain.needed({5, 5, 1, 1}, {rgb}, 1);
    CHECK((all.x == 0 && all.y == 0 && all.width == 128 && all.height == 50));
    any_pipeline const two("reconstruct(#2,box=3)");
    CHECK(two.needed({5, 5, 1, 1}, {rgb, rgb}, 1).area() == 128 * 50);
    CHECK(two.needed({5, 5, 1, 1}, {rgb, rgb}, 2).area() == 128 * 50);
    index_t const pixels = 3 * 128 * 50;
    CHECK(any_pipeline("reconstruct").bytes_between({rgb, rgb}) == pixels);
    CHECK(chain.bytes_between({rgb}) == 3 * pixels);
}

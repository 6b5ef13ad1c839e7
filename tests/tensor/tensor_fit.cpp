// SPDX-License-Identifier: BSL-1.0
#include <quoin/tensor/tensor_fit.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/tensor/to_tensor.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// Where images of these sizes lie in a tensor.
placement place_of(extent image, tensor_spec const& spec) {
    std::vector<rgb8> const pixels(static_cast<std::size_t>(image.area()));
    image_view<rgb8 const> const view(&pixels.data()->r, image.width, image.height);
    std::vector<bfloat16> values(static_cast<std::size_t>(3 * spec.size.area()));
    return to_tensor(serial{}, std::vector{view}, spec, std::span(values))[0];
}

placement resized_to(extent to, extent image, double left, double top) {
    auto const ratio = [](index_t a, index_t b) { return static_cast<double>(a) / static_cast<double>(b); };
    return {ratio(to.width, image.width), ratio(to.height, image.height), left, top};
}

} // namespace

TEST_CASE("tensor_fit: stretch", "[tensor]") {
    CHECK(place_of({30, 20}, {.size = {7, 9}}) == placement{7.0 / 30, 9.0 / 20, 0, 0});
}

// The numbers are those of Python: r = min(W / w, H / h), round(w * r), round(d / 2 - 0.1).
TEST_CASE("tensor_fit: letterbox", "[tensor]") {
    struct known {
        extent image, size, to;
        double left, top;
    };
    for (known const& k :
         {known{{1280, 720}, {640, 640}, {640, 360}, 0, 140}, known{{810, 1080}, {640, 640}, {480, 640}, 80, 0},
          known{{500, 333}, {640, 640}, {640, 426}, 0, 107}, known{{333, 500}, {640, 480}, {320, 480}, 160, 0},
          known{{10, 5}, {5, 5}, {5, 2}, 0, 1},       // 2.5 to even; 1.5 free rows
          known{{10, 7}, {5, 5}, {5, 4}, 0, 0},       // 3.5 to even
          known{{1, 1000}, {64, 64}, {1, 64}, 31, 0}, // 0.064 is a column all the same
          known{{1, 1}, {6, 3}, {3, 3}, 1, 0}})
        CHECK(place_of(k.image, {.size = k.size, .fit = tensor_fit::letterbox}) ==
              resized_to(k.to, k.image, k.left, k.top));
}

// torchvision's Resize(s), CenterCrop: int(s * long / short), round((w - W) / 2).
TEST_CASE("tensor_fit: crop", "[tensor]") {
    struct known {
        extent image, size;
        index_t side;
        extent to;
        double left, top;
    };
    for (known const& k :
         {known{{640, 427}, {224, 224}, 256, {383, 256}, -80, -16}, // 79.5 to even
          known{{427, 640}, {224, 224}, 256, {256, 383}, -16, -80},
          known{{640, 427}, {224, 224}, 0, {335, 224}, -56, 0}, // 55.5
          known{{10, 10}, {7, 4}, 9, {9, 9}, -1, -2},           // 2.5
          known{{300, 100}, {64, 48}, 0, {144, 48}, -40, 0}, known{{100, 300}, {64, 48}, 0, {64, 192}, 0, -72},
          known{{64, 48}, {64, 48}, 0, {64, 48}, 0, 0}})
        CHECK(place_of(k.image, {.size = k.size, .fit = tensor_fit::crop, .shorter_side = k.side}) ==
              resized_to(k.to, k.image, k.left, k.top));
}

TEST_CASE("tensor_fit: boxes are mapped back", "[tensor]") {
    placement const at = place_of({1280, 720}, {.size = {640, 640}, .fit = tensor_fit::letterbox});
    CHECK(at.image_x(320) == 640);
    CHECK(at.image_y(140) == 0);
    CHECK(at.image_y(500) == 720);
}

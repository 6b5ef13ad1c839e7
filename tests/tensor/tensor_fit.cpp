// SPDX-License-Identifier: BSL-1.0
#include <quoin/tensor/tensor_fit.hpp>

#include "support/tensors.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>

using namespace quoin;

namespace {

/// Where images of these sizes lie in a tensor.
placement place_of(extent image, tensor_spec const& spec) {
    std::vector<rgb8> const pixels(static_cast<std::size_t>(image.area()));
    image_view<rgb8 const> const view(&pixels.data()->r, image.width, image.height);
    std::vector<bfloat16> values(static_cast<std::size_t>(3 * spec.size.area()));
    return test::to_tensor(test::vector_policies().front(), std::vector{view}, spec, std::span(values))[0];
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

// blobFromImage(crop=True): r = max(W / w, H / h), round(w * r), (w - W) // 2.
TEST_CASE("tensor_fit: cover", "[tensor]") {
    struct known {
        extent image, size, to;
        double left, top;
    };
    for (known const& k : {known{{640, 427}, {224, 224}, {336, 224}, -56, 0}, // 335.74
                           known{{640, 426}, {224, 224}, {337, 224}, -56, 0}, // 336.53, 112.5 to each side
                           known{{427, 640}, {224, 224}, {224, 336}, 0, -56}, known{{10, 5}, {5, 3}, {6, 3}, 0, 0},
                           known{{10, 7}, {5, 3}, {5, 4}, 0, 0}, // 3.5 to even
                           known{{1, 1}, {6, 3}, {6, 6}, 0, -1}, known{{64, 48}, {64, 48}, {64, 48}, 0, 0}}) {
        tensor_spec spec{.size = k.size, .fit = tensor_fit::cover};
        CHECK(place_of(k.image, spec) == resized_to(k.to, k.image, k.left, k.top));
        spec.antialias = false; // then both axes have the same scale
        auto const quotient = [](index_t a, index_t b) { return static_cast<float>(a) / static_cast<float>(b); };
        double const r = std::max(quotient(k.size.width, k.image.width), quotient(k.size.height, k.image.height));
        CHECK(place_of(k.image, spec) == placement{r, r, k.left, k.top});
    }
}

// Each value against the formula, in double: the weights and the rounding of resize_linear() leave it within 1.
TEST_CASE("tensor_fit: cover without antialiasing keeps one scale", "[tensor]") {
    for (extent const from : {extent{37, 21}, {21, 38}, {5, 90}, {300, 40}, {1, 2}}) {
        CAPTURE(from.width, from.height);
        std::vector<rgb8> pixels(static_cast<std::size_t>(from.area()));
        for (std::size_t i = 0; i < pixels.size(); ++i) {
            auto const v = static_cast<std::uint8_t>(i * i * 37 + i * 11);
            pixels[i] = {v, static_cast<std::uint8_t>(255 - v), static_cast<std::uint8_t>(v ^ 85)};
        }
        image_view<rgb8 const> const view(&pixels.data()->r, from.width, from.height);
        extent const size{24, 17};
        std::vector<float> values(3 * 24 * 17);
        auto const at = test::to_tensor(test::vector_policies().front(), std::vector{view},
                                        {.size = size, .fit = tensor_fit::cover, .antialias = false, .scale = 1.0f},
                                        std::span(values))[0];
        double worst = 0;
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) {
                double const u = at.image_x(static_cast<double>(x) + 0.5) - 0.5;
                double const v = at.image_y(static_cast<double>(y) + 0.5) - 0.5;
                auto const read = [&](double a, double b) {
                    auto const inside = [](double c, index_t n) {
                        return std::clamp<index_t>(static_cast<index_t>(c), 0, n - 1);
                    };
                    return static_cast<double>(view(inside(a, from.width), inside(b, from.height)).g);
                };
                double const left = std::floor(u), top = std::floor(v), s = u - left, t = v - top;
                double const real = (1 - t) * ((1 - s) * read(left, top) + s * read(left + 1, top)) +
                                    t * ((1 - s) * read(left, top + 1) + s * read(left + 1, top + 1));
                double const found = static_cast<double>(values[static_cast<std::size_t>((24 * 17) + y * 24 + x)]);
                worst = std::max(worst, std::abs(found - real));
            }
        CHECK(worst < 1);
    }
}

TEST_CASE("tensor_fit: boxes are mapped back", "[tensor]") {
    placement const at = place_of({1280, 720}, {.size = {640, 640}, .fit = tensor_fit::letterbox});
    CHECK(at.image_x(320) == 640);
    CHECK(at.image_y(140) == 0);
    CHECK(at.image_y(500) == 720);
}

// SPDX-License-Identifier: BSL-1.0
// to_tensor: the modes of resizing, and policies of devices.
#include <quoin/tensor/to_tensor.hpp>

#include "support/device_policy.hpp"
#include "support/oracle.hpp"
#include "support/tensors.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <random>

using namespace quoin;

TEST_CASE("to_tensor: the modes of resize", "[tensor]") {
    test::plain<rgb8> const in = test::random_pixels<rgb8>({90, 61}, 1);
    test::guarded<rgb8> const memory(in);
    std::vector<image_view<rgb8 const>> const views{std::as_const(memory).view()};
    extent const size{40, 23};
    auto const values = [&](resize_mode mode, bool antialias = true) {
        std::vector<float> out(static_cast<std::size_t>(3 * size.area()));
        tensor_spec const spec{
            .size = size, .mode = mode, .antialias = antialias, .scale = 1.0f, .layout = tensor_layout::nhwc};
        to_tensor(test::scalar_policies().front(), views, spec, std::span(out));
        return out;
    };
    auto const bytes = [&](auto const& stage) {
        test::guarded<rgb8> resized(size);
        run(test::scalar_policies().front(), views[0] | stage, resized.view());
        std::vector<float> all;
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x)
                for (int c = 0; c < 3; ++c) all.push_back(resized.view().row(y)[3 * x + c]);
        return all;
    };
    CHECK(values(resize_mode::pillow_simd) == bytes(resize<resize_mode::pillow_simd>(size)));
    CHECK(values(resize_mode::accurate) == bytes(resize<resize_mode::accurate>(size)));
    CHECK(values(resize_mode::accurate, false) == bytes(resize_linear(size)));
}

// Each image lies in memory of its own, behind which nothing may be read.
TEST_CASE("to_tensor: without antialiasing, images of any width", "[tensor]") {
    auto const& policy = test::scalar_policies().front();
    unsigned const seed = std::random_device{}();
    CAPTURE(seed);
    for (index_t const width : {1, 2, 3, 4, 5, 9, 40, 131, 700})
        for (tensor_spec spec : {tensor_spec{.size = {70, 9}},
                                 {.size = {3, 2}},
                                 {.size = {4, 5}, .shorter_side = 6},
                                 {.size = {33, 30}, .shorter_side = 37},
                                 {.size = {40, 11}, .shorter_side = 200}}) {
            CAPTURE(width, spec.size.width);
            if (spec.shorter_side > 0) spec.fit = tensor_fit::crop;
            spec.antialias = false;
            spec.scale = 1.0f;
            test::guarded<rgb8> const memory(test::random_pixels<rgb8>({width, 23}, seed));
            std::vector<image_view<rgb8 const>> const views{memory.view()};
            auto const count = static_cast<std::size_t>(3 * spec.size.area());
            std::vector<float> scalar(count), vector(count), expected(count);
            placement const at = to_tensor(policy, views, spec, std::span(scalar))[0];
            test::to_tensor(test::vector_policies().front(), views, spec, std::span(vector));
            extent const to{std::llround(at.scale_x * static_cast<double>(width)), std::llround(at.scale_y * 23)};
            test::guarded<rgb8> resized(to);
            run(policy, views[0] | resize_linear(to), resized.view());
            auto value = expected.begin();
            for (int c = 0; c < 3; ++c)
                for (index_t y = 0; y < spec.size.height; ++y)
                    for (index_t x = 0; x < spec.size.width; ++x)
                        *value++ = resized.view().row(
                            y - static_cast<index_t>(at.offset_y))[3 * (x - static_cast<index_t>(at.offset_x)) + c];
            CHECK(scalar == expected);
            CHECK(vector == expected);
        }
}

TEST_CASE("to_tensor: a policy of a device computes on its host", "[tensor]") {
    test::plain<rgb8> const in = test::random_pixels<rgb8>({9, 5}, 1);
    test::guarded<rgb8> const memory(in);
    std::vector<image_view<rgb8 const>> const views{std::as_const(memory).view()};
    int kernels = 0;
    std::vector<float> a(3 * 16), b(3 * 16);
    to_tensor(test::device_policy{&kernels}, views, {.size = {4, 4}}, std::span(a));
    to_tensor(serial{}, views, {.size = {4, 4}}, std::span(b));
    CHECK(a == b);
    CHECK(kernels == 0);
}

// SPDX-License-Identifier: BSL-1.0
// to_tensor: the modes of resizing, and policies of devices.
#include <quoin/tensor/to_tensor.hpp>

#include "support/device_policy.hpp"
#include "support/oracle.hpp"

#include <catch2/catch_test_macros.hpp>

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

// SPDX-License-Identifier: BSL-1.0
#include <quoin/tensor/prepare.hpp>

#include "support/allocations.hpp"
#include "support/oracle.hpp"
#include "support/tensors.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

using namespace quoin;

namespace {

using views = std::vector<image_view<rgb8 const>>;

views views_of(std::vector<test::guarded<rgb8>> const& images) {
    views all;
    for (auto const& image : images) all.push_back(image.view());
    return all;
}
std::vector<test::guarded<rgb8>> images_of(std::vector<extent> const& sizes, unsigned seed) {
    std::vector<test::guarded<rgb8>> all;
    for (extent const size : sizes) all.emplace_back(test::random_pixels<rgb8>(size, seed++));
    return all;
}

/// Two calls with other pixels of the same extents: the second one has the values of to_tensor, and allocates nothing.
void check_steady(test::vector_policy const& policy, tensor_spec const& spec) {
    CAPTURE(policy.name(), static_cast<int>(spec.fit), spec.antialias, static_cast<int>(spec.mode));
    std::vector<extent> const sizes{{131, 67}, {33, 230}, {131, 67}, {64, 48}};
    auto const first = images_of(sizes, 1), second = images_of({sizes[1], sizes[0], sizes[3], sizes[2]}, 9);
    auto const before = views_of(first), now = views_of(second);
    std::size_t const count = sizes.size() * 3 * static_cast<std::size_t>(spec.size.area());
    std::vector<float> expected(count), values(count, -7.0f);
    auto const places = test::to_tensor(policy, now, spec, std::span<float>(expected));

    tensor_maker make = prepare(spec);
    CHECK(test::used_by([&] { test::make_tensor<float>(make, policy, before, std::span(values)); }).count > 0);
    std::span<placement const> found;
    CHECK(test::used_by([&] { found = test::make_tensor<float>(make, policy, now, std::span(values)); }) ==
          test::usage{0, 0});
    CHECK(values == expected);
    CHECK(std::equal(found.begin(), found.end(), places.begin(), places.end()));
}

} // namespace

TEST_CASE("prepare: another call allocates nothing", "[tensor]") {
    for (auto const& policy : test::vector_policies())
        for (auto const fit : {tensor_fit::stretch, tensor_fit::letterbox, tensor_fit::crop, tensor_fit::cover}) {
            tensor_spec spec{.size = {40, 23}, .fit = fit};
            for (auto const mode : {resize_mode::pillow, resize_mode::pillow_simd, resize_mode::accurate}) {
                spec.mode = mode;
                check_steady(policy, spec);
            }
            spec.antialias = false;
            check_steady(policy, spec);
            // More lines than one piece of memory holds.
            if (fit == tensor_fit::stretch) check_steady(policy, {.size = {6000, 9}, .antialias = false});
        }
}

// Tables, values and lines; the longest kernel has 38 lines of the width of the result.
TEST_CASE("prepare: memory beside the images and the tensor", "[tensor]") {
    auto const images = images_of({{3840, 90}}, 1);
    auto const in = views_of(images);
    std::vector<float> values(3 * 640 * 640);
    for (auto const& policy : test::vector_policies())
        for (bool const antialias : {true, false}) {
            CAPTURE(policy.name(), antialias);
            tensor_spec const spec{.size = {640, 640},
                                   .fit = tensor_fit::letterbox,
                                   .kernel = resize_kernel::lanczos3,
                                   .antialias = antialias};
            auto const used = test::used_by([&] {
                tensor_maker make = prepare(spec);
                test::make_tensor<float>(make, policy, in, std::span(values));
            });
            std::size_t const each = (antialias ? 2048 : 512) << 10; // twice what is measured, and less than 4 MiB
            CHECK(used.bytes <= static_cast<std::size_t>(policy.concurrency()) * each);
        }
}

TEST_CASE("prepare: extents and types that change from call to call", "[tensor]") {
    auto const& policy = test::vector_policies().front();
    tensor_spec const spec{.size = {17, 21}, .fit = tensor_fit::letterbox, .deviation = {2, 3, 4}};
    tensor_maker make = prepare(spec);
    tensor_maker copy = make;
    unsigned seed = 1;
    auto const check = [&]<class T>(std::vector<extent> const& sizes, T) {
        auto const images = images_of(sizes, seed++);
        auto const in = views_of(images);
        std::vector<T> expected(sizes.size() * 3 * 17 * 21), values(expected), copied(expected);
        test::to_tensor(policy, in, spec, std::span(expected));
        test::make_tensor<T>(make, policy, in, std::span(values));
        test::make_tensor<T>(copy, policy, in, std::span(copied));
        CHECK(std::equal(values.begin(), values.end(), expected.begin()));
        CHECK(std::equal(copied.begin(), copied.end(), expected.begin()));
        copy = make;
    };
    check({{5, 9}, {30, 20}, {60, 60}, {30, 20}}, 0.0f);
    check({{60, 60}, {1, 1}, {5, 9}, {60, 60}}, half(0)); // forgets one, keeps two
    check({{20, 30}}, 0.0f);                              // the sides the other way round
    check({{60, 60}, {20, 30}, {5, 9}}, bfloat16(0));
    CHECK(make.spec().size == extent{17, 21});
}

TEST_CASE("prepare: a call that was refused changes nothing", "[tensor]") {
    auto const& policy = test::vector_policies().front();
    tensor_maker make = prepare({.size = {4, 4}});
    auto const images = images_of({{9, 5}, {7, 7}}, 1);
    auto in = views_of(images);
    std::vector<float> first(96), again(96), out(96, 3.0f);
    test::make_tensor<float>(make, policy, in, std::span(first));
    auto const refused = [&](views const& what, std::span<float> to, char const* message) {
        CHECK_THROWS_MATCHES(test::make_tensor<float>(make, policy, what, to), invalid_argument,
                             Catch::Matchers::Message(message));
        CHECK(std::count(out.begin(), out.end(), 3.0f) == 96);
    };
    refused({}, out, "quoin::tensor_maker: no images; give at least one");
    refused({in[0], {}}, out, "quoin::tensor_maker: image 1 has 0 x 0 pixels; give images that are not empty");
    refused(in, std::span(out).first(95), "quoin::tensor_maker: an output of 95 values; 2 images need 2 x 3 x 4 x 4");
    refused(in, std::span(out).first(0), "quoin::tensor_maker: an output of 0 values; 2 images need 2 x 3 x 4 x 4");
    CHECK(test::used_by([&] { test::make_tensor<float>(make, policy, in, std::span(again)); }) == test::usage{0, 0});
    CHECK(first == again);
    CHECK_THROWS_MATCHES(
        prepare({.size = {7, 0}}), invalid_argument,
        Catch::Matchers::Message(
            "quoin::prepare: a tensor of 7 x 0 pixels; give a width and a height from 1 to 2147483647"));
}

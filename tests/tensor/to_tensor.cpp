// SPDX-License-Identifier: BSL-1.0
#include <quoin/tensor/to_tensor.hpp>

#include "support/narrow_floats.hpp"
#include "support/oracle.hpp"
#include "support/resampling.hpp"
#include "support/tensors.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <limits>
#include <random>

using namespace quoin;

template <class T>
std::vector<placement> test::to_tensor(vector_policy const& policy, tensor_images images, tensor_spec const& spec,
                                       std::span<T> out) {
    return quoin::to_tensor(policy, images, spec, out);
}
template <class T>
std::span<placement const> test::make_tensor(tensor_maker& maker, vector_policy const& policy, tensor_images images,
                                             std::span<T> out) {
    return maker(policy, images, out);
}
#define COMPILED_FOR(T)                                                                                                \
    template std::vector<placement> test::to_tensor(vector_policy const&, tensor_images, tensor_spec const&,           \
                                                    std::span<T>);                                                     \
    template std::span<placement const> test::make_tensor(tensor_maker&, vector_policy const&, tensor_images,          \
                                                          std::span<T>);
COMPILED_FOR(float)
COMPILED_FOR(half)
COMPILED_FOR(bfloat16)

namespace {

using images = std::vector<image_view<rgb8 const>>;

template <class T>
auto bits_of(T value) {
    if constexpr (std::same_as<T, float>) return std::bit_cast<std::uint32_t>(value);
    else return value.bits();
}

/// A value by its definition. The volatile results are rounded one by one.
template <class T>
auto value_bits(std::uint8_t byte, tensor_spec const& spec, int color) {
    auto const c = static_cast<std::size_t>(color);
    float volatile v = byte;
    bool const mean_first = spec.steps == tensor_steps::mean_first;
    if (mean_first) v = v - spec.mean[c];
    if (spec.scale) v = v * *spec.scale;
    else v = v / 255.0f;
    if (!mean_first) v = v - spec.mean[c];
    v = v / spec.deviation[c];
    if constexpr (std::same_as<T, float>) return std::bit_cast<std::uint32_t>(float{v});
    else return static_cast<std::uint16_t>(test::layout_of<T>.nearest(v));
}

std::uint8_t channel(rgb8 p, int c) {
    return c == 0 ? p.r : c == 1 ? p.g : p.b;
}

/// The bits that a tensor should have: a whole resized image, and from it pixel by pixel what lies at `at`.
template <class T>
void add_expected(std::vector<decltype(bits_of(T()))>& all, test::plain<rgb8> const& in, tensor_spec const& spec,
                  placement const& at) {
    extent const to{std::llround(at.scale_x * static_cast<double>(in.size.width)),
                    std::llround(at.scale_y * static_cast<double>(in.size.height))};
    auto const resized = test::resized<rgb8, resize_mode::pillow>(in, to, static_cast<int>(spec.kernel));
    auto const left = static_cast<index_t>(at.offset_x), top = static_cast<index_t>(at.offset_y);
    std::size_t const first = all.size();
    bool const planar = spec.layout == tensor_layout::nchw;
    all.resize(first + static_cast<std::size_t>(3 * spec.size.area()));
    for (index_t y = 0; y < spec.size.height; ++y)
        for (index_t x = 0; x < spec.size.width; ++x)
            for (int c = 0; c < 3; ++c) {
                int const color = spec.order == channel_order::bgr ? 2 - c : c;
                index_t const u = x - left, v = y - top;
                bool const inside = u >= 0 && v >= 0 && u < to.width && v < to.height;
                auto const byte = inside ? channel(resized(u, v), color) : spec.pad;
                index_t const place =
                    planar ? (c * spec.size.height + y) * spec.size.width + x : (y * spec.size.width + x) * 3 + c;
                all[first + static_cast<std::size_t>(place)] = value_bits<T>(byte, spec, color);
            }
}

/// Images of different sizes: single pixels, rows, columns, and sizes around those of registers.
std::vector<test::plain<rgb8>> some_images(unsigned seed) {
    std::vector<test::plain<rgb8>> all;
    for (extent const size : {extent{1, 1}, {1, 9}, {70, 1}, {131, 67}, {131, 67}, {33, 130}, {150, 150}})
        all.push_back(test::random_pixels<rgb8>(size, seed++));
    return all;
}

/// What is wrong under any policy, in words.
template <class T>
std::string wrong(std::vector<test::plain<rgb8>> const& plains, tensor_spec const& spec) {
    std::vector<test::guarded<rgb8>> memory;
    for (auto const& p : plains) memory.emplace_back(p);
    images views;
    for (auto const& m : memory) views.push_back(m.view());
    std::vector<decltype(bits_of(T()))> expected;
    constexpr std::size_t guard = 5;
    std::size_t const size = plains.size() * static_cast<std::size_t>(3 * spec.size.area());
    std::string found;
    auto const check = [&](auto const& policies) {
        for (auto const& policy : policies) {
            std::vector<T> out(size + 2 * guard, T(-77.0f));
            auto const places = to_tensor(policy, views, spec, std::span(out).subspan(guard, size));
            if (expected.empty())
                for (std::size_t i = 0; i < plains.size(); ++i) add_expected<T>(expected, plains[i], spec, places[i]);
            for (std::size_t i = 0; i < out.size() && found.empty(); ++i) {
                bool const inside = i >= guard && i < guard + size;
                auto const should = inside ? expected[i - guard] : bits_of(T(-77.0f));
                if (bits_of(out[i]) != should)
                    found = policy.name() + ": value " + std::to_string(i) + " less " + std::to_string(guard) + " is " +
                            std::to_string(static_cast<float>(out[i]));
            }
        }
    };
    check(test::scalar_policies());
    check(test::vector_policies());
    return found;
}

constexpr std::array<float, 3> imagenet_mean{0.485f, 0.456f, 0.406f}, imagenet_deviation{0.229f, 0.224f, 0.225f};

tensor_spec normalized(tensor_fit fit, extent size) {
    return {.size = size, .fit = fit, .mean = imagenet_mean, .deviation = imagenet_deviation};
}

} // namespace

TEST_CASE("to_tensor: every byte in the order of float operations", "[tensor]") {
    test::plain<rgb8> all({256, 1});
    for (index_t i = 0; i < 256; ++i) {
        auto const v = static_cast<std::uint8_t>(i);
        all(i, 0) = {v, static_cast<std::uint8_t>(255 - v), static_cast<std::uint8_t>(v * 7)};
    }
    tensor_spec spec = normalized(tensor_fit::stretch, {256, 1});
    CHECK(wrong<float>({all}, spec) == "");
    CHECK(wrong<half>({all}, spec) == "");
    CHECK(wrong<bfloat16>({all}, spec) == "");
    spec.scale = 1 / 255.0f;
    CHECK(wrong<float>({all}, spec) == "");
    spec.steps = tensor_steps::mean_first;
    spec.mean = {123.68f, 116.779f, 103.939f};
    CHECK(wrong<float>({all}, spec) == "");
    CHECK(wrong<bfloat16>({all}, spec) == "");
    spec.scale.reset();
    CHECK(wrong<half>({all}, spec) == "");
    spec.scale = 0.017f;
    spec.steps = tensor_steps::scale_first;
    spec.deviation = {1e-6f, 3e5f, 0.01f}; // half overflows, and has subnormal numbers
    CHECK(wrong<half>({all}, spec) == "");
}

TEST_CASE("to_tensor: images of different sizes, fits, layouts and orders", "[tensor]") {
    unsigned const seed = std::random_device{}();
    CAPTURE(seed);
    auto const in = some_images(seed);
    for (auto const fit : {tensor_fit::stretch, tensor_fit::letterbox, tensor_fit::crop, tensor_fit::cover})
        for (extent const size : {extent{1, 1}, {5, 3}, {67, 70}}) {
            CAPTURE(static_cast<int>(fit), size.width);
            tensor_spec spec = normalized(fit, size);
            CHECK(wrong<float>(in, spec) == "");
            spec.layout = tensor_layout::nhwc;
            CHECK(wrong<half>(in, spec) == "");
            spec.order = channel_order::bgr;
            CHECK(wrong<bfloat16>(in, spec) == "");
            spec.layout = tensor_layout::nchw;
            spec.pad = 3;
            CHECK(wrong<float>(in, spec) == "");
        }
}

TEST_CASE("to_tensor: kernels, and a shorter side", "[tensor]") {
    std::vector const in{test::random_pixels<rgb8>({90, 61}, 1), test::random_pixels<rgb8>({61, 90}, 2)};
    tensor_spec spec = normalized(tensor_fit::crop, {31, 24});
    spec.shorter_side = 36;
    for (int k = 0; k < 6; ++k) {
        spec.kernel = static_cast<resize_kernel>(k);
        CHECK(wrong<float>(in, spec) == "");
    }
}

TEST_CASE("to_tensor: errors, before anything is written", "[tensor]") {
    std::vector<std::uint8_t> bytes(3 * 20, 9);
    image_view<rgb8 const> const view(bytes.data(), 5, 4);
    std::vector<float> out(3 * 4 * 2, 7.0f);
    auto const refused = [&](images const& in, tensor_spec spec, std::string const& message) {
        if (spec.size == tensor_spec{}.size) spec.size = {2, 2};
        CHECK_THROWS_MATCHES(to_tensor(test::scalar_policies().front(), in, spec, std::span(out)), invalid_argument,
                             Catch::Matchers::Message("quoin::to_tensor: " + message));
        CHECK(std::count(out.begin(), out.end(), 7.0f) == 24);
    };
    float const infinity = std::numeric_limits<float>::infinity();
    refused({}, {}, "no images; give at least one");
    refused({view, {}}, {}, "image 1 has 0 x 0 pixels; give images that are not empty");
    refused({view, view}, {.size = {0, 5}}, "a tensor of 0 x 5 pixels; give a width and a height from 1 to 2147483647");
    refused({view, view}, {.deviation = {1, 0, 1}},
            "the standard deviation 0 of channel 1; give a finite number above 0; 1 changes nothing");
    refused({view, view}, {.deviation = {1, 1, -0.5f}},
            "the standard deviation -0.5 of channel 2; give a finite number above 0; 1 changes nothing");
    refused({view, view}, {.mean = {infinity, 0, 0}}, "the mean inf of channel 0; give a finite number");
    refused({view, view}, {.scale = 0.0f}, "a scale of 0; give a number that is finite and not 0");
    refused({view}, {}, "an output of 24 values; 1 images need 1 x 3 x 2 x 2");
    refused({view, view}, {.size = {2147483647, 2147483647}},
            "an output of 24 values; 2 images need 2 x 3 x 2147483647 x 2147483647");
    refused({view, view}, {.fit = tensor_fit::crop, .shorter_side = -1},
            "a shorter side of -1 pixels; give one from 1 to 2147483647, or 0 for the smallest that covers the size");
    refused({view, view}, {.fit = tensor_fit::crop, .shorter_side = 1},
            "image 0 of 5 x 4 pixels becomes 1 x 1, from which 2 x 2 cannot be cut; give a larger shorter side than 1");
    image_view<rgb8 const> const same(reinterpret_cast<std::uint8_t const*>(out.data()), 2, 2);
    refused({view, same}, {}, "the output has bytes of image 1; write into other memory");
}

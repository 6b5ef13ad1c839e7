// SPDX-License-Identifier: BSL-1.0
#include <quoin/tensor/tensor_spec.hpp>

#include "support/tensors.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <limits>

using namespace quoin;

namespace {

/// The three values of one pixel.
std::array<float, 3> values_of(std::array<std::uint8_t, 3> const& pixel, tensor_spec spec) {
    spec.size = {1, 1};
    image_view<rgb8 const> const view(pixel.data(), 1, 1);
    std::array<float, 3> out{};
    test::to_tensor(test::vector_policies().front(), std::span(&view, 1), spec, std::span<float>(out));
    return out;
}

} // namespace

// Numbers that floats hold exactly.
TEST_CASE("tensor_spec: the order of steps", "[tensor]") {
    tensor_spec spec{.scale = 0.25f, .mean = {1, 2, 3}, .deviation = {1, 2, 4}};
    CHECK(values_of({8, 20, 44}, spec) == std::array{1.0f, 1.5f, 2.0f});
    spec.steps = tensor_steps::mean_first;
    CHECK(values_of({9, 18, 51}, spec) == std::array{2.0f, 2.0f, 3.0f});
    spec.order = channel_order::bgr; // the means stay those of red, green and blue
    CHECK(values_of({9, 18, 51}, spec) == std::array{3.0f, 2.0f, 2.0f});
    spec = {.mean = {55, 0, 255}, .steps = tensor_steps::mean_first};
    CHECK(values_of({55, 255, 0}, spec) == std::array{0.0f, 1.0f, -1.0f});
}

TEST_CASE("tensor_spec: what prepare refuses", "[tensor]") {
    auto const refused = [](tensor_spec const& spec, std::string const& message) {
        CHECK_THROWS_MATCHES(prepare(spec), invalid_argument, Catch::Matchers::Message("quoin::prepare: " + message));
    };
    float const infinity = std::numeric_limits<float>::infinity();
    for (auto const& [size, text] : {std::pair{extent{0, 5}, "0 x 5"},
                                     {extent{5, 0}, "5 x 0"},
                                     {extent{-1, 5}, "-1 x 5"},
                                     {extent{5, 2147483648}, "5 x 2147483648"}})
        refused({.size = size},
                std::string("a tensor of ") + text + " pixels; give a width and a height from 1 to 2147483647");
    refused({.shorter_side = 2147483648},
            "a shorter side of 2147483648 pixels; give one from 1 to 2147483647, or 0 for the smallest that covers the "
            "size");
    refused({.scale = 0.0f}, "a scale of 0; give a number that is finite and not 0");
    refused({.scale = infinity}, "a scale of inf; give a number that is finite and not 0");
    refused({.mean = {0, -infinity, 0}}, "the mean -inf of channel 1; give a finite number");
    refused({.deviation = {1, 1, infinity}},
            "the standard deviation inf of channel 2; give a finite number above 0; 1 changes nothing");
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/resize_cubic.hpp>

#include "support/interpolation.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

using namespace quoin;

namespace {

double weight(double d) {
    // Keys in powers of d, a = -3/4
    return d < 1 ? 1.25 * d * d * d - 2.25 * d * d + 1 : d < 2 ? -0.75 * d * d * d + 3.75 * d * d - 6 * d + 3 : 0;
}

auto const stage = [](extent size) { return resize_cubic(size); };

} // namespace

TEST_CASE("resize_cubic: bytes are within 1 of the real values", "[geometry][resize_cubic]") {
    CHECK(test::check_interpolation<std::uint8_t>(stage, weight, 1) == "");
    CHECK(test::check_interpolation<rgb8>(stage, weight, 1) == "");
    CHECK(test::keeps_constants(stage));
}

TEST_CASE("resize_cubic: other channels", "[geometry][resize_cubic]") {
    // Rounded in another order, a real value can lie on the other side of a half.
    CHECK(test::check_interpolation<std::int32_t>(stage, weight, 1) == "");
    CHECK(test::check_interpolation<float>(stage, weight, 1e-4) == "");
}

TEST_CASE("resize_cubic: the same extent copies, and what is infinite stays where it is", "[geometry][resize_cubic]") {
    test::plain<float> in({5, 3});
    for (std::size_t i = 0; i < in.data.size(); ++i) in.data[i] = static_cast<float>(i);
    in(2, 1) = std::numeric_limits<float>::infinity();
    CHECK(test::check_pipeline(in, in, [](auto v) { return v | resize_cubic({5, 3}); }) == "");
}

TEST_CASE("resize_cubic: errors", "[geometry][resize_cubic]") {
    CHECK_THROWS_MATCHES(
        resize_cubic({5, -1}), invalid_argument,
        Catch::Matchers::Message(
            "quoin::resize_cubic: a result of 5 x -1 pixels; give a width and a height from 1 to 2147483647"));
    CHECK_THROWS_MATCHES(
        (image_view<std::uint8_t const>{} | resize_cubic({4, 4})), invalid_argument,
        Catch::Matchers::Message("quoin::resize_cubic: the input has 0 x 0 pixels; give an image that is not empty"));
}

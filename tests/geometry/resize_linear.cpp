// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/resize_linear.hpp>

#include "support/interpolation.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

using namespace quoin;

namespace {

double weight(double d) {
    return d < 1 ? 1 - d : 0;
}

auto const stage = [](extent size) { return resize_linear(size); };

} // namespace

TEST_CASE("resize_linear: bytes are within 1 of the real values", "[geometry][resize_linear]") {
    CHECK(test::check_interpolation<std::uint8_t>(stage, weight, 1) == "");
    CHECK(test::check_interpolation<rgb8>(stage, weight, 1) == "");
    CHECK(test::keeps_constants(stage));
}

TEST_CASE("resize_linear: half of a side is the mean of four bytes, half up", "[geometry][resize_linear]") {
    auto const check = []<class P>(P, extent size) {
        return test::sweep<P>(
            {{2 * size.width, 2 * size.height}}, [=](auto v) { return v | resize_linear(size); },
            [=](auto const& in) {
                test::plain<P> out(size);
                for (index_t y = 0; y < size.height; ++y)
                    for (index_t x = 0; x < size.width; ++x)
                        for_each_channel<P>([&](auto c) {
                            constexpr int i = decltype(c)::value;
                            get_channel<i>(out(x, y)) = static_cast<std::uint8_t>(
                                (get_channel<i>(in(2 * x, 2 * y)) + get_channel<i>(in(2 * x + 1, 2 * y)) +
                                 get_channel<i>(in(2 * x, 2 * y + 1)) + get_channel<i>(in(2 * x + 1, 2 * y + 1)) + 2) /
                                4);
                        });
                return out;
            });
    };
    for (index_t width : {1, 2, 40, 64, 131}) CHECK(check(std::uint8_t{}, {width, 5}) == "");
    CHECK(check(rgb8{}, {75, 4}) == "");
}

TEST_CASE("resize_linear: other channels", "[geometry][resize_linear]") {
    // Rounded in another order, a real value can lie on the other side of a half.
    CHECK(test::check_interpolation<std::int32_t>(stage, weight, 1) == "");
    CHECK(test::check_interpolation<float>(stage, weight, 1e-4) == "");
}

TEST_CASE("resize_linear: the same extent copies, and what is infinite stays where it is",
          "[geometry][resize_linear]") {
    test::plain<float> in({5, 3});
    for (std::size_t i = 0; i < in.data.size(); ++i) in.data[i] = static_cast<float>(i);
    in(2, 1) = std::numeric_limits<float>::infinity();
    CHECK(test::check_pipeline(in, in, [](auto v) { return v | resize_linear({5, 3}); }) == "");
}

TEST_CASE("resize_linear: errors", "[geometry][resize_linear]") {
    CHECK_THROWS_MATCHES(
        resize_linear({5, -1}), invalid_argument,
        Catch::Matchers::Message(
            "quoin::resize_linear: a result of 5 x -1 pixels; give a width and a height from 1 to 2147483647"));
    CHECK_THROWS_MATCHES(
        (image_view<std::uint8_t const>{} | resize_linear({4, 4})), invalid_argument,
        Catch::Matchers::Message("quoin::resize_linear: the input has 0 x 0 pixels; give an image that is not empty"));
}

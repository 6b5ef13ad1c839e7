// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/pyramid_down.hpp>

#include "support/oracle.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

using namespace quoin;

namespace {

/// The smoothed image, of which every other pixel is kept.
template <class P>
test::plain<P> reduced(test::plain<P> const& in) {
    using T = channel_t<P>;
    using number = std::conditional_t<std::floating_point<T>, double, std::int64_t>;
    constexpr int w[] = {1, 4, 6, 4, 1};
    auto const smooth = test::local<T>(in, reflect_101, [&](auto const& at) {
        number sum = 0;
        for (int j = 0; j < 5; ++j)
            for (int i = 0; i < 5; ++i) sum += static_cast<number>(at(i - 2, j - 2)) * (w[i] * w[j]);
        if constexpr (std::floating_point<T>) return static_cast<T>(sum / 256);
        else return static_cast<T>(test::floor_div(sum + 128, 256));
    });
    test::plain<P> out({(in.size.width + 1) / 2, (in.size.height + 1) / 2});
    for (index_t y = 0; y < out.size.height; ++y)
        for (index_t x = 0; x < out.size.width; ++x) out(x, y) = smooth(2 * x, 2 * y);
    return out;
}

template <class P>
std::string check(std::vector<extent> const& sizes, double tolerance = 0) {
    return test::sweep<P>(
        sizes, [](auto v) { return v | pyramid_down; }, [](auto const& in) { return reduced(in); }, tolerance);
}

} // namespace

TEST_CASE("pyramid_down: bytes", "[geometry][pyramid_down]") {
    CHECK(check<std::uint8_t>(test::small_extents()) == "");
    CHECK(check<std::uint8_t>({{64, 7}, {65, 6}, {131, 20}, {300, 9}}) == "");
}

// Rows of RGB pixels are halved as they lie, in parts of 256 results.
TEST_CASE("pyramid_down: colors", "[geometry][pyramid_down]") {
    CHECK(check<rgb8>({{1, 1}, {15, 3}, {16, 6}, {33, 9}, {64, 7}, {131, 4}, {1027, 5}}) == "");
}

TEST_CASE("pyramid_down: other channels", "[geometry][pyramid_down]") {
    std::vector<extent> const sizes{{1, 2}, {2, 1}, {3, 3}, {70, 9}};
    CHECK(check<std::uint16_t>(sizes) == "");
    CHECK(check<std::int32_t>(sizes) == "");
    CHECK(check<rgbf>(sizes, 1e-6) == "");
}

TEST_CASE("pyramid_down: of nothing", "[geometry][pyramid_down]") {
    CHECK_THROWS_MATCHES(
        (image_view<std::uint8_t const>{} | pyramid_down), invalid_argument,
        Catch::Matchers::Message("quoin::pyramid_down: the input has 0 x 0 pixels; give an image that is not empty"));
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/pyramid_up.hpp>

#include "support/oracle.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

using namespace quoin;

namespace {

/// [1 4 6 4 1] at every pixel of an image with zeros between those of the input, which continue beyond its sides.
template <class P>
test::plain<P> enlarged(test::plain<P> const& in) {
    using T = channel_t<P>;
    using number = std::conditional_t<std::floating_point<T>, double, std::int64_t>;
    constexpr int w[] = {1, 4, 6, 4, 1};
    test::plain<P> out({2 * in.size.width, 2 * in.size.height});
    auto const place = [](index_t i, index_t n) {
        return i < 0 ? test::outside(reflect_101, i, n) : test::outside(replicate, i, n);
    };
    for (index_t y = 0; y < out.size.height; ++y)
        for (index_t x = 0; x < out.size.width; ++x)
            for_each_channel<P>([&](auto c) {
                number sum = 0;
                for (index_t j = y - 2; j <= y + 2; ++j)
                    for (index_t i = x - 2; i <= x + 2; ++i) {
                        if (i % 2 != 0 || j % 2 != 0) continue;
                        P const p = in(place(i / 2, in.size.width), place(j / 2, in.size.height));
                        sum += static_cast<number>(get_channel<decltype(c)::value>(p)) * (w[i - x + 2] * w[j - y + 2]);
                    }
                T& to = get_channel<decltype(c)::value>(out(x, y));
                if constexpr (std::floating_point<T>) to = static_cast<T>(sum / 64);
                else to = static_cast<T>(test::floor_div(sum + 32, 64));
            });
    return out;
}

template <class P>
std::string check(std::vector<extent> const& sizes, double tolerance = 0) {
    return test::sweep<P>(
        sizes, [](auto v) { return v | pyramid_up; }, [](auto const& in) { return enlarged(in); }, tolerance);
}

} // namespace

TEST_CASE("pyramid_up: bytes", "[geometry][pyramid_up]") {
    CHECK(check<std::uint8_t>(test::small_extents()) == "");
    CHECK(check<std::uint8_t>({{64, 7}, {65, 6}, {131, 20}, {300, 9}}) == "");
}

TEST_CASE("pyramid_up: other channels", "[geometry][pyramid_up]") {
    std::vector<extent> const sizes{{1, 2}, {2, 1}, {3, 3}, {70, 9}};
    CHECK(check<std::uint16_t>(sizes) == "");
    CHECK(check<std::int32_t>(sizes) == "");
    CHECK(check<rgbf>(sizes, 1e-6) == "");
}

TEST_CASE("pyramid_up: of nothing", "[geometry][pyramid_up]") {
    CHECK_THROWS_MATCHES(
        (image_view<std::uint8_t const>{} | pyramid_up), invalid_argument,
        Catch::Matchers::Message("quoin::pyramid_up: the input has 0 x 0 pixels; give an image that is not empty"));
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/resize_area.hpp>

#include "support/oracle.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

using namespace quoin;

namespace {

/// Each pixel as m x m' equal ones, of which each result has n x n'.
template <class P>
test::plain<P> means(test::plain<P> const& in, extent size) {
    using T = channel_t<P>;
    using number = std::conditional_t<std::floating_point<T>, double, std::int64_t>;
    test::plain<P> out(size);
    index_t const total = in.size.width * in.size.height;
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x)
            for_each_channel<P>([&](auto c) {
                number sum = 0;
                for (index_t v = y * in.size.height; v < (y + 1) * in.size.height; ++v)
                    for (index_t u = x * in.size.width; u < (x + 1) * in.size.width; ++u)
                        sum += get_channel<decltype(c)::value>(in(u / size.width, v / size.height));
                T& to = get_channel<decltype(c)::value>(out(x, y));
                if constexpr (std::floating_point<T>) to = static_cast<T>(sum / static_cast<double>(total));
                else to = static_cast<T>(test::floor_div(2 * sum + total, 2 * total));
            });
    return out;
}

template <class P>
std::string check(std::vector<std::pair<extent, extent>> const& sizes, double tolerance = 0) {
    for (auto const& [from, to] : sizes) {
        std::string const wrong = test::sweep<P>(
            {from}, [to = to](auto v) { return v | resize_area(to); },
            [to = to](auto const& in) { return means(in, to); }, tolerance);
        if (!wrong.empty()) return "to " + std::to_string(to.width) + " x " + std::to_string(to.height) + ": " + wrong;
    }
    return "";
}

std::vector<std::pair<extent, extent>> const few{{{67, 20}, {33, 13}}, {{40, 9}, {77, 21}}};

} // namespace

TEST_CASE("resize_area: bytes", "[geometry][resize_area]") {
    CHECK(check<std::uint8_t>({{{1, 1}, {1, 1}},
                               {{1, 1}, {5, 3}},
                               {{7, 5}, {1, 1}},
                               {{2, 131}, {131, 2}},
                               {{131, 2}, {2, 9}},
                               {{64, 9}, {64, 3}},
                               {{128, 8}, {64, 4}},
                               {{130, 13}, {91, 7}},
                               {{60, 7}, {150, 9}}}) == "");
}

TEST_CASE("resize_area: bytes, small fractions", "[geometry][resize_area]") {
    CHECK(check<std::uint8_t>({{{120, 24}, {50, 10}}, {{324, 12}, {135, 5}}}) == "");
    CHECK(check<std::uint8_t>({{{390, 9}, {130, 3}}, {{161, 6}, {23, 4}}}) == "");
    CHECK(check<rgb8>({{{168, 12}, {70, 5}}, {{140, 4}, {35, 1}}, {{70, 40}, {35, 1}}}) == "");
    CHECK(check<std::uint8_t>({{{126, 5}, {63, 5}}, {{66, 10}, {66, 4}}, {{254, 254}, {2, 2}}}) == "");
}

TEST_CASE("resize_area: bytes, by two", "[geometry][resize_area]") {
    for (index_t width : {1, 31, 32, 33, 63, 64, 65, 97, 128})
        CHECK(check<std::uint8_t>({{{2 * width, 6}, {width, 3}}}) == "");
    CHECK(check<rgb8>({{{138, 8}, {69, 4}}}) == "");
    CHECK(check<rgba8>({{{262, 4}, {131, 2}}}) == "");
}

TEST_CASE("resize_area: bytes with parts of more than 11 bits", "[geometry][resize_area]") {
    CHECK(check<std::uint8_t>({{{4099, 1}, {2053, 1}}, {{1, 4099}, {1, 2053}}}) == "");
}

TEST_CASE("resize_area: means of exactly a half more are rounded up", "[geometry][resize_area]") {
    for (index_t height = 2; height <= 200; height += 2) {
        test::plain<std::uint8_t> in({255, height}), expected({255, 1});
        for (index_t x = 0; x < 255; ++x) {
            for (index_t y = 0; y < height; ++y) in(x, y) = static_cast<std::uint8_t>(x + y % 2);
            expected(x, 0) = static_cast<std::uint8_t>(x + 1);
        }
        test::guarded<std::uint8_t> const source(in);
        test::guarded<std::uint8_t> out({255, 1});
        run(test::vector_policies().front(), source.view() | resize_area({255, 1}), out.view());
        CAPTURE(height);
        CHECK(test::difference<std::uint8_t>(expected, out.view()) == "");
    }
}

TEST_CASE("resize_area: other channels", "[geometry][resize_area]") {
    CHECK(check<std::uint16_t>(few) == "");
    CHECK(check<std::int32_t>(few) == "");
    CHECK(check<rgbf>(few, 1e-6) == "");
}

TEST_CASE("resize_area: errors", "[geometry][resize_area]") {
    CHECK_THROWS_MATCHES(
        resize_area({0, 5}), invalid_argument,
        Catch::Matchers::Message(
            "quoin::resize_area: a result of 0 x 5 pixels; give a width and a height from 1 to 2147483647"));
    CHECK_THROWS_MATCHES(
        (image_view<std::uint8_t const>{} | resize_area({4, 4})), invalid_argument,
        Catch::Matchers::Message("quoin::resize_area: the input has 0 x 0 pixels; give an image that is not empty"));
    std::vector<std::uint8_t> const row(8421505);
    image_view<std::uint8_t const> const wide(row.data(), 8421505, 1);
    CHECK_THROWS_MATCHES(
        (wide | resize_area({2, 1})), invalid_argument,
        Catch::Matchers::Message("quoin::resize_area: 8421505 columns of bytes to 2: the input's width, "
                                 "divided by the greatest common divisor of both, is above 8421504; "
                                 "convert_to<float> before"));
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/box.hpp>

#include "support/oracle.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class P>
std::string check(int side, auto border, std::vector<extent> const& sizes, double tolerance = 0) {
    using T = channel_t<P>;
    int const r = side / 2;
    auto const mean = [=](auto const& at) -> T {
        if constexpr (std::floating_point<T>) {
            double sum = 0;
            for (int j = -r; j <= r; ++j)
                for (int i = -r; i <= r; ++i) sum += static_cast<double>(at(i, j));
            return static_cast<T>(sum / (side * side));
        } else {
            std::int64_t sum = 0;
            for (int j = -r; j <= r; ++j)
                for (int i = -r; i <= r; ++i) sum += static_cast<std::int64_t>(at(i, j));
            return static_cast<T>(test::floor_div(sum + side * side / 2, side * side));
        }
    };
    return test::sweep<P>(
        sizes, [&](auto v) { return v | extend(border) | box(side); },
        [&](auto const& in) { return test::local<T>(in, border, mean); }, tolerance);
}

} // namespace

TEST_CASE("box: u8 equals the formula, at every width and with many sides", "[filter][box]") {
    CHECK(check<std::uint8_t>(3, reflect_101, test::many_extents()) == "");
    for (int side : {1, 5, 15, 31}) {
        CAPTURE(side);
        CHECK(check<std::uint8_t>(side, reflect_101, test::few_extents()) == "");
    }
}

TEST_CASE("box: the largest square over images smaller and larger than it", "[filter][box]") {
    CHECK(check<std::uint8_t>(255, reflect_101, {{1, 1}, {3, 2}, {300, 2}, {130, 9}}) == "");
    test::plain<std::uint8_t> white_image({300, 4});
    for (auto& p : white_image.data) p = 255;
    CHECK(test::check_pipeline(white_image, white_image, [](auto v) { return v | box(255); }) == "");
}

TEST_CASE("box: every border", "[filter][box]") {
    CHECK(check<std::uint8_t>(7, constant(200), test::few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::uint8_t>(7, replicate, test::few_extents()) == "");
    CHECK(check<std::uint8_t>(7, reflect, test::few_extents()) == "");
    CHECK(check<std::uint8_t>(7, wrap, test::few_extents()) == "");
#endif
}

TEST_CASE("box: the other pixel types", "[filter][box]") {
    CHECK(check<float>(5, reflect_101, test::few_extents(), 1e-5) == "");
    CHECK(check<std::int16_t>(5, reflect_101, test::few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::uint16_t>(5, reflect_101, test::few_extents()) == "");
    CHECK(check<std::int32_t>(3, reflect_101, test::few_extents()) == "");
    CHECK(check<rgb8>(5, reflect_101, test::few_extents()) == "");
    CHECK(check<test::yuv<std::uint8_t>>(3, reflect_101, test::few_extents()) == "");
#endif
}

TEST_CASE("box: a side that is even or out of range is refused", "[filter][box]") {
    for (int side : {-3, -1, 0, 2, 256, 257}) {
        CAPTURE(side);
        CHECK_THROWS_AS(box(side), invalid_argument);
    }
    CHECK_NOTHROW(box(1));
    CHECK_NOTHROW(box(255));
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/box.hpp>

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

/// The mean of equal pixels is their value, however large the sums.
template <class P>
std::string check_flat(int side, P value) {
    test::plain<P> image({300, 4});
    for (auto& p : image.data) p = value;
    return test::check_pipeline(image, image, [=](auto v) { return v | extend(reflect_101) | box(side); });
}

/// So many rows and columns that sums run on, inside the image and past its ends.
std::vector<extent> long_extents() {
    if (QUOIN_SANITIZED) return {{3, 30}, {75, 25}};
    return {{1, 60}, {17, 90}, {139, 47}, {260, 5}};
}

} // namespace

TEST_CASE("box: u8 equals the formula, at every width and with many sides", "[filter][box]") {
    CHECK(check<std::uint8_t>(3, reflect_101, test::many_extents()) == "");
    for (int side : {1, 5, 15, 17, 31}) {
        CAPTURE(side);
        CHECK(check<std::uint8_t>(side, reflect_101, test::few_extents()) == "");
    }
}

TEST_CASE("box: running sums", "[filter][box]") {
    for (int side : {3, 9, 11, 15, 17, 41}) {
        CAPTURE(side);
        CHECK(check<std::uint8_t>(side, reflect_101, long_extents()) == "");
        CHECK(check<std::int16_t>(side, reflect_101, long_extents()) == "");
#if !QUOIN_SANITIZED
        CHECK(check<std::uint16_t>(side, reflect_101, long_extents()) == "");
#endif
    }
    CHECK(check<std::uint8_t>(7, constant(200), long_extents()) == "");
    CHECK(check<std::uint8_t>(21, constant(200), long_extents()) == "");
}

TEST_CASE("box: the largest square over images smaller and larger than it", "[filter][box]") {
    CHECK(check<std::uint8_t>(255, reflect_101, {{1, 1}, {3, 2}, {300, 2}, {130, 9}}) == "");
    CHECK(check<std::int16_t>(255, reflect_101, {{3, 2}, {130, 3}}) == "");
    for (int side : {127, 129, 255}) {
        CAPTURE(side);
        CHECK(check_flat<std::uint8_t>(side, 255) == "");
        CHECK(check_flat<std::int16_t>(side, 32767) == "");
        CHECK(check_flat<std::int16_t>(side, -32768) == "");
#if !QUOIN_SANITIZED
        CHECK(check_flat<std::uint16_t>(side, 65535) == "");
        CHECK(check_flat<std::int32_t>(side, 2147483647) == "");
        CHECK(check_flat<std::int32_t>(side, -2147483647 - 1) == "");
        CHECK(check_flat<std::int8_t>(side, -128) == "");
#endif
    }
}

TEST_CASE("box: every border", "[filter][box]") {
    for (int side : {7, 31, 101}) {
        CAPTURE(side);
        CHECK(check<std::uint8_t>(side, constant(200), test::few_extents()) == "");
#if !QUOIN_SANITIZED
        CHECK(check<std::uint8_t>(side, replicate, test::few_extents()) == "");
        CHECK(check<std::uint8_t>(side, reflect, test::few_extents()) == "");
        CHECK(check<std::uint8_t>(side, wrap, test::few_extents()) == "");
    }
    for (int side : {7, 21}) {
        CAPTURE(side);
        CHECK(check<std::uint8_t>(side, replicate, long_extents()) == "");
        CHECK(check<std::uint8_t>(side, reflect, long_extents()) == "");
        CHECK(check<std::uint8_t>(side, wrap, long_extents()) == "");
#endif
    }
}

TEST_CASE("box: the other pixel types", "[filter][box]") {
    CHECK(check<float>(5, reflect_101, test::few_extents(), 1e-5) == "");
    CHECK(check<std::int16_t>(5, reflect_101, test::few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::uint16_t>(5, reflect_101, test::few_extents()) == "");
    CHECK(check<std::int8_t>(5, reflect_101, test::few_extents()) == "");
    for (int side : {3, 21}) {
        CAPTURE(side);
        CHECK(check<std::int32_t>(side, reflect_101, test::few_extents()) == "");
        CHECK(check<rgb8>(side, reflect_101, long_extents()) == "");
    }
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

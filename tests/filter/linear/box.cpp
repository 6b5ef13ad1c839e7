// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/box.hpp>

#include "support/functor.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <vector>

using namespace quoin;
using test::values;

namespace {

auto mean(int width, int height) {
    return [=](auto const& at, test::channel_kind kind) {
        double sum = 0; // of whole numbers exact
        for (int j = 0; j < height; ++j)
            for (int i = 0; i < width; ++i) sum += at(i - width / 2, j - height / 2);
        int const n = width * height;
        if (!kind.integral) return kind.stored(sum / n);
        return static_cast<double>(test::floor_div(static_cast<std::int64_t>(sum) + n / 2, n));
    };
}

template <class T>
std::string wrong(int width, int height, extent inside, double tolerance = 0) {
    return test::wrong_alone<T>(box(width, height), mean(width, height), tolerance,
                                {inside.width + width - 1, inside.height + height - 1});
}

/// The mean of equal pixels is their value, however large the sums.
template <class T>
std::string wrong_flat(int side, double value) {
    values in({300 + side - 1, 4 + side - 1}, 1), expected({300, 4}, 1);
    for (double& v : in.data) v = value;
    for (double& v : expected.data) v = value;
    return test::wrong_alone<T>(box(side), in, expected);
}

} // namespace

TEST_CASE("box: every type of channel equals the formula, with sides that are summed directly and running",
          "[filter][box]") {
    test::channel_types::each([]<class T>() {
        for (extent const of : {extent{1, 1},
                                {3, 3},
                                {5, 5},
                                {9, 9},
                                {11, 11},
                                {15, 15},
                                {17, 17},
                                {31, 31},
                                {41, 41},
                                {2, 2},
                                {4, 4},
                                {1, 6},
                                {6, 1},
                                {8, 5},
                                {13, 14},
                                {14, 3},
                                {16, 30},
                                {32, 1}}) {
            CAPTURE(of.width, of.height, sizeof(T));
            CHECK(wrong<T>(static_cast<int>(of.width), static_cast<int>(of.height), {130, 12}) == "");
        }
    });
    STATIC_CHECK(std::same_as<decltype(image_view<test::yuv<std::uint8_t> const>{} | box(3))::pixel_type,
                              test::yuv<std::uint8_t>>);
}

TEST_CASE("box: f32 with fractions is close to double arithmetic, and the same bits everywhere", "[filter][box]") {
    CHECK(wrong<float>(5, 5, {130, 12}, 1e-5) == "");
    CHECK(wrong<float>(20, 33, {130, 12}, 1e-4) == "");
}

TEST_CASE("box: the largest rectangles", "[filter][box]") {
    CHECK(wrong<std::uint8_t>(255, 255, {130, 9}) == "");
    CHECK(wrong<std::uint8_t>(13, 254, {130, 9}) == "");
    CHECK(wrong<std::uint8_t>(254, 13, {130, 9}) == "");
    CHECK(wrong<std::int16_t>(255, 255, {130, 3}) == "");
    test::channel_types::each([]<class T>() {
        if constexpr (std::integral<T>)
            for (int side : {127, 128, 129, 255}) {
                CAPTURE(side, sizeof(T));
                CHECK(wrong_flat<T>(side, static_cast<double>(highest<T>)) == "");
                CHECK(wrong_flat<T>(side, static_cast<double>(lowest<T>)) == "");
            }
    });
}

TEST_CASE("box: what its columns make of a constant is what stands outside of them", "[filter][box]") {
    test::channel_types::each([]<class T>() {
        double const value = std::floating_point<T> ? 0.3 : 101;
        values in({1, 15}, 1);
        for (double& v : in.data) v = value;
        values const made = test::alone<simd_lanes, test::words::none, T>(detail::box_column<T>{{15, 15}}, in);
        CHECK(made.data.at(0) == static_cast<double>(detail::box_row<T>({15, 15}).outside(static_cast<T>(value))));
    });
}

TEST_CASE("box: in the engine, around which a constant stands, or itself", "[filter][box]") {
    std::vector<extent> sizes = test::few_extents(); // and some with rows and columns along which sums run on
    sizes.insert(sizes.end(), {{17, 90}, {139, 47}, {260, 5}});
    for (extent const of : {extent{7, 7}, {21, 21}, {16, 9}, {8, 40}, {255, 255}}) {
        int const width = static_cast<int>(of.width), height = static_cast<int>(of.height);
        CAPTURE(width, height);
        if (QUOIN_SANITIZED && width > 100) continue;
        CHECK(test::wrong_in_engine<std::uint8_t>(box(width, height), reflect_101, sizes) == "");
        CHECK(test::wrong_in_engine<std::uint8_t>(box(width, height), constant(200), sizes) == "");
    }
}

TEST_CASE("box: a side that is out of range is refused", "[filter][box]") {
    for (int side : {-3, -1, 0, 256, 257}) {
        CAPTURE(side);
        CHECK_THROWS_AS(box(side), invalid_argument);
        CHECK_THROWS_AS(box(3, side), invalid_argument);
        CHECK_THROWS_AS(box(side, 3), invalid_argument);
    }
    CHECK_NOTHROW(box(1));
    CHECK_NOTHROW(box(255, 254));
}

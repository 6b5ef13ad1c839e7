// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/box.hpp>

#include "support/functor.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::values;

namespace {

auto mean(int side) {
    return [side](auto const& at, test::channel_kind kind) {
        int const r = side / 2;
        double sum = 0; // of whole numbers exact
        for (int j = -r; j <= r; ++j)
            for (int i = -r; i <= r; ++i) sum += at(i, j);
        if (!kind.integral) return kind.stored(sum / (side * side));
        return static_cast<double>(test::floor_div(static_cast<std::int64_t>(sum) + side * side / 2, side * side));
    };
}

template <class T>
std::string wrong(int side, extent inside, double tolerance = 0) {
    return test::wrong_alone<T>(box(side), mean(side), tolerance, {inside.width + side - 1, inside.height + side - 1});
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
        for (int side : {1, 3, 5, 9, 11, 15, 17, 21, 31, 41}) {
            CAPTURE(side, sizeof(T));
            CHECK(wrong<T>(side, {130, 12}) == "");
        }
    });
    STATIC_CHECK(std::same_as<decltype(image_view<test::yuv<std::uint8_t> const>{} | box(3))::pixel_type,
                              test::yuv<std::uint8_t>>);
}

TEST_CASE("box: f32 with fractions is close to double arithmetic, and the same bits everywhere", "[filter][box]") {
    CHECK(wrong<float>(5, {130, 12}, 1e-5) == "");
}

TEST_CASE("box: the largest squares", "[filter][box]") {
    CHECK(wrong<std::uint8_t>(255, {130, 9}) == "");
    CHECK(wrong<std::int16_t>(255, {130, 3}) == "");
    test::channel_types::each([]<class T>() {
        if constexpr (std::integral<T>)
            for (int side : {127, 129, 255}) {
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
        values const made = test::alone<simd_lanes, test::words::none, T>(detail::box_column<T>{7}, in);
        CHECK(made.data.at(0) == static_cast<double>(detail::box_row<T>(7).outside(static_cast<T>(value))));
    });
}

TEST_CASE("box: in the engine, around which a constant stands, or itself", "[filter][box]") {
    std::vector<extent> sizes = test::few_extents(); // and some with rows and columns along which sums run on
    sizes.insert(sizes.end(), {{17, 90}, {139, 47}, {260, 5}});
    for (int side : {7, 21, 101, 255}) {
        CAPTURE(side);
        if (QUOIN_SANITIZED && side > 100) continue;
        CHECK(test::wrong_in_engine<std::uint8_t>(box(side), reflect_101, sizes) == "");
        CHECK(test::wrong_in_engine<std::uint8_t>(box(side), constant(200), sizes) == "");
    }
}

TEST_CASE("box: a side that is even or out of range is refused", "[filter][box]") {
    for (int side : {-3, -1, 0, 2, 256, 257}) {
        CAPTURE(side);
        CHECK_THROWS_AS(box(side), invalid_argument);
    }
    CHECK_NOTHROW(box(1));
    CHECK_NOTHROW(box(255));
}

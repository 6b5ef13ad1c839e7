// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/smooth/motion_blur.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>
#include <numbers>

using namespace quoin;

namespace {

/// The weight of a pixel of the contract, pixel by pixel: the part of a step along the nearer axis, times how near the
/// line lies there.
double weight_of(int dx, int dy, double length, double angle) {
    double const c = std::cos(angle * std::numbers::pi / 180), s = -std::sin(angle * std::numbers::pi / 180);
    bool const flat = std::abs(c) >= std::abs(s) - 1e-12;
    double const half = (length - 1) / 2 * (flat ? std::abs(c) : std::abs(s));
    int const along = flat ? dx : dy, beside = flat ? dy : dx;
    double const place = along * (flat ? s / c : c / s);
    double const part = std::abs(along) <= std::floor(half)       ? 1
                        : std::abs(along) == std::floor(half) + 1 ? half - std::floor(half)
                                                                  : 0;
    return part * std::max(0.0, 1 - std::abs(beside - place)) / (2 * half + 1);
}
auto real_blur(double length, double angle) {
    return [=](auto const& at, test::channel_kind) {
        auto const stage = motion_blur(length, angle);
        quoin::footprint const reach = test::reach_of<float>(stage);
        double sum = 0, weights = 0;
        for (int j = -reach.up; j <= reach.down; ++j)
            for (int i = -reach.left; i <= reach.right; ++i) {
                double const w = weight_of(i, j, length, angle);
                if (w > 1e-8) sum += w * at(i, j);
                weights += w;
            }
        return std::abs(weights - 1) < 1e-6 ? sum : std::numeric_limits<double>::quiet_NaN();
    };
}
template <class T>
std::string wrong(double length, double angle, double tolerance) {
    quoin::footprint const reach = test::reach_of<float>(motion_blur(length, angle));
    return test::wrong_alone<T>(motion_blur(length, angle), real_blur(length, angle), tolerance,
                                {67 + 2 * reach.left, 3 + 2 * reach.up});
}

} // namespace

TEST_CASE("motion_blur: the mean along the line, rounded once", "[filter][motion_blur]") {
    for (double length : {1.0, 2.5, 4.0, 9.0, 21.3})
        for (double angle : {0.0, 13.0, 45.0, 60.0, 90.0, 120.0, -30.0, 181.0, 360.0}) {
            CAPTURE(length, angle);
            CHECK(wrong<std::uint8_t>(length, angle, 0.501) == "");
        }
    for (double angle : {0.0, 30.0, 100.0}) {
        CAPTURE(angle);
        CHECK(wrong<std::uint16_t>(15, angle, 0.6) == "");
        CHECK(wrong<float>(15, angle, 1e-3) == "");
        CHECK(wrong<std::int32_t>(5, angle, 8) == ""); // saturated at the ends of the range
    }
    CHECK(wrong<std::uint8_t>(127, 44, 0.501) == "");
    CHECK(wrong<std::uint8_t>(127, 46, 0.501) == "");
}

TEST_CASE("motion_blur: a row, a column and equal pixels", "[filter][motion_blur]") {
    auto const row = [](auto const& at, test::channel_kind) {
        return std::floor((at(-2, 0) + at(-1, 0) + at(0, 0) + at(1, 0) + at(2, 0)) / 5 + 0.5);
    };
    auto const column = [](auto const& at, test::channel_kind) {
        return std::floor((at(0, -1) + at(0, 0) + at(0, 1)) / 3 + 0.5);
    };
    CHECK(test::wrong_alone<std::uint8_t>(motion_blur(5), row) == "");
    CHECK(test::wrong_alone<std::uint8_t>(motion_blur(3, 90), column) == "");
    for (int value : {0, 1, 254, 255})
        for (double angle : {0.0, 33.0, 77.0}) {
            auto const flat = [=](auto const&, test::channel_kind) { return static_cast<double>(value); };
            auto const stage = motion_blur(31.7, angle);
            quoin::footprint const reach = test::reach_of<std::uint8_t>(stage);
            test::values in({70 + 2 * reach.left, 1 + 2 * reach.up}, 1);
            for (double& v : in.data) v = value;
            CHECK(test::wrong_alone<std::uint8_t>(
                      stage, in, test::inner(in, reach, [&](auto const& at) { return flat(at, {}); })) == "");
        }
}

TEST_CASE("motion_blur: in the engine", "[filter][motion_blur]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(motion_blur(9, 30), reflect_101) == "");
}

TEST_CASE("motion_blur: what is out of range is refused", "[filter][motion_blur]") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    for (double bad : {0.0, 0.99, 127.5, -3.0, nan}) CHECK_THROWS_AS(motion_blur(bad), invalid_argument);
    for (double bad : {-361.0, 360.5, nan}) CHECK_THROWS_AS(motion_blur(3, bad), invalid_argument);
}

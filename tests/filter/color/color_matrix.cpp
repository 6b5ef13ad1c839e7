// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/color_matrix.hpp>

#include "support/colors.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;
using test::color;

namespace {

using matrix = double[3][4];

double dot(double const (&m)[4], color const& c) {
    return m[0] * c[0] + m[1] * c[1] + m[2] * c[2] + m[3];
}

/// The contract for bytes, in 64 bits.
double of_bytes(double const (&m)[4], color const& c) {
    double const reach = 255 * (std::abs(m[0]) + std::abs(m[1]) + std::abs(m[2])) + std::abs(m[3]) + 1;
    int s = 22;
    while (std::ldexp(reach, s) >= 1 << 30) --s;
    double sum = 0; // whole numbers below 2^53
    for (std::size_t i = 0; i < 4; ++i) sum += std::floor(std::ldexp(m[i], s) + 0.5) * (i < 3 ? c[i] : 1);
    return std::min(std::max(std::floor(std::ldexp(sum, -s) + 0.5), 0.0), 255.0);
}

template <class P>
std::string wrong(matrix const& m) {
    using T = channel_t<P>;
    auto const kind = test::kind_of_channel<T>();
    auto const in = test::random_values<T>({203, 25}, channels_v<P>, 5, !kind.integral);
    auto const expected = test::colors_of(in, [&](color const& c) {
        color out{};
        for (std::size_t i = 0; i < 3; ++i) {
            if constexpr (std::same_as<T, float>) {
                auto const f = [](double v) { return static_cast<float>(v); };
                out[i] = static_cast<double>(f(m[i][0]) * f(c[0]) + f(m[i][1]) * f(c[1]) + f(m[i][2]) * f(c[2]) +
                                             f(m[i][3]));
            } else {
                out[i] = kind.bytes == 1 && !kind.is_signed ? of_bytes(m[i], c)
                                                            : kind.stored(std::floor(dot(m[i], c) + 0.5));
            }
        }
        return out;
    });
    return test::wrong_alone<P>(color_matrix(m), in, expected);
}

constexpr matrix usual{{0.4124, 0.3576, 0.1805, 0}, {-0.1687, -0.3313, 0.5, 128}, {0.5, -0.4187, -0.0813, 128}};
constexpr matrix large{{1048576, -1048576, 1048576, -268435456}, {300, 0.001, -7.5, 3}, {0, 0, 0, 77.5}};

} // namespace

TEST_CASE("color_matrix: every type of channel equals its contract", "[filter][color_matrix]") {
    for (auto const* m : {&usual, &large}) {
        CHECK(wrong<rgb8>(*m) == "");
        CHECK(wrong<rgba8>(*m) == "");
        CHECK(wrong<rgb16>(*m) == "");
        CHECK(wrong<rgb<std::int16_t>>(*m) == "");
        CHECK(wrong<rgbf>(*m) == "");
    }
}

TEST_CASE("color_matrix: bytes are the rounded real value but close to halves", "[filter][color_matrix]") {
    auto const stage = color_matrix(usual);
    int far = 0, off = 0;
    for (std::uint32_t n = 0; n < 1u << 24; n += 7) {
        color const c{static_cast<double>(n & 255), static_cast<double>((n >> 8) & 255), static_cast<double>(n >> 16)};
        auto const got = stage(
            rgb8{static_cast<std::uint8_t>(n), static_cast<std::uint8_t>(n >> 8), static_cast<std::uint8_t>(n >> 16)});
        double const values[] = {static_cast<double>(got.r), static_cast<double>(got.g), static_cast<double>(got.b)};
        for (int i = 0; i < 3; ++i) {
            double const real = std::min(std::max(dot(usual[i], c), 0.0), 255.0);
            off += std::floor(real + 0.5) != values[i];
            far += std::abs(real - values[i]) > 0.5 + 382.5 / (1 << 20);
        }
    }
    CHECK(far == 0);
    CHECK(off < 300); // of 7.2 million
}

TEST_CASE("color_matrix: the identity, 3 x 3, other orders of channels, NaN", "[filter][color_matrix]") {
    static constexpr double identity[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    static constexpr double red_only[3][3] = {{1, 0, 0}, {1, 0, 0}, {1, 0, 0}};
    STATIC_CHECK(color_matrix(identity)(rgba8{1, 255, 3, 4}) == rgba8{1, 255, 3, 4});
    STATIC_CHECK(color_matrix(red_only)(test::bgr<std::uint8_t>{1, 2, 3}).b == 3);
    float const nan = std::numeric_limits<float>::quiet_NaN();
    auto const p = color_matrix(identity)(rgbaf{nan, 1, 2, 3});
    CHECK(std::isnan(p.r));
    CHECK(std::isnan(p.b));
    CHECK(p.a == 3);
    CHECK(color_matrix(identity)(rgb<std::int32_t>{INT32_MIN, INT32_MAX, -1}) ==
          rgb<std::int32_t>{INT32_MIN, INT32_MAX, -1});
}

TEST_CASE("color_matrix: factors and offsets outside their ranges", "[filter][color_matrix]") {
    CHECK_THROWS_AS(color_matrix({{1, 0, 2e6}, {0, 1, 0}, {0, 0, 1}}), invalid_argument);
    CHECK_THROWS_AS(color_matrix({{1, 0, 0, 3e8}, {0, 1, 0, 0}, {0, 0, 1, 0}}), invalid_argument);
    CHECK_THROWS_AS(color_matrix({{1, 0, 0}, {0, std::numeric_limits<double>::quiet_NaN(), 0}, {0, 0, 1}}),
                    invalid_argument);
}

TEST_CASE("color_matrix: in the engine", "[filter][color_matrix]") {
    CHECK(test::wrong_in_engine<rgb8>(color_matrix(usual), reflect_101) == "");
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/bayer_to_rgb.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>

using namespace quoin;
using test::plain;

namespace {

constexpr bayer_pattern patterns[] = {bayer_pattern::rggb, bayer_pattern::bggr, bayer_pattern::grbg,
                                      bayer_pattern::gbrg};
constexpr char const* letters[] = {"RGGB", "BGGR", "GRBG", "GBRG"};

/// The weights of the published kernels, as eighths, for the center of 5 x 5 pixels.
constexpr double green_at_other[5][5] = {
    {0, 0, -1, 0, 0}, {0, 0, 2, 0, 0}, {-1, 2, 4, 2, -1}, {0, 0, 2, 0, 0}, {0, 0, -1, 0, 0}};
constexpr double of_row_at_green[5][5] = {
    {0, 0, 0.5, 0, 0}, {0, -1, 0, -1, 0}, {-1, 4, 5, 4, -1}, {0, -1, 0, -1, 0}, {0, 0, 0.5, 0, 0}};
constexpr double at_opposite[5][5] = {
    {0, 0, -1.5, 0, 0}, {0, 2, 0, 2, 0}, {-1.5, 0, 6, 0, -1.5}, {0, 2, 0, 2, 0}, {0, 0, -1.5, 0, 0}};

/// The color `wanted` at a place, from a mosaic with these letters and its border, in double: means of the pixels of
/// that color among the eight neighbors, or the published kernels.
template <class At>
double color_at(At const& at, index_t x, index_t y, char const* pattern, char wanted, bayer_method method) {
    auto const letter = [&](index_t i, index_t j) { return pattern[(i & 1) + 2 * (j & 1)]; };
    if (letter(x, y) == wanted) return at(x, y);
    if (method == bayer_method::bilinear) {
        double sum = 0, count = 0;
        for (int j = -1; j <= 1; ++j)
            for (int i = -1; i <= 1; ++i)
                if (letter(x + i, y + j) == wanted) {
                    sum += at(x + i, y + j);
                    ++count;
                }
        return sum / count;
    }
    bool const along = letter(x + 1, y) == wanted;
    double sum = 0;
    for (int j = -2; j <= 2; ++j)
        for (int i = -2; i <= 2; ++i) {
            double const k = wanted == 'G'         ? green_at_other[j + 2][i + 2]
                             : letter(x, y) != 'G' ? at_opposite[j + 2][i + 2]
                             : along               ? of_row_at_green[j + 2][i + 2]
                                                   : of_row_at_green[i + 2][j + 2];
            if (k != 0) sum += k * at(x + i, y + j);
        }
    return sum / 8;
}

template <class T, class Border>
plain<rgb<T>> colors(plain<T> const& in, int pattern, bayer_method method, Border border) {
    plain<rgb<T>> out(in.size);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) {
            auto const at = [&](index_t i, index_t j) {
                return static_cast<double>(
                    in(test::outside(border, i, in.size.width), test::outside(border, j, in.size.height)));
            };
            auto const one = [&](char wanted) {
                double const v = color_at(at, x, y, letters[pattern], wanted, method);
                if constexpr (std::floating_point<T>) return static_cast<T>(v);
                else
                    return static_cast<T>(
                        std::clamp(std::floor(v + 0.5), 0.0, static_cast<double>(std::numeric_limits<T>::max())));
            };
            out(x, y) = {one('R'), one('G'), one('B')};
        }
    return out;
}

/// What is wrong with the stage in the engine.
template <class T>
std::string wrong_pixels(plain<T> const& in, int pattern, bayer_method method, double tolerance = 0) {
    auto const expected = colors(in, pattern, method, reflect_101);
    auto const bayer = patterns[pattern];
    if (method == bayer_method::bilinear)
        return test::check_pipeline(in, expected, [&](auto v) { return v | bayer_to_rgb(bayer); }, tolerance);
    return test::check_pipeline(
        in, expected, [&](auto v) { return v | bayer_to_rgb<bayer_method::malvar>(bayer); }, tolerance);
}
template <class T>
std::string wrong(extent size, int pattern, bayer_method method, double tolerance = 0) {
    return wrong_pixels(test::random_pixels<T>(size, 7u + static_cast<unsigned>(pattern)), pattern, method, tolerance);
}

} // namespace

TEST_CASE("bayer_to_rgb: every pattern, bytes", "[filter][bayer_to_rgb]") {
    for (auto const method : {bayer_method::bilinear, bayer_method::malvar})
        for (int pattern = 0; pattern < 4; ++pattern)
            for (extent const size : {extent{2, 2}, extent{3, 2}, extent{71, 6}, extent{200, 11}}) {
                CAPTURE(pattern, size.width, size.height, static_cast<int>(method));
                CHECK(wrong<std::uint8_t>(size, pattern, method) == "");
            }
}

TEST_CASE("bayer_to_rgb: 16 bits and float", "[filter][bayer_to_rgb]") {
    for (auto const method : {bayer_method::bilinear, bayer_method::malvar}) {
        CAPTURE(static_cast<int>(method));
        CHECK(wrong<std::uint16_t>({149, 9}, 2, method) == "");
        CHECK(wrong<float>({149, 9}, 1, method, 1e-2) == ""); // of values up to 2^12
    }
}

TEST_CASE("bayer_to_rgb: a border that goes on around even sides, and those that do not continue the pattern",
          "[filter][bayer_to_rgb]") {
    auto const in = test::random_pixels<std::uint8_t>({70, 4}, 5);
    auto const expected = colors(in, 3, bayer_method::malvar, wrap);
    image<std::uint8_t> around(70, 4);
    for (index_t y = 0; y < 4; ++y)
        for (index_t x = 0; x < 70; ++x) around(x, y) = in(x, y);
    auto const got =
        to_image(serial{}, around.view() | extend(wrap) | bayer_to_rgb<bayer_method::malvar>(bayer_pattern::gbrg));
    int wrong = 0;
    for (index_t y = 0; y < 4; ++y)
        for (index_t x = 0; x < 70; ++x) wrong += !(got(x, y) == expected(x, y));
    CHECK(wrong == 0);
    image<std::uint8_t> const odd(7, 4), even(8, 4), flat(8, 1), thin(1, 8);
    auto const stage = bayer_to_rgb(bayer_pattern::rggb);
    CHECK_THROWS_AS(odd.view() | extend(wrap) | stage, invalid_argument);
    CHECK_THROWS_AS(even.view() | extend(replicate) | stage, invalid_argument);
    CHECK_THROWS_AS(even.view() | extend(reflect) | stage, invalid_argument);
    CHECK_THROWS_AS(even.view() | extend(constant(3)) | stage, invalid_argument);
    CHECK_NOTHROW(even.view() | extend(wrap) | stage);
    CHECK_THROWS_AS(flat.view() | stage, invalid_argument);
    CHECK_THROWS_AS(thin.view() | stage, invalid_argument);
    CHECK_THROWS_AS(bayer_to_rgb(static_cast<bayer_pattern>(4)), invalid_argument);
}

TEST_CASE("bayer_to_rgb: extreme pixels saturate, and one color everywhere stays", "[filter][bayer_to_rgb]") {
    for (auto const method : {bayer_method::bilinear, bayer_method::malvar})
        for (int pattern = 0; pattern < 4; ++pattern) {
            CAPTURE(pattern, static_cast<int>(method));
            auto const drawn = [](auto const& of) {
                plain<std::uint8_t> in({67, 9});
                for (index_t y = 0; y < 9; ++y)
                    for (index_t x = 0; x < 67; ++x) in(x, y) = static_cast<std::uint8_t>(of(x, y));
                return in;
            };
            auto const checks = drawn([](index_t x, index_t y) { return (x + y) % 2 * 255; });
            auto const slants = drawn([](index_t x, index_t y) { return x % 4 == y % 4 ? 255 : 0; });
            CHECK(wrong_pixels(checks, pattern, method) == "");
            CHECK(wrong_pixels(slants, pattern, method) == "");

            auto const even = drawn([&](index_t x, index_t y) {
                char const c = letters[pattern][(x & 1) + 2 * (y & 1)];
                return c == 'R' ? 200 : c == 'G' ? 61 : 9;
            });
            int wrong = 0;
            for (rgb8 const& c : colors(even, pattern, method, reflect_101).data) wrong += !(c == rgb8{200, 61, 9});
            CHECK(wrong == 0);
            CHECK(wrong_pixels(even, pattern, method) == "");
        }
}

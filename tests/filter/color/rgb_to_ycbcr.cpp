// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/rgb_to_ycbcr.hpp>

#include "support/functor.hpp"
#include "support/ycbcr.hpp"

#include <catch2/catch_message.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::values;

namespace {

constexpr ycbcr_matrix matrices[] = {ycbcr_matrix::bt601, ycbcr_matrix::bt709, ycbcr_matrix::bt2020};
constexpr ycbcr_range ranges[] = {ycbcr_range::full, ycbcr_range::limited};

/// OpenCV's whole numbers.
values opencv_numbers(values const& in, double middle, double most) {
    values out(in.size, 3);
    auto const scaled = [](double sum) {
        return static_cast<double>(test::floor_div(static_cast<std::int64_t>(sum) + 8192, 16384));
    };
    auto const clamped = [=](double v) { return v < 0 ? 0 : v > most ? most : v; };
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) {
            double const r = in.row(y, 0)[x], g = in.row(y, 1)[x], b = in.row(y, 2)[x];
            double const luma = scaled(4899 * r + 9617 * g + 1868 * b);
            out.row(y, 0)[x] = luma;
            out.row(y, 1)[x] = clamped(scaled(11682 * (r - luma)) + middle);
            out.row(y, 2)[x] = clamped(scaled(9241 * (b - luma)) + middle);
        }
    return out;
}

} // namespace

TEST_CASE("rgb_to_ycbcr: all 2^24 colors of bytes are rounded truly", "[filter][ycbcr]") {
    for (auto const matrix : matrices)
        for (auto const range : ranges) {
            CAPTURE(static_cast<int>(matrix), static_cast<int>(range));
            CHECK(test::wrong_of_all_bytes(rgb_to_ycbcr(matrix, range), test::forward_rows(matrix, range, 8),
                                           [](auto r, auto g, auto b) { return rgb<decltype(r)>{r, g, b}; }) == "");
        }
}

TEST_CASE("rgb_to_ycbcr: 16 bits are rounded truly", "[filter][ycbcr]") {
    values const in = test::random_values<std::uint16_t>({301, 40}, 3, 11, false);
    for (auto const matrix : matrices)
        for (auto const range : ranges) {
            CAPTURE(static_cast<int>(matrix), static_cast<int>(range));
            values const expected = test::rounded_rows(in, test::forward_rows(matrix, range, 16), 65535);
            CHECK(test::wrong_alone<rgb16>(rgb_to_ycbcr(matrix, range), in, expected) == "");
        }
}

TEST_CASE("rgb_to_ycbcr: floating point is in the middle of 0 and 1", "[filter][ycbcr]") {
    auto const close = [](float a, double b) { return a > b - 1e-6 && a < b + 1e-6; };
    auto const full = rgb_to_ycbcr()(rgbf{1, 0, 0});
    CHECK((close(full.y, 0.299) && close(full.cb, 0.5 - 0.299 / 1.772) && close(full.cr, 1)));
    auto const limited = rgb_to_ycbcr(ycbcr_matrix::bt709, ycbcr_range::limited)(rgbf{1, 1, 1});
    CHECK((close(limited.y, 235.0 / 255) && close(limited.cb, 0.5) && close(limited.cr, 0.5)));
    // Scalars and lanes to the bit.
    values const in = test::random_values<float>({67, 9}, 3, 5, true);
    values expected(in.size, 3);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) {
            auto const p = rgb_to_ycbcr()(rgbf{static_cast<float>(in.row(y, 0)[x]), static_cast<float>(in.row(y, 1)[x]),
                                               static_cast<float>(in.row(y, 2)[x])});
            expected.row(y, 0)[x] = static_cast<double>(p.y);
            expected.row(y, 1)[x] = static_cast<double>(p.cb);
            expected.row(y, 2)[x] = static_cast<double>(p.cr);
        }
    CHECK(test::wrong_alone<rgbf>(rgb_to_ycbcr(), in, expected) == "");
}

TEST_CASE("rgb_to_ycbcr: OpenCV's numbers", "[filter][ycbcr]") {
    values const bytes = test::random_values<std::uint8_t>({301, 40}, 3, 12, false);
    CHECK(test::wrong_alone<rgb8>(rgb_to_ycbcr(as_opencv), bytes, opencv_numbers(bytes, 128, 255)) == "");
    values const shorts = test::random_values<std::uint16_t>({301, 40}, 3, 13, false);
    CHECK(test::wrong_alone<rgb16>(rgb_to_ycbcr(as_opencv), shorts, opencv_numbers(shorts, 32768, 65535)) == "");
    STATIC_CHECK(rgb_to_ycbcr(as_opencv)(rgb8{255, 0, 0}) == ycrcb<std::uint8_t>{76, 255, 85});
    CHECK(rgb_to_ycbcr(as_opencv)(rgbf{0.5f, 0.5f, 0.5f}).cr == 0.5f);
}

TEST_CASE("rgb_to_ycbcr: OpenCV's numbers for all 2^24 colors of bytes", "[filter][ycbcr]") {
    auto const formula = [](int r, int g, int b) {
        int const y = (4899 * r + 9617 * g + 1868 * b + 8192) >> 14;
        return std::array<int, 3>{y, ((11682 * (r - y) + 8192) >> 14) + 128, ((9241 * (b - y) + 8192) >> 14) + 128};
    };
    CHECK(test::wrong_of_all_bytes_by(rgb_to_ycbcr(as_opencv), formula,
                                      [](auto r, auto g, auto b) { return rgb<decltype(r)>{r, g, b}; }) == "");
}

TEST_CASE("rgb_to_ycbcr: known colors, alpha, and what is refused", "[filter][ycbcr]") {
    STATIC_CHECK(rgb_to_ycbcr()(rgb8{255, 0, 0}) == ycbcr8{76, 85, 255});
    STATIC_CHECK(rgb_to_ycbcr()(rgba8{0, 0, 255, 9}) == ycbcr8{29, 255, 107});
    STATIC_CHECK(rgb_to_ycbcr(ycbcr_matrix::bt709, ycbcr_range::limited)(rgb8{255, 255, 255}) == ycbcr8{235, 128, 128});
    STATIC_CHECK(rgb_to_ycbcr()(rgb16{65535, 65535, 65535}) == ycbcr16{65535, 32768, 32768});
    using stage = decltype(rgb_to_ycbcr());
    STATIC_CHECK(concepts::stage_for<stage, rgb<double>>);
    STATIC_CHECK(!concepts::stage_for<stage, std::uint8_t>);
    STATIC_CHECK(!concepts::stage_for<stage, ycbcr8>);
    STATIC_CHECK(!concepts::stage_for<stage, rgb<std::int16_t>>);
}

TEST_CASE("rgb_to_ycbcr: in the engine", "[filter][ycbcr]") {
    CHECK(test::wrong_in_engine<rgb8>(rgb_to_ycbcr(), reflect_101) == "");
}

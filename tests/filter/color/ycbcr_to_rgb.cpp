// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/ycbcr_to_rgb.hpp>

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

std::int64_t shifted(std::int64_t sum, int bits) {
    return test::floor_div(sum + (std::int64_t{1} << (bits - 1)), std::int64_t{1} << bits);
}
double clamped(std::int64_t v, std::int64_t most) {
    return static_cast<double>(v < 0 ? 0 : v > most ? most : v);
}

/// OpenCV's whole numbers of Y, Cr, Cb.
values opencv_numbers(values const& in, std::int64_t middle, std::int64_t most) {
    values out(in.size, 3);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) {
            auto const luma = static_cast<std::int64_t>(in.row(y, 0)[x]);
            auto const r = static_cast<std::int64_t>(in.row(y, 1)[x]) - middle;
            auto const b = static_cast<std::int64_t>(in.row(y, 2)[x]) - middle;
            out.row(y, 0)[x] = clamped(luma + shifted(22987 * r, 14), most);
            out.row(y, 1)[x] = clamped(luma + shifted(-11698 * r - 5636 * b, 14), most);
            out.row(y, 2)[x] = clamped(luma + shifted(29049 * b, 14), most);
        }
    return out;
}

/// OpenCV's whole numbers of frames, of Y, Cb, Cr.
values opencv_video(values const& in) {
    values out(in.size, 3);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) {
            auto const black = static_cast<std::int64_t>(in.row(y, 0)[x]) - 16;
            std::int64_t const luma = 1220542 * (black < 0 ? 0 : black);
            auto const b = static_cast<std::int64_t>(in.row(y, 1)[x]) - 128;
            auto const r = static_cast<std::int64_t>(in.row(y, 2)[x]) - 128;
            out.row(y, 0)[x] = clamped(shifted(luma + 1673527 * r, 20), 255);
            out.row(y, 1)[x] = clamped(shifted(luma - 852492 * r - 409993 * b, 20), 255);
            out.row(y, 2)[x] = clamped(shifted(luma + 2116026 * b, 20), 255);
        }
    return out;
}

} // namespace

TEST_CASE("ycbcr_to_rgb: all 2^24 pixels of bytes are rounded truly", "[filter][ycbcr]") {
    for (auto const matrix : matrices)
        for (auto const range : ranges) {
            CAPTURE(static_cast<int>(matrix), static_cast<int>(range));
            CHECK(test::wrong_of_all_bytes(ycbcr_to_rgb(matrix, range), test::inverse_rows(matrix, range, 8),
                                           [](auto y, auto cb, auto cr) { return ycbcr<decltype(y)>{y, cb, cr}; }) ==
                  "");
        }
}

TEST_CASE("ycbcr_to_rgb: 16 bits are rounded truly", "[filter][ycbcr]") {
    values const in = test::random_values<std::uint16_t>({301, 40}, 3, 11, false);
    for (auto const matrix : matrices)
        for (auto const range : ranges) {
            CAPTURE(static_cast<int>(matrix), static_cast<int>(range));
            values const expected = test::rounded_rows(in, test::inverse_rows(matrix, range, 16), 65535);
            CHECK(test::wrong_alone<ycbcr16>(ycbcr_to_rgb(matrix, range), in, expected) == "");
        }
}

TEST_CASE("ycbcr_to_rgb: floating point comes back", "[filter][ycbcr]") {
    std::mt19937 random(4);
    std::uniform_real_distribution<float> unit(0, 1);
    for (auto const matrix : matrices)
        for (auto const range : ranges) {
            double worst = 0;
            for (int i = 0; i < 1000; ++i) {
                rgbf const p{unit(random), unit(random), unit(random)};
                rgbf const q = ycbcr_to_rgb(matrix, range)(rgb_to_ycbcr(matrix, range)(p));
                for (float const d : {p.r - q.r, p.g - q.g, p.b - q.b})
                    worst = std::max(worst, static_cast<double>(d < 0 ? -d : d));
            }
            CAPTURE(static_cast<int>(matrix), static_cast<int>(range), worst);
            CHECK(worst < 1e-6);
        }
}

TEST_CASE("ycbcr_to_rgb: OpenCV's numbers", "[filter][ycbcr]") {
    values const bytes = test::random_values<std::uint8_t>({301, 40}, 3, 12, false);
    CHECK(test::wrong_alone<ycrcb<std::uint8_t>>(ycbcr_to_rgb(as_opencv), bytes, opencv_numbers(bytes, 128, 255)) ==
          "");
    values const shorts = test::random_values<std::uint16_t>({301, 40}, 3, 13, false);
    CHECK(test::wrong_alone<ycrcb<std::uint16_t>>(ycbcr_to_rgb(as_opencv), shorts,
                                                  opencv_numbers(shorts, 32768, 65535)) == "");
    CHECK(test::wrong_alone<ycbcr8>(ycbcr_to_rgb(as_opencv_video), bytes, opencv_video(bytes)) == "");
}

TEST_CASE("ycbcr_to_rgb: OpenCV's numbers for all 2^24 pixels of bytes", "[filter][ycbcr]") {
    auto const formula = [](int y, int cr, int cb) {
        int const r = cr - 128, b = cb - 128;
        return std::array<int, 3>{y + ((22987 * r + 8192) >> 14), y + ((-11698 * r - 5636 * b + 8192) >> 14),
                                  y + ((29049 * b + 8192) >> 14)};
    };
    CHECK(test::wrong_of_all_bytes_by(ycbcr_to_rgb(as_opencv), formula,
                                      [](auto y, auto cr, auto cb) { return ycrcb<decltype(y)>{y, cr, cb}; }) == "");
}

TEST_CASE("ycbcr_to_rgb: the order of channels, and what is refused", "[filter][ycbcr]") {
    STATIC_CHECK(ycbcr_to_rgb()(ycbcr8{76, 85, 255}) == rgb8{254, 0, 0});
    STATIC_CHECK(ycbcr_to_rgb()(ycrcb<std::uint8_t>{76, 255, 85}) == rgb8{254, 0, 0});
    STATIC_CHECK(ycbcr_to_rgb()(rgb8{76, 85, 255}) == rgb8{254, 0, 0});
    STATIC_CHECK(ycbcr_to_rgb(as_opencv)(rgb8{76, 255, 85}) == ycbcr_to_rgb(as_opencv)(ycbcr8{76, 85, 255}));
    STATIC_CHECK(ycbcr_to_rgb(ycbcr_matrix::bt2020, ycbcr_range::limited)(ycbcr16{60160, 32768, 32768}) ==
                 rgb16{65535, 65535, 65535});
    STATIC_CHECK(!concepts::stage_for<decltype(ycbcr_to_rgb()), rgba8>);
    STATIC_CHECK(!concepts::stage_for<decltype(ycbcr_to_rgb(as_opencv_video)), ycbcr16>);
}

TEST_CASE("ycbcr_to_rgb: in the engine", "[filter][ycbcr]") {
    CHECK(test::wrong_in_engine<ycbcr8>(ycbcr_to_rgb(ycbcr_matrix::bt709, ycbcr_range::limited), reflect_101) == "");
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/xyz.hpp>

#include "support/spaces.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;
using test::color;
using test::encoding;
using test::errors;
using test::errors_of;

namespace {

encoding const bytes{{128, 128, 128}, {0, 0, 0}};
encoding const words{{32768 / 257.0, 32768 / 257.0, 32768 / 257.0}, {0, 0, 0}};

/// OpenCV 4: sums of factors in 4096ths.
color opencv_xyz(color const& c, double most, int const (&m)[3][3]) {
    color out{};
    for (std::size_t i = 0; i < 3; ++i) {
        double const sum = c[0] * m[i][0] + c[1] * m[i][1] + c[2] * m[i][2];
        out[i] = std::min(std::max(std::floor((sum + 2048) / 4096), 0.0), most);
    }
    return out;
}
constexpr int opencv_there[3][3] = {{1689, 1465, 739}, {871, 2929, 296}, {79, 488, 3892}};
constexpr int opencv_back[3][3] = {{13273, -6296, -2042}, {-3970, 7684, 170}, {228, -836, 4331}};

} // namespace

TEST_CASE("rgb_to_xyz and back: bytes are the rounded real values but close to halves", "[filter][xyz]") {
    errors const e = errors_of(rgb_to_xyz, test::whole_of(test::xyz_of, bytes), 17);
    CHECK(e.share < 1e-4);
    CHECK(e.most < 0.5001);
    errors const back = errors_of(xyz_to_rgb, test::whole_back(test::rgb_of_xyz, bytes), 17);
    CHECK(back.share < 2e-4);
    CHECK(back.most < 0.503);
    CHECK(rgb_to_xyz(rgba8{255, 255, 255, 7}) == rgba8{122, 128, 139, 7});
    CHECK(xyz_to_rgb(rgb8{122, 128, 139}) == rgb8{255, 255, 255});
    CHECK(rgb_to_xyz(test::bgr<std::uint8_t>{0, 255, 0}).g == 92); // Y of green is 0.715
    STATIC_CHECK(!concepts::stage_for<rgb_to_xyz_fn, std::uint8_t>);
    STATIC_CHECK(!concepts::stage_for<xyz_to_rgb_fn, rgb<std::int16_t>>);
}

TEST_CASE("rgb_to_xyz and back: lanes, other types of channels", "[filter][xyz]") {
    CHECK(test::wrong_space(rgb_to_xyz, xyz_to_rgb, test::xyz_of, test::rgb_of_xyz, bytes, words, {0.5001, 0.52, 1e-6},
                            {0.502, 1.5, 5e-6}) == "");
}

TEST_CASE("rgb_to_xyz: white, colors outside of 0..1", "[filter][xyz]") {
    auto const white = rgb_to_xyz(rgbf{1, 1, 1});
    CHECK(std::abs(white.r - 0.950456f) < 1e-6f);
    CHECK(std::abs(white.g - 1) < 1e-6f);
    CHECK(std::abs(white.b - 1.088754f) < 1e-6f);
    float const nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    CHECK(rgb_to_xyz(rgbf{nan, -1, 0}) == rgbf{0, 0, 0});
    CHECK(rgb_to_xyz(rgbf{infinity, 2, 1}) == white);
    CHECK(xyz_to_rgb(rgbf{nan, 1, 1}) == rgbf{0, 0, 0});
    CHECK(xyz_to_rgb(rgbf{9, 9, 9}).g == xyz_to_rgb(white).g);
}

TEST_CASE("rgb_to_xyz_opencv and back: the bytes of OpenCV", "[filter][xyz]") {
    auto const there = [](double most) { return [=](color const& c) { return opencv_xyz(c, most, opencv_there); }; };
    auto const back = [](double most) { return [=](color const& c) { return opencv_xyz(c, most, opencv_back); }; };
    test::values const colors = test::byte_colors(769, 4),
                       deep = test::random_values<std::uint16_t>({203, 25}, 3, 3, false);
    CHECK(test::wrong<rgba8>(rgb_to_xyz_opencv, there(255), colors, 0) == "");
    CHECK(test::wrong<rgba8>(xyz_to_rgb_opencv, back(255), colors, 0) == "");
    CHECK(test::wrong<rgb16>(rgb_to_xyz_opencv, there(65535), deep, 0) == "");
    CHECK(test::wrong<rgb16>(xyz_to_rgb_opencv, back(65535), deep, 0) == "");
    // cv2.cvtColor of float32, COLOR_RGB2XYZ, and of bytes.
    auto const p = rgb_to_xyz_opencv(rgbf{1, 0.5f, 0.25f});
    CHECK(std::abs(p.r - 0.63634875f) < 1e-6f);
    CHECK(std::abs(p.g - 0.58829325f) < 1e-6f);
    CHECK(std::abs(p.b - 0.31648725f) < 1e-6f);
    CHECK(rgb_to_xyz_opencv(rgb8{255, 255, 255}) == rgb8{242, 255, 255});
    auto const q = xyz_to_rgb_opencv(p);
    CHECK(std::abs(q.r - 1) < 1e-5f);
    CHECK(std::abs(q.b - 0.25f) < 1e-5f);
}

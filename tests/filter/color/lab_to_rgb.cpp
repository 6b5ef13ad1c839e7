// SPDX-License-Identifier: BSL-1.0
// lab_to_rgb, of filter/color/lab.hpp: a file of its own, since each conversion takes long to compile.
#include <quoin/filter/color/lab.hpp>

#include "support/lab.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::color;
using test::errors;
using test::errors_of;
using test::rgb_of;
using test::rgb_of_whole;
using test::values;
using test::wrong;

TEST_CASE("lab_to_rgb: bytes are the rounded real values but close to halves", "[filter][lab]") {
    errors const e = errors_of(lab_to_rgb, rgb_of_whole, 67);
    CHECK(e.share < 2e-4);
    CHECK(e.most < 0.502);
    CHECK(lab_to_rgb(rgb8{255, 128, 128}) == rgb8{255, 255, 255});
}

TEST_CASE("lab_to_rgb: lanes, other types of channels", "[filter][lab]") {
    values const bytes = test::byte_colors(4099, 4), deep = test::random_values<std::uint16_t>({203, 25}, 3, 3, false);
    CHECK(wrong<rgba8>(lab_to_rgb, [](color const& c) { return rgb_of_whole(c, 255); }, bytes, 0.502) == "");
    CHECK(wrong<rgb16>(lab_to_rgb, [](color const& c) { return rgb_of_whole(c, 65535); }, deep, 1.5) == "");
    values lab = test::byte_colors(4099);
    for (double& v : lab.data) v = v / 2 - 20;
    CHECK(wrong<rgbf>(lab_to_rgb, rgb_of, lab, 2e-5) == "");
    auto const over = lab_to_rgb(rgbf{150, 0, 0});
    CHECK((over.r <= 1.000001f && over.r > 0.999f));
}

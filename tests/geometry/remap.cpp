// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/remap.hpp>

#include "support/sampling.hpp"

#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <limits>

using namespace quoin;

namespace {

/// Random coordinates around an image of this extent, some of them whole, halves, far away, in the middle between two
/// multiples of 1/2048, or so small that they are rounded to multiples of 2^-32.
test::plain<float> coordinates(index_t side, extent size, unsigned seed) {
    test::plain<float> map(size);
    std::mt19937 random(seed);
    for (float& c : map.data) {
        unsigned const bits = random();
        double const part = static_cast<double>(random()) / 4294967296.0;
        c = static_cast<float>((part * 1.5 - 0.25) * static_cast<double>(side));
        if (bits % 4 == 0) c = std::floor(c);
        if (bits % 8 == 1) c = std::floor(c) + 0.5f;
        if (bits % 32 == 3) c = static_cast<float>(bits / 32 % 8192) / 4096 - 1;
        if (bits % 32 == 11) c = static_cast<float>((part - 0.5) / 1024);
        if (bits % 32 == 19)
            c = static_cast<float>(static_cast<int>(bits / 32 % 8) - 4 + (part - 0.5) * 0x1p-19) / 4096;
        if (bits % 512 == 6) c = bits % 1024 == 6 ? 524287.4f : -777777.2f;
        if (bits % 64 == 2) c = bits % 128 == 2 ? -3e38f : 3e38f;
    }
    return map;
}

template <class P, class Border>
std::string check(Border border) {
    std::string wrong;
    for (extent const in : {extent{1, 1}, extent{2, 2}, extent{70, 33}})
        for (extent const size : {extent{1, 1}, extent{64, 3}, extent{83, 21}}) {
            test::plain<float> const xs = coordinates(in.width, size, 1), ys = coordinates(in.height, size, 2);
            test::guarded<float> const map_x(xs), map_y(ys);
            map_x.close();
            map_y.close();
            if (wrong.empty())
                wrong = test::check_sampling<P>(
                    in, border, size,
                    [&](index_t x, index_t y) {
                        return test::near_place(static_cast<double>(xs(x, y)), static_cast<double>(ys(x, y)));
                    },
                    [&](interpolation how) { return remap(map_x.view(), map_y.view(), how); });
            map_x.open();
            map_y.open();
        }
    return wrong;
}

} // namespace

TEST_CASE("remap: random places", "[geometry][remap]") {
    CHECK(check<std::uint8_t>(constant(9)) == "");
    CHECK(check<rgb8>(constant(9)) == "");
    CHECK(check<std::int16_t>(constant(-9)) == "");
    CHECK(check<float>(constant(-9)) == "");
}

TEST_CASE("remap: maps with other strides, and the identity", "[geometry][remap]") {
    auto const in = test::random_pixels<std::uint8_t>({70, 9}, 3);
    image<float> map_x(70, 9);
    test::guarded<float> map_y(extent{70, 9});
    for (index_t y = 0; y < 9; ++y)
        for (index_t x = 0; x < 70; ++x) {
            map_x(x, y) = static_cast<float>(x);
            map_y.view().store(x, y, static_cast<float>(y));
        }
    for (auto const how : test::interpolations)
        CHECK(test::check_pipeline(in, in, [&](auto v) { return v | remap(map_x.view(), map_y.view(), how); }) == "");
    // Rows of the maps from the bottom up.
    image_view<float const> const upside(map_y.view().row(8), 70, 9, map_y.view().row(0) - map_y.view().row(1));
    test::plain<std::uint8_t> flipped(in.size);
    for (index_t y = 0; y < 9; ++y)
        for (index_t x = 0; x < 70; ++x) flipped(x, y) = in(x, 8 - y);
    CHECK(test::check_pipeline(in, flipped, [&](auto v) { return v | remap(map_x.view(), upside); }) == "");
}

TEST_CASE("remap: errors", "[geometry][remap]") {
    using Catch::Matchers::Message;
    image<float> map_x(4, 3), map_y(4, 3), narrow(3, 3), none;
    CHECK_THROWS_MATCHES(
        remap(map_x.view(), narrow.view()), invalid_argument,
        Message("quoin::remap: the maps have 4 x 3 and 3 x 3 pixels; give two of the same extent, that "
                "of the result"));
    CHECK_THROWS_MATCHES(
        remap(none.view(), none.view()), invalid_argument,
        Message("quoin::remap: a result of 0 x 0 pixels; give a width and a height from 1 to 2147483647"));
    CHECK_THROWS_MATCHES((image_view<std::uint8_t const>{} | remap(map_x.view(), map_y.view())), invalid_argument,
                         Message("quoin::remap: the input has 0 x 0 pixels; give an image that is not empty"));
    map_y(2, 1) = std::numeric_limits<float>::quiet_NaN();
    map_x(2, 1) = 1.5f;
    CHECK_THROWS_MATCHES(remap(map_x.view(), map_y.view()), invalid_argument,
                         Message("quoin::remap: the maps have (1.5, nan) at (2, 1); give finite numbers, for example "
                                 "-1e9 for what lies outside"));
    map_y(2, 1) = 0;
    map_x(3, 2) = std::numeric_limits<float>::infinity();
    CHECK_THROWS_AS(remap(map_x.view(), map_y.view()), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/transpose.hpp>

#include "support/oracle.hpp"
#include "support/user_pixel.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/measure/sum.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class P>
test::plain<P> transposed(test::plain<P> const& in) {
    test::plain<P> out({in.size.height, in.size.width});
    for (index_t y = 0; y < out.size.height; ++y)
        for (index_t x = 0; x < out.size.width; ++x) out(x, y) = in(y, x);
    return out;
}

template <class P>
std::string check(std::vector<extent> const& sizes) {
    return test::sweep<P>(sizes, [](auto v) { return v | transpose; }, transposed<P>);
}

/// Around the squares of 64, and the blocks of lanes in them.
std::vector<extent> const extents = {{1, 1},   {1, 200},  {200, 1},   {17, 15},  {63, 65},
                                     {64, 64}, {65, 129}, {128, 192}, {193, 67}, {260, 31}};

constexpr bool test_constant() {
    std::uint8_t const in[] = {1, 2, 3, 4, 5, 6};
    std::uint8_t out[6] = {};
    run(serial{}, image_view<std::uint8_t const>(in, 3, 2) | transpose, image_view<std::uint8_t>(out, 2, 3));
    return out[0] == 1 && out[1] == 4 && out[2] == 2 && out[3] == 5 && out[4] == 3 && out[5] == 6;
}

} // namespace

TEST_CASE("transpose: in a constant expression", "[geometry][transpose]") {
    STATIC_CHECK(test_constant());
}

TEST_CASE("transpose: every width and height, all channels", "[geometry][transpose]") {
    CHECK(check<std::uint8_t>(test::many_extents()) == "");
    CHECK(check<std::uint8_t>(extents) == "");
    CHECK(check<rgb8>(extents) == "");
    CHECK(check<std::uint16_t>(extents) == "");
    CHECK(check<float>(extents) == "");
    CHECK(check<double>({{67, 130}}) == "");
}

TEST_CASE("transpose: a user's view and pixel", "[geometry][transpose]") {
    CHECK(check<test::yuv<std::uint8_t>>({{67, 3}}) == "");
}

TEST_CASE("transpose: the stages before it see the image, those behind it the transposed one",
          "[geometry][transpose]") {
    for (extent const size : {extent{1, 1}, extent{3, 2}, extent{150, 67}, extent{70, 131}}) {
        auto const pixels = test::random_pixels<std::uint8_t>(size, 11);
        test::guarded<std::uint8_t> const in(pixels);
        auto const summed = test::evaluated(in.view() | box(5));
        auto const wrong = [&](auto const& make, test::plain<std::uint8_t> const& expected) {
            return test::check_pipeline(pixels, expected, make);
        };
        CHECK(wrong([](auto v) { return v | transpose | transpose; }, pixels) == "");
        CHECK(wrong([](auto v) { return v | box(5) | transpose; }, transposed(summed)) == "");
        CHECK(wrong([](auto v) { return v | transpose | box(5) | flip_y | transpose | flip_x; }, summed) == "");
        // From the bottom upwards, and far rows in turn.
        CHECK(wrong([](auto v) { return v | box(5) | transpose | flip_y | flip_y; }, transposed(summed)) == "");
        CHECK(wrong([](auto v) { return v | transpose | extend(wrap) | gaussian3 | transpose; },
                    test::evaluated(in.view() | extend(wrap) | gaussian3)) == "");
    }
}

TEST_CASE("transpose: with crops, zipped inputs and reductions", "[geometry][transpose]") {
    auto const pixels = test::random_pixels<std::uint8_t>({150, 140}, 3);
    test::guarded<std::uint8_t> const in(pixels);
    auto const expected =
        test::evaluated(in.view() | gaussian3 | crop(70, 3, 71, 130) | transpose | crop(0, 5, 129, 66));
    auto const cut = [](auto v) { return v | gaussian3 | transpose | crop(3, 75, 129, 66); };
    CHECK(test::check_pipeline(pixels, expected, cut) == "");
    CHECK(test::check_pipeline(pixels, expected, [&](auto v) {
              return zip(v | crop(75, 3, 66, 129) | transpose, cut(v)) | [](std::uint8_t, std::uint8_t b) { return b; };
          }) == "");
    std::int64_t total = 0;
    for (std::uint8_t const p : expected.data) total += p;
    for (auto const& p : test::scalar_policies()) CHECK(sum(p, cut(in.view())) == total);
    for (auto const& p : test::vector_policies()) CHECK(sum(p, cut(in.view())) == total);
}

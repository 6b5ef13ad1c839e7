// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/pad.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/image/channel_view.hpp>
#include <quoin/image/planar_view.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

using namespace quoin;

namespace {

struct sides {
    index_t left, top, right, bottom;
};
constexpr sides many[] = {{0, 0, 0, 0}, {1, 2, 3, 4}, {0, 5, 70, 0}, {131, 0, 0, 1}, {9, 9, 9, 9}};

template <class P, class Border>
test::plain<P> padded(test::plain<P> const& in, Border border, sides s) {
    test::plain<P> out({s.left + in.size.width + s.right, s.top + in.size.height + s.bottom});
    for (index_t y = 0; y < out.size.height; ++y)
        for (index_t x = 0; x < out.size.width; ++x) {
            index_t const u = test::outside(border, x - s.left, in.size.width);
            index_t const v = test::outside(border, y - s.top, in.size.height);
            for_each_channel<P>([&](auto c) {
                constexpr int i = decltype(c)::value;
                get_channel<i>(out(x, y)) = u < 0 || v < 0 ? static_cast<channel_t<P>>(test::constant_value<i>(border))
                                                           : get_channel<i>(in(u, v));
            });
        }
    return out;
}

template <class P, class Border>
std::string check(Border border) {
    std::string wrong;
    for (sides const s : many)
        if (wrong.empty())
            wrong = test::sweep<P>(
                {{1, 1}, {1, 5}, {5, 1}, {70, 9}, {129, 3}},
                [&](auto v) { return v | extend(border) | pad(s.left, s.top, s.right, s.bottom); },
                [&](auto const& in) { return padded(in, border, s); });
    return wrong;
}

} // namespace

TEST_CASE("pad: every border, every type", "[geometry][pad]") {
    CHECK(check<std::uint8_t>(replicate) == "");
    CHECK(check<std::uint8_t>(wrap) == "");
    CHECK(check<std::uint16_t>(reflect_101) == "");
    CHECK(check<float>(reflect) == "");
    CHECK(check<rgb8>(constant(rgb8{1, 2, 3})) == "");
}

TEST_CASE("pad: a border of its own", "[geometry][pad]") {
    auto const pixels = test::random_pixels<rgb8>({40, 7}, 6);
    // Borders of several turns, and of images of one or two pixels, under every store of the result.
    sides const around{300, 7, 5, 3};
    for (extent const size : {extent{1, 1}, extent{2, 3}, extent{40, 2}}) {
        auto const some = test::random_pixels<rgb8>(size, 8);
        test::guarded<rgb8> const in(some);
        image<rgb8> out(size.width + 305, size.height + 10);
        auto const check = [&](auto border) {
            auto const p = in.view() | pad(around.left, around.top, around.right, around.bottom, border);
            for (auto const stores : {store_hint::cached, store_hint::streaming}) {
                run(test::vector_policies().front(), p, out.view(), {.stores = stores});
                CHECK(test::difference(padded(some, border, around), std::as_const(out).view()) == "");
            }
        };
        check(reflect);
        check(reflect_101);
        check(wrap);
    }
    CHECK(test::check_pipeline(pixels, padded(pixels, wrap, many[1]),
                               [](auto v) { return v | extend(constant(9)) | pad(1, 2, 3, 4, wrap); }) == "");
    // The stages behind it read the border of the chain.
    auto const twice = padded(padded(pixels, constant(rgb8{1, 2, 3}), many[4]), replicate, many[1]);
    CHECK(test::check_pipeline(pixels, twice, [](auto v) {
              return v | extend(replicate) | pad(9, 9, 9, 9, constant(rgb8{1, 2, 3})) | pad(1, 2, 3, 4);
          }) == "");
}

TEST_CASE("pad: planes, every third byte, and the result of other stages", "[geometry][pad]") {
    auto const pixels = test::random_pixels<rgb8>({40, 7}, 5);
    sides const s{3, 2, 30, 1};
    planar_image<rgb8> planes(pixels.size);
    image<rgb8> together(pixels.size);
    test::plain<std::uint8_t> reds(pixels.size);
    for (index_t y = 0; y < 7; ++y)
        for (index_t x = 0; x < 40; ++x) {
            planes.view().store(x, y, pixels(x, y));
            together(x, y) = pixels(x, y);
            reds(x, y) = pixels(x, y).r;
        }
    auto const stage = pad(s.left, s.top, s.right, s.bottom);
    auto const policy = test::vector_policies().front();
    image<rgb8> const of_planes = to_image(policy, planes.view() | stage);
    CHECK(test::difference(padded(pixels, reflect_101, s), of_planes.view()) == "");
    image<std::uint8_t> const of_reds = to_image(policy, channel_of<0>(together.view()) | extend(wrap) | stage);
    CHECK(test::difference(padded(reds, wrap, s), of_reds.view()) == "");
    // The border of flipped and blurred pixels, and a filter that reads beyond the new edge.
    image<std::uint8_t> const flipped = to_image(policy, channel_of<0>(together.view()) | flip_x | gaussian3);
    test::plain<std::uint8_t> before(flipped.size());
    for (index_t y = 0; y < 7; ++y)
        for (index_t x = 0; x < 40; ++x) before(x, y) = flipped(x, y);
    auto const after = padded(before, reflect_101, s);
    test::guarded<std::uint8_t> const after_image(after);
    CHECK(test::check_pipeline(reds, test::evaluated(after_image.view() | gaussian3),
                               [&](auto v) { return v | flip_x | gaussian3 | stage | gaussian3; }) == "");
    // What is padded and cut again is as it was.
    CHECK(test::check_pipeline(reds, reds, [&](auto v) { return v | stage | crop(3, 2, 40, 7); }) == "");
}

TEST_CASE("pad: errors", "[geometry][pad]") {
    using Catch::Matchers::Message;
    CHECK_THROWS_MATCHES(pad(1, -2, 3, 4), invalid_argument,
                         Message("quoin::pad: 1:-2:3:4 pixels around the image; give numbers from 0 to 2147483647"));
    CHECK_THROWS_AS(pad(0, 0, index_t{1} << 31, 0), invalid_argument);
    CHECK_THROWS_AS(pad(0, 0, -1, 0, reflect), invalid_argument);
    CHECK_THROWS_MATCHES((image_view<std::uint8_t const>{} | pad(1, 1, 1, 1)), invalid_argument,
                         Message("quoin::pad: the input has 0 x 0 pixels; give an image that is not empty"));
    std::uint8_t const value = 7;
    image_view<std::uint8_t const> const one(&value, 1, 1);
    CHECK_THROWS_MATCHES(
        (one | pad(2147483647, 0, 0, 0)), invalid_argument,
        Message("quoin::pad: a result of 2147483648 x 1 pixels; give a width and a height from 1 to 2147483647"));
    CHECK((one | pad(2147483646, 0, 0, 0)).width() == 2147483647);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/crop.hpp>

#include "support/oracle.hpp"

#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/measure/sum.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

using namespace quoin;

namespace {

template <class P>
test::plain<P> part(test::plain<P> const& in, rect r) {
    test::plain<P> out(r.size());
    for (index_t y = 0; y < r.height; ++y)
        for (index_t x = 0; x < r.width; ++x) out(x, y) = in(r.x + x, r.y + y);
    return out;
}

template <class P>
std::string check(extent size, rect r) {
    auto const in = test::random_pixels<P>(size, 5);
    return test::check_pipeline(in, part(in, r), [&](auto v) { return v | crop(r); });
}

template <class P>
test::plain<P> blurred(test::plain<P> const& in) {
    return test::local<channel_t<P>>(in, reflect_101, [](auto const& at) {
        int sum = 8;
        for (int dy = -1; dy <= 1; ++dy)
            for (int dx = -1; dx <= 1; ++dx) sum += (2 - dx * dx) * (2 - dy * dy) * at(dx, dy);
        return static_cast<channel_t<P>>(sum / 16);
    });
}

} // namespace

TEST_CASE("crop: rectangles in every corner, of every width", "[geometry][crop]") {
    for (rect const r : {rect{0, 0, 1, 1}, rect{130, 8, 1, 1}, rect{0, 0, 131, 9}, rect{3, 2, 64, 5},
                         rect{66, 0, 65, 9}, rect{1, 8, 130, 1}}) {
        CAPTURE(r.x, r.y, r.width, r.height);
        CHECK(check<std::uint8_t>({131, 9}, r) == "");
        CHECK(check<rgb8>({131, 9}, r) == "");
        CHECK(check<float>({131, 9}, r) == "");
    }
}

TEST_CASE("crop: the stages before it see the whole image, those behind it the rectangle", "[geometry][crop]") {
    auto const in = test::random_pixels<std::uint8_t>({150, 12}, 7);
    rect const r{5, 3, 100, 7};
    CHECK(test::check_pipeline(in, part(blurred(in), r), [&](auto v) { return v | gaussian3 | crop(r); }) == "");
    CHECK(test::check_pipeline(in, blurred(part(in, r)), [&](auto v) { return v | crop(r) | gaussian3; }) == "");
    CHECK(test::check_pipeline(in, blurred(part(blurred(in), r)),
                               [&](auto v) { return v | gaussian3 | crop(r) | gaussian3; }) == "");
    CHECK(test::check_pipeline(in, blurred(part(blurred(in), {45, 2, 100, 7})), [&](auto v) {
              return v | gaussian3 | flip_x | flip_y | crop(r) | flip_x | flip_y | gaussian3;
          }) == "");
    // Zipped inputs of one extent after the crop.
    CHECK(test::check_pipeline(in, part(in, r), [&](auto v) {
              return zip(v | crop(r), v | gaussian3 | crop(r)) | [](std::uint8_t a, std::uint8_t) { return a; };
          }) == "");
}

TEST_CASE("crop: reductions see the rectangle alone", "[geometry][crop]") {
    test::guarded<std::uint8_t> const in(test::random_pixels<std::uint8_t>({90, 10}, 3));
    rect const r{7, 2, 71, 6};
    std::int64_t expected = 0;
    for (index_t y = 0; y < r.height; ++y)
        for (index_t x = 0; x < r.width; ++x) expected += in.view().load(r.x + x, r.y + y);
    for (auto const& p : test::scalar_policies()) CHECK(sum(p, in.view() | crop(r)) == expected);
    for (auto const& p : test::vector_policies()) CHECK(sum(p, in.view() | crop(r)) == expected);
}

TEST_CASE("crop: what does not lie inside is refused when the pipeline is made", "[geometry][crop]") {
    test::guarded<std::uint8_t> const in(extent{10, 8});
    CHECK_THROWS_MATCHES(
        in.view() | crop(3, 0, 8, 8), invalid_argument,
        Catch::Matchers::Message(
            "quoin::crop: the rectangle at (3, 0) of 8 x 8 pixels does not lie inside 10 x 8; give x + "
            "width <= 10 and y + height <= 8"));
    CHECK_THROWS_AS(in.view() | crop(-1, 0, 5, 5), invalid_argument);
    CHECK_THROWS_AS(in.view() | crop(0, 0, 5, 5) | crop(1, 1, 5, 4), invalid_argument);
    CHECK_THROWS_AS(crop(0, 0, 0, 5), invalid_argument);
    CHECK((in.view() | crop(9, 7, 1, 1)).size() == extent{1, 1});
}

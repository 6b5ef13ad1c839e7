// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/morphology/open_by_reconstruction.hpp>

#include "filter/morphology/plain_levels.hpp"

#include <quoin/exec/run.hpp>
#include <quoin/pipe/pipeline.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;

namespace {

/// The least value at the offsets of the element that lie inside.
template <class T>
test::plain<T> eroded(test::plain<T> const& in, structuring_element const& element) {
    return test::each_pixel<T>(in.size, [&](auto x, auto y) {
        T least =
            std::numeric_limits<T>::has_infinity ? std::numeric_limits<T>::infinity() : std::numeric_limits<T>::max();
        for (auto const& c : element.chords())
            for (int i = 0; i < c.length; ++i) {
                index_t const u = x + c.dx + i, v = y + c.dy;
                if (u >= 0 && v >= 0 && u < in.size.width && v < in.size.height) least = std::min(least, in(u, v));
            }
        return least;
    });
}

structuring_element drawn(std::mt19937& random) {
    switch (random() % 5) {
    case 0:
        return structuring_element::rectangle(1 + static_cast<int>(random() % 5), 1 + static_cast<int>(random() % 5));
    case 1:
        return structuring_element::disc(static_cast<int>(random() % 4));
    case 2:
        return structuring_element::cross(static_cast<int>(random() % 4));
    case 3:
        return structuring_element::line(1 + static_cast<int>(random() % 7), static_cast<double>(random() % 180));
    default:
        return structuring_element::from_rows("0110/1101/0010");
    }
}

template <class T>
void check_type(T shift) {
    unsigned const seed = 20261201;
    std::mt19937 random(seed);
    for (int i = 0; i < 40; ++i) {
        auto in = test::plateaus<T>(random, i, 2 + i % 20);
        for (T& v : in.data) v = static_cast<T>(v + shift);
        auto const element = drawn(random);
        auto const c = i % 2 ? connectivity::four : connectivity::eight;
        CAPTURE(seed, i, in.size.width, in.size.height, sizeof(T));
        auto const expected = test::reconstructed(eroded(in, element), in, c);
        CHECK(test::filled(in, open_by_reconstruction(element, c)).data == expected.data);
        // Both erosions of a negative are dilations, of which dilate() reflects the element.
        CHECK(test::filled(test::negative(in), close_by_reconstruction(element.reflected(), c)).data ==
              test::negative(expected).data);
    }
}

} // namespace

TEST_CASE("open_by_reconstruction: equals the definition for every type of channel",
          "[filter][open_by_reconstruction]") {
    check_type<std::uint8_t>(0);
    check_type<std::uint16_t>(300);
    check_type<std::int16_t>(-12);
    check_type<std::int32_t>(-8);
    check_type<float>(-11.5f);
}

TEST_CASE("open_by_reconstruction: a second one changes nothing, and the opening is below",
          "[filter][open_by_reconstruction]") {
    unsigned const seed = 20261202;
    std::mt19937 random(seed);
    for (int i = 0; i < 60; ++i) {
        auto const in = test::plateaus<std::uint8_t>(random, i, 40);
        auto const element =
            i % 2 ? structuring_element::disc(1 + i % 3) : structuring_element::rectangle(2 + i % 3, 3);
        CAPTURE(seed, i);
        auto const once = test::filled(in, open_by_reconstruction(element));
        CHECK(test::filled(once, open_by_reconstruction(element)).data == once.data);
        auto const least = eroded(in, element);
        for (index_t y = 0; y < in.size.height; ++y)
            for (index_t x = 0; x < in.size.width; ++x) {
                std::uint8_t opened = 0;
                for (auto const& chord : element.chords())
                    for (int k = 0; k < chord.length; ++k) {
                        index_t const u = x - chord.dx - k, v = y - chord.dy;
                        if (u >= 0 && v >= 0 && u < in.size.width && v < in.size.height)
                            opened = std::max(opened, least(u, v));
                    }
                REQUIRE((opened <= once(x, y) && once(x, y) <= in(x, y)));
            }
    }
}

TEST_CASE("open_by_reconstruction: NaN stays and marks nothing", "[filter][open_by_reconstruction]") {
    float const nan = std::nanf("");
    test::plain<float> in({7, 1});
    in.data = {1, 5, 5, nan, 7, 7, 7};
    // The least values are 1, 1, NaN, NaN, NaN, 7, 7.
    auto const out = test::filled(in, open_by_reconstruction(structuring_element::rectangle(3, 1))).data;
    CHECK((out[0] == 1 && out[1] == 1 && out[2] == 1 && std::isnan(out[3])));
    CHECK((out[4] == 7 && out[5] == 7 && out[6] == 7));
}

TEST_CASE("open_by_reconstruction: strips for several threads", "[filter][open_by_reconstruction]") {
    auto const in = test::random_pixels<std::uint8_t>({9, 400}, 8);
    test::plain<std::uint8_t> out(in.size);
    auto const element = structuring_element::from_rows("011/010/110/010");
    open_by_reconstruction(element).fill(test::backwards{}, test::view_of(in),
                                         image_view<std::uint8_t>(out.data.data(), 9, 400));
    CHECK(out.data == test::reconstructed(eroded(in, element), in, connectivity::eight).data);
}

TEST_CASE("open_by_reconstruction: in the engine", "[filter][open_by_reconstruction]") {
    auto const in = test::random_pixels<std::uint8_t>({33, 15}, 4);
    auto const element = structuring_element::rectangle(2, 2);
    CHECK(test::check_pipeline(in, test::reconstructed(eroded(in, element), in, connectivity::eight),
                               [&](auto v) { return v | open_by_reconstruction(element); }) == "");
}

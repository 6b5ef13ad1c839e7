// SPDX-License-Identifier: BSL-1.0
// bilateral in the engines, under every policy.
#include <quoin/filter/smooth/bilateral.hpp>

#include "support/functor.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("bilateral: rows that are swept are the windows", "[filter][bilateral]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(bilateral(9, 60, 3), reflect_101) == "");
    CHECK(test::wrong_in_engine<rgb8>(bilateral(5, 90, 2), wrap) == "");
}

TEST_CASE("bilateral: sweeps of other types", "[filter][bilateral]") {
    auto const same = []<class T>(std::type_identity<T>, double color) {
        auto const in = test::random_pixels<T>({150, 20}, 3);
        image_view<T const> const view(in.data.data(), 150, 20, 150);
        auto const stage = bilateral(7, color, 2);
        auto const around = test::with_border(test::values_of(in), {3, 3}, reflect);
        auto const windows = test::pixels_of<T>(test::alone<scalar_lanes, test::words::none, T>(stage, around));
        image<T> const one = to_image(serial{}, view | extend(reflect) | stage);
        image<T> const lanes = to_image(simd{}, view | extend(reflect) | stage);
        int different = 0;
        for (index_t y = 0; y < 20; ++y)
            for (index_t x = 0; x < 150; ++x) different += one(x, y) != windows(x, y) || one(x, y) != lanes(x, y);
        return different;
    };
    for (double const color : {0.5, 8.0, 26.0, 27.0, 28.0, 60.0, 1e6}) // weights end before, about and beyond 127
        CHECK(same(std::type_identity<std::uint8_t>{}, color) == 0);
    CHECK(same(std::type_identity<std::int8_t>{}, 30) == 0);
    CHECK(same(std::type_identity<std::uint16_t>{}, 9000) == 0);
    CHECK(same(std::type_identity<float>{}, 60) == 0);
}

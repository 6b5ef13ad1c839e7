// SPDX-License-Identifier: BSL-1.0
// nl_means in the engines, under every policy.
#include <quoin/filter/smooth/nl_means.hpp>

#include "support/functor.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("nl_means: rows that are swept are the windows", "[filter][nl_means]") {
    CHECK(test::wrong_in_engine<rgb8>(nl_means(3, 5, 90), wrap) == "");
}

TEST_CASE("nl_means: sweeps of other types", "[filter][nl_means]") {
    auto const same = []<class T>(std::type_identity<T>, double h) {
        auto const in = test::random_pixels<T>({150, 20}, 3);
        image_view<T const> const view(in.data.data(), 150, 20, 150);
        auto const stage = nl_means(3, 7, h);
        auto const around = test::with_border(test::values_of(in), {4, 4}, reflect);
        auto const windows = test::pixels_of<T>(test::alone<scalar_lanes, test::words::none, T>(stage, around));
        image<T> const one = to_image(serial{}, view | extend(reflect) | stage);
        image<T> const lanes = to_image(simd{}, view | extend(reflect) | stage, tiling{.strip_rows = 7});
        int different = 0;
        for (index_t y = 0; y < 20; ++y)
            for (index_t x = 0; x < 150; ++x) different += one(x, y) != windows(x, y) || one(x, y) != lanes(x, y);
        return different;
    };
    CHECK(same(std::type_identity<std::uint8_t>{}, 70) == 0);
    CHECK(same(std::type_identity<std::uint16_t>{}, 20000) == 0);
    CHECK(same(std::type_identity<float>{}, 70) == 0);
}

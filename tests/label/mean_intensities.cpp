// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/image/image.hpp>
#include <quoin/label/mean_intensities.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEMPLATE_TEST_CASE("mean_intensities: equal to a loop over the pixels", "[segment][mean_intensities]", std::uint8_t,
                   std::uint16_t, std::int16_t) {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        CAPTURE(seed);
        bit_image const m =
            seed % 2 == 0 ? masks::random(129, 150, 0.55, seed) : masks::random_shapes(200, 170, 60, seed);
        image<TestType> gray(m.size());
        std::mt19937_64 engine(seed);
        for (index_t y = 0; y < m.height(); ++y)
            for (index_t x = 0; x < m.width(); ++x) gray(x, y) = static_cast<TestType>(engine());
        component_map const map = components(serial{}, m);
        auto const label = masks::flood_fill(m, false);
        std::vector<index_t> sum(map.components.size());
        for (index_t y = 0; y < m.height(); ++y)
            for (index_t x = 0; x < m.width(); ++x)
                if (index_t const k = label[static_cast<std::size_t>(y * m.width() + x)]; k >= 0)
                    sum[static_cast<std::size_t>(k)] += gray(x, y);
        std::vector<double> expected;
        for (std::size_t k = 0; k < sum.size(); ++k)
            expected.push_back(static_cast<double>(sum[k]) / static_cast<double>(map.components[k].area));
        auto const view = std::as_const(gray).view();
        CHECK(mean_intensities(serial{}, map, view) == expected);
        CHECK(mean_intensities(test::backwards_policy{}, map, view) == expected);
        for (int threads : {2, 5}) CHECK(mean_intensities(test::thread_policy{threads}, map, view) == expected);
    }
}

TEST_CASE("mean_intensities: an image of another extent is refused", "[segment][mean_intensities]") {
    component_map const map = components(serial{}, bit_image(5, 4));
    image<std::uint8_t> const gray(4, 5);
    CHECK_THROWS_AS(mean_intensities(serial{}, map, gray.view()), invalid_argument);
}

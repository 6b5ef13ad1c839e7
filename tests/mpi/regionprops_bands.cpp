// SPDX-License-Identifier: BSL-1.0
// Properties of regions of several processes, beside those of one.
#include <quoin/mpi/regionprops_bands.hpp>

#include "mpi/mpi_support.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/filter/point/threshold.hpp>

#include <catch2/catch_test_macros.hpp>

#include <random>

using namespace quoin;

TEST_CASE("mpi: regionprops_bands") {
    mpi const policy(MPI_COMM_WORLD, simd{});
    unsigned const seed = test::shared_seed(policy);
    INFO("seed " << seed);
    std::mt19937 numbers(seed);
    auto const below = [&](index_t n) { return static_cast<index_t>(numbers() % static_cast<std::uint32_t>(n)); };
    for (int round = 0; round < 60; ++round) {
        extent const size{1 + below(90), 1 + below(60)};
        image<std::int16_t> light(size);
        index_t const full = 2 + below(8);
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x)
                light.view().row(y)[x] = static_cast<std::int16_t>(below(10) < full ? below(30000) + 1 : -below(30000));
        segment_options steps;
        if (round % 2) steps.min_area = below(9), steps.fill_holes = below(9);
        INFO("round " << round << ", " << size.width << " x " << size.height << ", full " << full << ", min_area "
                      << steps.min_area << ", fill_holes " << steps.fill_holes);
        auto const foreground = [](auto v) { return v | threshold(std::int16_t{0}) | convert_to<std::uint8_t>; };

        serial const p{};
        bit_image mask = to_bits(p, foreground(light.view()));
        mask = remove_small_components(p, fill_holes(p, mask, steps.fill_holes), steps.min_area);
        component_map const map = components(p, mask);
        auto const bands = scatter(policy, light);
        auto const check = [&](band_regions const& part, std::vector<region_properties> const& whole) {
            index_t all = static_cast<index_t>(part.regions.size());
            CHECK(part.all == static_cast<index_t>(whole.size()));
            REQUIRE(part.first + all <= static_cast<index_t>(whole.size()));
            CHECK(std::equal(part.regions.begin(), part.regions.end(), whole.begin() + part.first));
            MPI_Allreduce(MPI_IN_PLACE, &all, 1, MPI_INT64_T, MPI_SUM, policy.group()->comm());
            CHECK(all == part.all); // the parts leave nothing out
        };
        check(regionprops_bands(policy, foreground(bands.view()), steps), regionprops(p, map));
        check(regionprops_bands(policy, foreground(bands.view()), bands.view(), steps),
              regionprops(p, map, light.view()));
    }
    auto const bands = scatter(policy, image<std::uint8_t>(20, 9));
    CHECK_THROWS_AS(regionprops_bands(policy, bands.view() | crop(0, 0, 20, 8), bands.view()), invalid_argument);
}

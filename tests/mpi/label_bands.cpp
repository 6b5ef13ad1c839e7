// SPDX-License-Identifier: BSL-1.0
// Labels of several processes and the statistics of each, beside those of one.
#include <quoin/mpi/label_bands.hpp>

#include "mpi/mpi_support.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/measure/mean_std.hpp>
#include <quoin/measure/min_max.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("mpi: label_bands and by_label") {
    mpi const policy(MPI_COMM_WORLD, simd{});
    for (extent const size : {extent{1, 1}, {70, 2}, {93, 131}, {40, 300}}) {
        INFO(size.width << " x " << size.height);
        auto const bytes = test::same_noise<std::uint8_t>(size);
        auto const light = test::same_noise<float>(size);
        auto const foreground = [](auto v) { return v | threshold(std::uint8_t{100}); };
        serial const p{};
        component_map const map = components(p, to_bits(p, foreground(bytes.view())));
        auto const one = label_image(p, map);
        auto const byte_bands = scatter(policy, bytes);
        auto const light_bands = scatter(policy, light);
        auto const bands = label_bands(policy, foreground(byte_bands.view()));
        CHECK(test::same_pixels(gather(bands), one));

        auto const count = static_cast<index_t>(map.components.size());
        auto const check = [&](auto const& region) { // sums of floating-point pixels have an order
            auto const [mean, range] = statistics(policy, light_bands.view(), region, mean_std, min_max);
            auto const [one_mean, one_range] =
                statistics(p, light.view(), by_label(one.view(), count), mean_std, min_max);
            REQUIRE(mean.size() == static_cast<std::size_t>(count + 1));
            bool same = true;
            for (std::size_t k = 0; k < mean.size(); ++k) {
                same = same && mean[k].has_value() == one_mean[k].has_value();
                if (same && mean[k])
                    same = mean[k]->mean == one_mean[k]->mean && mean[k]->std == one_mean[k]->std &&
                           range[k]->min == one_range[k]->min && range[k]->max == one_range[k]->max;
            }
            CHECK(same);
        };
        check(by_label(bands.view(), count));
        check(by_label(one.view(), count)); // which each rank has as a whole
        if (count > 1)                      // a label above the largest one
            CHECK_THROWS_AS(statistics(policy, light_bands.view(), by_label(bands.view(), 1), min_max),
                            invalid_argument);
    }
    auto const bands = scatter(policy, image<std::uint8_t>(3, 4));
    auto const others = scatter(policy, image<std::uint8_t>(3, 5));
    CHECK_THROWS_AS(statistics(policy, bands.view(), by_label(others.view(), 9), min_max), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
// Segmentations of several processes, beside those of one.
#include <quoin/mpi/segment_bands.hpp>

#include "mpi/mpi_support.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/threshold.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <random>

using namespace quoin;

namespace {

/// The steps of segment() one by one.
segmentation cut_in_steps(bit_image mask, segment_options const& o) {
    serial const p{};
    if (o.open > 0) mask = opening(p, mask, o.open);
    if (o.close > 0) mask = closing(p, mask, o.close);
    mask = remove_small_components(p, fill_holes(p, mask, o.fill_holes), o.min_area);
    segmentation result;
    component_map const map = components(p, mask);
    bool const fewest = o.method == segment_method::minimum;
    result.rectangles = rectangles(p, mask, fewest ? minimum_partition(p, mask).cuts : run_merge(p, mask), map);
    result.optimal = fewest;
    result.components = map.components;
    return result;
}

/// Whether the parts of all ranks, put together by their numbers, are what one process finds. Each rank looks at its
/// own.
bool is_part(band_segmentation const& part, segmentation const& whole) {
    auto const lies_in = [](auto const& some, index_t first, auto const& all) {
        return first + static_cast<index_t>(some.size()) <= static_cast<index_t>(all.size()) &&
               std::equal(some.begin(), some.end(), all.begin() + first);
    };
    return part.optimal == whole.optimal && part.gap == whole.gap &&
           part.all_rectangles == static_cast<index_t>(whole.rectangles.size()) &&
           part.all_components == static_cast<index_t>(whole.components.size()) &&
           lies_in(part.rectangles, part.first_rectangle, whole.rectangles) &&
           lies_in(part.components, part.first_component, whole.components);
}

index_t sum_of_ranks(mpi<simd> const& policy, index_t own) {
    MPI_Allreduce(MPI_IN_PLACE, &own, 1, MPI_INT64_T, MPI_SUM, policy.group()->comm());
    return own;
}

} // namespace

TEST_CASE("mpi: segment_bands") {
    mpi const policy(MPI_COMM_WORLD, simd{});
    unsigned const seed = test::shared_seed(policy);
    INFO("seed " << seed);
    std::mt19937 numbers(seed);
    auto const below = [&](index_t n) { return static_cast<index_t>(numbers() % static_cast<std::uint32_t>(n)); };
    for (int round = 0; round < 60; ++round) {
        extent const size{1 + below(90), 1 + below(60)};
        image<std::uint8_t> mask(size);
        if (round % 3 == 0) { // long shapes, many of which cross seams
            for (int k = 0; k < 6; ++k) {
                index_t const x = below(size.width), y = below(size.height), tall = 1 + below(size.height);
                for (index_t v = y; v < std::min(y + tall, size.height); ++v)
                    for (index_t u = x; u < std::min(x + 7, size.width); ++u) mask.view().row(v)[u] ^= 255;
            }
        } else {
            for (index_t y = 0; y < size.height; ++y)
                for (index_t x = 0; x < size.width; ++x) mask.view().row(y)[x] = below(10) < 4 + round % 5 ? 255 : 0;
        }
        segment_options options;
        if (round % 2) options.open = below(3), options.close = below(3);
        options.fill_holes = below(3) * 7;
        options.min_area = below(3) * 5;
        if (below(2)) options.method = segment_method::minimum;
        auto const bands = scatter(policy, mask);
        auto const noisy = [](auto v) { return v | extend(replicate) | gaussian3 | threshold(std::uint8_t{130}); };
        auto const part = segment_bands(policy, noisy(bands.view()), options);
        INFO("round " << round << ", " << size.width << " x " << size.height << ", open " << options.open << ", close "
                      << options.close << ", fill_holes " << options.fill_holes << ", min_area " << options.min_area
                      << ", method " << static_cast<int>(options.method));
        CHECK(is_part(part, cut_in_steps(to_bits(simd{}, noisy(mask.view())), options)));
        // The parts leave nothing out.
        CHECK(sum_of_ranks(policy, static_cast<index_t>(part.rectangles.size())) == part.all_rectangles);
        CHECK(sum_of_ranks(policy, static_cast<index_t>(part.components.size())) == part.all_components);
    }
}

TEST_CASE("mpi: segment_bands proves the gap of a search that is stopped, and refuses regularize") {
    mpi const policy(MPI_COMM_WORLD, simd{});
    std::mt19937 numbers(3);
    image<std::uint8_t> mask(300, 200);
    for (index_t y = 0; y < 200; ++y)
        for (index_t x = 0; x < 300; ++x) mask.view().row(y)[x] = numbers() % 5 ? 1 : 0; // one component has most of it
    auto const bands = scatter(policy, mask);
    segment_options options;
    options.method = segment_method::minimum;
    auto const fewest = segment_bands(policy, bands.view(), options);
    options.budget.max_phases = 0;
    auto const stopped = segment_bands(policy, bands.view(), options);
    CHECK(fewest.optimal);
    CHECK(stopped.optimal == (stopped.gap == 0));
    CHECK(stopped.all_rectangles >= fewest.all_rectangles);
    CHECK(stopped.all_rectangles - stopped.gap <= fewest.all_rectangles);
    index_t area = 0, set = 0;
    for (labeled_rect const& each : stopped.rectangles) area += each.box.width * each.box.height;
    for (component const& each : stopped.components) set += each.area;
    CHECK(sum_of_ranks(policy, area) == sum_of_ranks(policy, set));

    options.method = segment_method::regularize;
    CHECK_THROWS_AS(segment_bands(policy, bands.view(), options), invalid_argument);
}

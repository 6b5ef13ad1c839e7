// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/label/components.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// The components from a flood fill, with sums in plain loops.
std::vector<component> slow_components(bit_image const& m, std::vector<index_t> const& label) {
    std::vector<component> result;
    std::vector<index_t> sum_x;
    std::vector<index_t> sum_y;
    for (index_t y = 0; y < m.height(); ++y)
        for (index_t x = 0; x < m.width(); ++x) {
            index_t const k = label[static_cast<std::size_t>(y * m.width() + x)];
            if (k < 0) continue;
            if (k == static_cast<index_t>(result.size())) {
                result.push_back({0, {x, y, 1, 1}, 0, 0});
                sum_x.push_back(0);
                sum_y.push_back(0);
            }
            auto const i = static_cast<std::size_t>(k);
            component& c = result[i];
            index_t const right = std::max(c.box.right(), x + 1);
            c.box.x = std::min(c.box.x, x);
            c.box.width = right - c.box.x;
            c.box.height = y + 1 - c.box.y;
            ++c.area;
            sum_x[i] += x;
            sum_y[i] += y;
        }
    for (std::size_t i = 0; i < result.size(); ++i) {
        result[i].centroid_x = static_cast<double>(sum_x[i]) / static_cast<double>(result[i].area);
        result[i].centroid_y = static_cast<double>(sum_y[i]) / static_cast<double>(result[i].area);
    }
    return result;
}

void check_against_flood_fill(bit_image const& m) {
    for (connectivity c : {connectivity::four, connectivity::eight}) {
        auto const label = masks::flood_fill(m, c == connectivity::eight);
        component_map const map = components(serial{}, m, c);
        REQUIRE(map.components == slow_components(m, label));
        std::vector<index_t> painted(label.size(), -1);
        for (index_t y = 0; y < m.height(); ++y) {
            index_t end = -1;
            map.for_each_run(y, [&](pixel_run run, index_t k) {
                REQUIRE(run.begin > end);
                end = run.end;
                for (index_t x = run.begin; x < end; ++x) painted[static_cast<std::size_t>(y * m.width() + x)] = k;
            });
        }
        REQUIRE(painted == label);
    }
}

bool equal(component_map const& a, component_map const& b) {
    return a.label == b.label && a.components == b.components && a.runs.all == b.runs.all;
}

} // namespace

TEST_CASE("components: equal to a flood fill on random masks", "[segment][components]") {
    std::uint64_t seed = 0;
    for (index_t width : {0, 1, 5, 63, 64, 65, 129})
        for (index_t height : {1, 2, 63, 64, 65, 200})
            for (double density : {0.05, 0.4, 0.5, 0.6, 0.95, 1.0}) {
                CAPTURE(width, height, density, ++seed);
                check_against_flood_fill(masks::random(width, height, density, seed));
            }
    for (seed = 0; seed < 20; ++seed) {
        CAPTURE(seed);
        check_against_flood_fill(masks::random_shapes(150, 140, 60, seed));
    }
}

TEST_CASE("components: shapes that make union-find work", "[segment][components]") {
    SECTION("a comb joined in its last row") {
        auto const comb = masks::where(129, 150, [](index_t x, index_t y) { return x % 2 == 0 || y == 149; });
        check_against_flood_fill(comb);
        CHECK(components(serial{}, comb).components.size() == 1);
    }
    SECTION("a comb joined in its first row") {
        check_against_flood_fill(masks::where(129, 150, [](index_t x, index_t y) { return x % 2 == 0 || y == 0; }));
    }
    SECTION("nested arches") {
        check_against_flood_fill(
            masks::where(131, 140, [](index_t x, index_t y) { return std::min(std::min(x, 130 - x), y) % 2 == 0; }));
    }
    SECTION("a checkerboard is all corners") {
        auto const board = masks::where(64, 64, [](index_t x, index_t y) { return (x + y) % 2 == 0; });
        check_against_flood_fill(board);
        CHECK(components(serial{}, board).components.size() == 2048);
        CHECK(components(serial{}, board, connectivity::eight).components.size() == 1);
    }
    SECTION("a wide checkerboard, and what is left of it") {
        for (index_t width : {4095, 4096, 4097, 8300}) {
            CAPTURE(width);
            check_against_flood_fill(masks::where(width, 5, [](index_t x, index_t y) { return (x + y) % 2 == 0; }));
            check_against_flood_fill(
                masks::where(width, 5, [](index_t x, index_t y) { return (x + y) % 2 == 0 && (x + 3 * y) % 37 != 0; }));
        }
    }
    SECTION("wide rows of noise") {
        for (double density : {0.02, 0.5, 0.98}) check_against_flood_fill(masks::random(4096 + 4200, 9, density, 5));
    }
}

TEST_CASE("components: the same under every policy and strip height", "[segment][components]") {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        CAPTURE(seed);
        bit_image const m =
            seed % 2 == 0 ? masks::random(200, 333, 0.55, seed) : masks::random_shapes(200, 333, 150, seed);
        for (connectivity c : {connectivity::four, connectivity::eight}) {
            component_map const expected = components(serial{}, m, c);
            CHECK(equal(components(test::backwards_policy{}, m, c), expected));
            for (int threads : {1, 2, 5}) CHECK(equal(components(test::thread_policy{threads}, m, c), expected));
            component_map found;
            test::thread_policy const threads{2};
            detail::label_memory memory;
            for (index_t strip : {1, 2, 3, 7, 100, 1000}) {
                detail::components_in_strips(detail::policy_ref::to(threads), m, c, strip, found, memory);
                CHECK(equal(found, expected));
            }
        }
    }
}

TEST_CASE("components: sums beyond 32 bits", "[segment][components]") {
    auto const all = components(serial{}, masks::where(100000, 70, [](index_t, index_t) { return true; }));
    REQUIRE(all.components.size() == 1);
    CHECK(all.components[0] == component{7000000, {0, 0, 100000, 70}, 49999.5, 34.5});
}

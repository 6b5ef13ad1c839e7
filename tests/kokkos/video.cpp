// SPDX-License-Identifier: BSL-1.0
// Video frames under the Kokkos policies: tiles read them, and the line engine writes them.
#include "kokkos_support.hpp"

#include <quoin/exec/kokkos_tiles.hpp>
#include <quoin/quoin.hpp>

#include <catch2/catch_test_macros.hpp>

#include <vector>

using namespace quoin;
using tiles = kokkos_tiles<Kokkos::DefaultHostExecutionSpace>;

TEST_CASE("video: frames under kokkos_tiles", "[kokkos]") {
    constexpr index_t width = 71, height = 37;
    auto const pixels = noise<std::uint8_t>({width + 1, height + (height + 1) / 2}, 9);
    std::vector<std::uint8_t> bytes;
    for (index_t y = 0; y < pixels.height(); ++y)
        for (index_t x = 0; x < pixels.width(); ++x) bytes.push_back(pixels(x, y));
    std::span<std::uint8_t const> const all(bytes);
    for (auto const siting : {chroma_siting::left, chroma_siting::center, chroma_siting::top_left}) {
        auto const chain = nv12_view(all, width, height, width + 1, {siting}) | ycbcr_to_rgb() | gaussian3;
        auto const expected = to_image(serial{}, chain);
        kernel_counter const kernels;
        CHECK(same_pixels(expected, to_image(tiles{}, chain)));
        CHECK(kernels.count() == 1);

        std::vector<std::uint8_t> by_rows(bytes.size()), by_tiles(bytes.size());
        run(serial{}, chain | rgb_to_ycbcr(), i420_view(std::span(by_rows), width, height, 0, {siting}));
        run(tiles{}, chain | rgb_to_ycbcr(), i420_view(std::span(by_tiles), width, height, 0, {siting}));
        CHECK(by_rows == by_tiles);
    }
}

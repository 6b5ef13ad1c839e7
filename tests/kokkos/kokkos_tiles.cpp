// SPDX-License-Identifier: BSL-1.0
// The tile engine, as it runs on devices, on a host space: the bytes of serial for every border and tile, and one
// kernel a pipeline, two where a wrap border stands behind another local stage.
#include "kokkos_support.hpp"

#include <quoin/exec/kokkos_tiles.hpp>
#include <quoin/quoin.hpp>

#include <catch2/catch_test_macros.hpp>

#include <vector>

using namespace quoin;
using tiles = kokkos_tiles<Kokkos::DefaultHostExecutionSpace>;

namespace {

template <class Pipeline>
void check(Pipeline const& pipeline, int kernels_expected = 1) {
    auto const expected = to_image(serial{}, pipeline);
    kernel_counter const kernels;
    CHECK(same_pixels(expected, to_image(tiles{}, pipeline)));
    CHECK(kernels.count() == kernels_expected);
    CHECK(same_pixels(expected, to_image(tiles{}, pipeline, {5, 7})));
    CHECK(same_pixels(expected, to_image(tiles{}, pipeline, {1, 1})));
}

} // namespace

TEST_CASE("kokkos_tiles: chains and borders", "[kokkos]") {
    for (extent const size : {extent{1, 1}, extent{2, 9}, extent{40, 3}, extent{71, 37}, extent{301, 70}}) {
        CAPTURE(size.width, size.height);
        auto const source = noise<rgb8>(size, 4);
        auto const view = source.view();
        auto const luma = view | gray;
        check(luma | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f));
        check(view | extend(replicate) | gaussian3 | sharpen);
        check(luma | extend(reflect) | gaussian(1.5) | sobel_y);
        check(luma | extend(constant(77)) | box(5) | sobel_x);
        check(luma | extend(wrap) | gaussian3);
        check(luma | gaussian3 | extend(wrap) | sharpen, 2);
        check(luma | convert_to<float> | extend(reflect) | box(3, 40) | flip_y | box(1, 17)); // whose sums count rows
    }
}

TEST_CASE("kokkos_tiles: several inputs", "[kokkos]") {
    auto const source = noise<std::uint8_t>({53, 29}, 5);
    auto const view = source.view();
    auto const difference = [](std::uint8_t a, std::uint8_t b) { return a - b; };
    check(zip(view, view | gaussian3) | difference | sobel_x);
    // Each zipped pipeline that must be cut costs its own two kernels, its neighbor one.
    check(zip(view | extend(wrap) | gaussian3 | sharpen, view) | difference, 4);
}

TEST_CASE("kokkos_tiles: positions", "[kokkos]") {
    auto const source = noise<rgb8>({301, 70}, 6);
    auto const view = source.view();
    auto const weighed = positioned([](auto v, auto const& at) { return v * (at.x + 1) - 3 * at.y; });
    auto const sum = positioned([](std::uint8_t a, std::int32_t b, auto const& at) { return a + b + at.x; });
    check(zip(view | gray, view | vignette(0.5f) | gaussian3 | flip_x | gray | weighed) | sum | crop(5, 3, 260, 60) |
          weighed | sobel_x);
}

namespace {

/// Source and result where a device has them, in rows that are read and written as u32.
template <class P>
void check_u32(extent size, auto const& append) {
    CAPTURE(size.width, size.height);
    auto const source = noise<P>(size, 7);
    auto const expected = to_image(serial{}, append(source.view()));
    using Q = typename std::remove_cvref_t<decltype(expected)>::pixel_type;
    detail::device_image<Kokkos::DefaultHostExecutionSpace, P> in(size);
    detail::device_image<Kokkos::DefaultHostExecutionSpace, Q> const out(size);
    in.copy_from(source.view());
    for (tiling const t : {tiling{}, tiling{5, 7}, tiling{12, 3}, tiling{1, 1}}) {
        tiles{}.run_resident(append(in.const_view()), out.view(), t);
        image<Q> computed(size);
        out.copy_to(computed.view());
        CHECK(same_pixels(expected, computed));
    }
}

} // namespace

TEST_CASE("kokkos_tiles: other places of the same pixels", "[kokkos]") {
    for (extent const size : {extent{37, 21}, extent{200, 50}}) {
        auto const source = noise<rgb8>(size, 3);
        auto const view = source.view();
        rect const part{5, 3, 29, 15};
        check(view | flip_x);
        check(view | gray | gaussian3 | flip_x | flip_y);
        check(view | gaussian3 | crop(part) | sharpen);
        check(view | gray | flip_x | crop(part) | gaussian5 | flip_y | sobel_x);
        check(view | transpose);
        check(view | gaussian3 | rotate90 | rotate180 | sharpen | transpose | gaussian5);
        check(view | gray | flip_x | rotate270 | crop(rect{2, 1, 17, 30}) | gaussian5 | rotate90 | flip_x | sobel_x);
        check(view | gray | gaussian5 | transpose | flip_x | gaussian3 | rotate270 | flip_x | gaussian3);
        check(zip(view | gray | crop(part), view | gray | gaussian3 | flip_x | crop(part)) |
              [](std::uint8_t a, std::uint8_t b) { return a - b; });
    }
}

TEST_CASE("kokkos_tiles: the threads of a team take every step once", "[kokkos]") {
    for (int const columns : {1, 2, 7, 33})
        for (int const threads : {1, 3, 32, 256}) {
            CAPTURE(columns, threads);
            int const rows = 9;
            std::vector<int> taken(static_cast<std::size_t>(columns * rows));
            for (int thread = 0; thread < threads; ++thread)
                for (detail::step_walk at(columns, thread, threads); at.y() < rows; at.next())
                    ++taken[static_cast<std::size_t>(at.y() * columns + at.x() / detail::tile_step)];
            CHECK(taken == std::vector<int>(taken.size(), 1));
        }
}

TEST_CASE("kokkos_tiles: u32 of pixels at every place of a row", "[kokkos]") {
    auto const difference = [](std::uint8_t a, std::uint8_t b) { return a - b; };
    for (extent const size :
         {extent{1, 1}, extent{3, 2}, extent{4, 4}, extent{66, 35}, extent{131, 41}, extent{257, 33}}) {
        check_u32<rgb8>(size, [](auto v) { return v | gray | gaussian3 | sobel_magnitude | brightness(1.2f); });
        check_u32<rgb8>(size, [](auto v) { return v | gray; });
        check_u32<rgb8>(size, [](auto v) { return v | extend(constant(9)) | gaussian5 | sharpen; });
        check_u32<std::uint8_t>(size, [](auto v) { return v | extend(wrap) | gaussian3; });
        check_u32<std::uint16_t>(size, [](auto v) { return v | extend(reflect) | gaussian5 | sobel_x; });
        check_u32<float>(size, [](auto v) { return v | extend(replicate) | gaussian3 | gaussian(1.5); });
        check_u32<std::uint8_t>(size, [&](auto v) { return zip(v, v | gaussian3) | difference; });
        check_u32<rgb8>(size, [](auto v) { return v | flip_x | gaussian3 | flip_y; });
        check_u32<std::uint16_t>(size, [](auto v) { return v | gaussian3 | flip_x | sharpen; });
        check_u32<rgb8>(size, [](auto v) { return v | rotate90 | gaussian3 | rotate270; });
    }
}

TEST_CASE("kokkos_tiles: a halo beyond the fast scratch memory", "[kokkos]") {
    auto const source = noise<std::uint16_t>({90, 70}, 6);
    check(source.view() | gaussian(12));
}

TEST_CASE("kokkos_tiles: errors come before work", "[kokkos]") {
    image<std::uint8_t> source(4, 4), wrong(4, 5);
    CHECK_THROWS_AS(run(tiles{}, source.view() | gaussian3, wrong.view()), invalid_argument);
    CHECK_THROWS_AS(run(tiles{}, source.view() | gaussian3, source.view()), invalid_argument);
    CHECK_THROWS_AS(tiles{}.run_resident(source.view() | gaussian3, wrong.view()), invalid_argument);
}

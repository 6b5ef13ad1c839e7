// SPDX-License-Identifier: BSL-1.0
// The program of docs/tutorial.md: from a photograph to rectangles in six steps.
#undef NDEBUG
#include <quoin/exec/parallel_simd.hpp>
#include <quoin/io.hpp>
#include <quoin/quoin.hpp>

#include "picture.hpp"

#include <cassert>
#include <filesystem>
#include <iostream>

using namespace quoin;

int main(int argc, char** argv) {
    picture::pages const pages(argc, argv);
    auto const folder = std::filesystem::temp_directory_path() / "quoin-docs-tutorial";
    std::filesystem::create_directories(folder);
    auto const file = folder / "photo.png";
    write_image(file, picture::photo());

    // 1. Read the photograph.
    image<rgb8> const photo = read_image<rgb8>(file);
    std::cout << photo.width() << " x " << photo.height() << '\n';
    pages.write("tutorial-1.png", photo);

    // 2. Brightness without noise.
    parallel_simd const policy;
    auto const smooth = photo.view() | gray | gaussian5;
    image<std::uint8_t> const luma = to_image(policy, smooth);
    pages.write("tutorial-2.png", luma);

    // 3. What is bright.
    index_t const level = otsu(policy, smooth);
    bit_image const bright = to_bits(policy, smooth | threshold(level));
    std::cout << "level " << level << ", " << bright.popcount() << " bright pixels\n";
    pages.write("tutorial-3.png", bright);

    // 4. Without what is too thin or too small.
    bit_image const opened = opening(policy, bright, 2);
    bit_image const filled = fill_holes(policy, opened, 100);
    bit_image const cleaned = remove_small_components(policy, filled, 200);
    pages.write("tutorial-4.png", cleaned);

    // 5. The things in it, and how large and how bright they are.
    component_map const map = components(policy, cleaned);
    for (region_properties const& r : regionprops(policy, map, luma.view()))
        std::cout << r.area << " pixels at (" << r.centroid_x << ", " << r.centroid_y << "), mean " << r.intensity_mean
                  << '\n';
    image<std::uint32_t> const labels = label_image(policy, map);
    pages.write("tutorial-5.png", picture::shown(labels));

    // 6. Rectangles.
    segmentation const found =
        segment(policy, cleaned,
                {.method = segment_method::regularize, .regularize = {.max_edge_error = 3, .max_area_error = 0.05}});
    for (labeled_rect const& r : found.rectangles)
        std::cout << r.component << ": " << r.box.x << ", " << r.box.y << ", " << r.box.width << " x " << r.box.height
                  << '\n';
    pages.write("tutorial-6.png", picture::shown(found.rectangles, cleaned.size()));

    assert(map.components.size() == 3 && found.components.size() == 3);
    assert(found.area_error <= 0.05 && found.edge_error <= 3);
    std::filesystem::remove_all(folder);
}

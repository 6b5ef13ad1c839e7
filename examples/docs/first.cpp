// SPDX-License-Identifier: BSL-1.0
// A first program: a photograph through five filters in one pass, and its bright regions as rectangles.
#undef NDEBUG
#include <quoin/exec/parallel_simd.hpp>
#include <quoin/io.hpp>
#include <quoin/quoin.hpp>

#include <cassert>
#include <filesystem>

auto find_rectangles(std::filesystem::path const& photo, std::filesystem::path const& edges) {
    using namespace quoin;
    parallel_simd const policy;
    image<rgb8> const input = read_image<rgb8>(photo);

    auto const chain = input.view() | gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f);
    write_image(edges, to_image(policy, chain));

    auto const luma = input.view() | gray;
    bit_image const mask = to_bits(policy, luma | threshold(otsu(policy, luma)));
    return segment(policy, mask, {.min_area = 4, .method = segment_method::minimum}).rectangles;
}

int main() {
    auto const folder = std::filesystem::temp_directory_path() / "quoin-docs-first";
    std::filesystem::create_directories(folder);
    quoin::image<quoin::rgb8> scene(64, 48);
    auto const paint = [&](quoin::rect where) {
        for (quoin::index_t y = where.y; y < where.bottom(); ++y)
            for (quoin::index_t x = where.x; x < where.right(); ++x) scene(x, y) = {240, 230, 220};
    };
    paint({5, 5, 20, 10});  // an L: two rectangles
    paint({5, 15, 8, 20});  //
    paint({40, 20, 16, 9}); // one more
    paint({60, 2, 1, 3});   // a speck of three pixels
    quoin::write_image(folder / "photo.png", scene.view());

    auto const found = find_rectangles(folder / "photo.png", folder / "edges.png");
    assert(found.size() == 3);
    quoin::index_t area = 0;
    for (quoin::labeled_rect const& r : found) area += r.box.area();
    assert(area == 20 * 10 + 8 * 20 + 16 * 9);
    assert((found.back().box == quoin::rect{40, 20, 16, 9}) && found.back().component == 1);

    auto const edges = quoin::read_image<std::uint8_t>(folder / "edges.png");
    assert(edges.size() == scene.size());
    assert(edges(30, 40) == 0);  // flat ground has no edges
    assert(edges(13, 25) > 100); // the right side of the L's leg has one
    std::filesystem::remove_all(folder);
}

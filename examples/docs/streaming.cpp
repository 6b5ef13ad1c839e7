// SPDX-License-Identifier: BSL-1.0
// An image larger than memory: bands of rows from a PNM file, through a pipeline, into another PNM file.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/io/pnm_reader.hpp>
#include <quoin/io/pnm_writer.hpp>
#include <quoin/io/read_image.hpp>
#include <quoin/io/write_image.hpp>

#include <algorithm>
#include <cassert>
#include <filesystem>

using quoin::index_t;
using byte_image = quoin::image<std::uint8_t>;

// Each band is read with the rows above and below that the stages need: one for each of the two 3x3 stages.
void find_edges(std::filesystem::path const& from, std::filesystem::path const& to, index_t band) {
    constexpr index_t reach = 2;
    quoin::pnm_reader<std::uint8_t> in(from);
    quoin::pnm_writer<std::uint8_t> out(to, in.width(), in.height());
    byte_image lines(in.width(), band + 2 * reach), edges(in.width(), band + 2 * reach);
    index_t first = 0, end = 0; // the rows of the file that lie in `lines`
    while (out.rows_left() > 0) {
        index_t const y = in.height() - out.rows_left();
        index_t const wanted = std::max(index_t{0}, y - reach);
        for (index_t row = wanted; row < end; ++row) // those that the bands share move to the top
            std::copy_n(lines.view().row(row - first), in.width(), lines.view().row(row - wanted));
        first = wanted;
        index_t const fresh = std::min(in.height(), y + band + reach) - end;
        in.read_rows(subview(lines.view(), {0, end - first, in.width(), fresh}));
        end += fresh;

        quoin::rect const held{0, 0, in.width(), end - first};
        quoin::run(quoin::serial{}, subview(lines.view(), held) | quoin::gaussian3 | quoin::sobel_magnitude,
                   subview(edges.view(), held));
        index_t const done = std::min(band, out.rows_left());
        out.write_rows(subview(edges.view(), {0, y - first, in.width(), done}));
    }
    out.commit();
}

int main() {
    byte_image scene(61, 100);
    for (index_t y = 0; y < 100; ++y)
        for (index_t x = 0; x < 61; ++x)
            scene(x, y) = static_cast<std::uint8_t>((x / 9 + y / 7) % 2 * 200 + x);

    auto const folder = std::filesystem::temp_directory_path() / "quoin-docs-streaming";
    std::filesystem::create_directories(folder);
    quoin::write_image(folder / "scene.pgm", scene.view());

    // The same bytes as all at once, whatever the height of a band.
    auto const chain = scene.view() | quoin::gaussian3 | quoin::sobel_magnitude;
    auto const expected = quoin::to_image(quoin::serial{}, chain);
    for (index_t band : {1, 3, 32, 100, 500}) {
        find_edges(folder / "scene.pgm", folder / "edges.pgm", band);
        auto const edges = quoin::read_image<std::uint8_t>(folder / "edges.pgm");
        assert(edges.size() == expected.size());
        for (index_t y = 0; y < 100; ++y)
            for (index_t x = 0; x < 61; ++x) assert(edges(x, y) == expected(x, y));
    }
    std::filesystem::remove_all(folder);
}

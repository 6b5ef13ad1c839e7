// SPDX-License-Identifier: BSL-1.0
// TIFF: bands of any height are the rows of the whole image, of the first page and of others; both are read or neither.

#include "bands.hpp"
#include "bytes.hpp"

#include <quoin/io/image_reader.hpp>
#include <quoin/io/read_image.hpp>

#include <optional>

namespace {

constexpr quoin::index_t most_pixels = quoin::index_t{1} << 16;
constexpr quoin::read_limits limits{most_pixels, most_pixels * 64};

/// The page in bands; nothing where it is refused, or has more pixels than the limit.
template <class P>
std::optional<quoin::image<P>> in_bands(std::span<std::byte const> file, quoin::index_t page, unsigned heights) {
    try {
        quoin::image_reader<P> rows(file, "input", limits, page);
        fuzz::expect(page < rows.pages(), "a page was read that is not there");
        if (rows.width() > most_pixels / rows.height()) return {};
        quoin::image<P> result(rows.size());
        quoin::index_t const height = fuzz::for_each_band<P>(rows, heights, [&](quoin::index_t y, auto const& band) {
            for (quoin::index_t v = 0; v < band.height(); ++v)
                for (quoin::index_t x = 0; x < band.width(); ++x) result(x, y + v) = band(x, v);
        });
        fuzz::expect(height == result.height(), "there is another number of rows in bands");
        return result;
    } catch (quoin::io_error const&) {
        return {};
    }
}

template <class P>
void expect_equal(std::optional<quoin::image<P>> const& a, std::optional<quoin::image<P>> const& b) {
    fuzz::expect(a.has_value() == b.has_value(), "one way refused what another read");
    if (!a) return;
    fuzz::expect(a->size() == b->size(), "one way read another size");
    for (quoin::index_t y = 0; y < a->height(); ++y)
        for (quoin::index_t x = 0; x < a->width(); ++x)
            // A number that is none equals none.
            fuzz::expect((*a)(x, y) == (*b)(x, y) || !((*a)(x, y) == (*a)(x, y)), "one way read other pixels");
}

template <class P>
void check(fuzz::bytes in) {
    unsigned const heights = in.next();
    quoin::index_t const page = in.next() % 4;
    auto const file = in.rest();
    bool const tiff = file.size() > 8 && (file[0] == std::byte{'I'} || file[0] == std::byte{'M'}) && file[1] == file[0];
    if (!tiff) return;
    auto const bands = in_bands<P>(file, page, heights);
    expect_equal(bands, in_bands<P>(file, page, heights + 1));
    if (page != 0) return;
    std::optional<quoin::image<P>> whole;
    try {
        whole = quoin::read_image<P>(file, "input", limits);
    } catch (quoin::io_error const&) {
        // Beside the image it needs the memory of the bands: it may be refused where they are not.
        return;
    }
    expect_equal(whole, bands);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::bytes in(data, size);
    int const as = in.next() % 5;
    if (as == 0) check<std::uint8_t>(in);
    else if (as == 1) check<std::uint16_t>(in);
    else if (as == 2) check<quoin::rgba8>(in);
    else if (as == 3) check<float>(in);
    else check<quoin::rgba<std::uint32_t>>(in);
    return 0;
}

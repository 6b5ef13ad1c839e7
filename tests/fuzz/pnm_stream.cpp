// SPDX-License-Identifier: BSL-1.0
// The PNM stream: rows in bands of any height are the rows of the whole image, and a damaged file is refused the same.

#include "bands.hpp"
#include "bytes.hpp"

#include <quoin/io/pnm_reader.hpp>
#include <quoin/io/read_image.hpp>
#include <quoin/io/read_info.hpp>

#include <optional>

namespace {

constexpr quoin::index_t most_pixels = quoin::index_t{1} << 16;

template <class P>
void check(fuzz::bytes in) {
    unsigned const heights = in.next();
    auto const file = in.rest();
    std::optional<quoin::image<P>> whole;
    bool refused = false;
    try {
        whole = quoin::read_image<P>(file, "input", {most_pixels, most_pixels * 64});
    } catch (quoin::io_error const&) {
        refused = true;
    }
    try {
        quoin::pnm_reader<P> rows(file, "input");
        if (rows.width() > most_pixels / rows.height()) {
            fuzz::expect(refused, "an image beyond the limits was read");
            return;
        }
        quoin::index_t const y = fuzz::for_each_band<P>(rows, heights, [&](quoin::index_t top, auto const& band) {
            fuzz::expect(!whole || top + band.height() <= whole->height(), "there are more rows in bands");
            for (quoin::index_t v = 0; v < band.height() && whole; ++v)
                for (quoin::index_t x = 0; x < band.width(); ++x)
                    fuzz::expect(band(x, v) == (*whole)(x, top + v), "a band differs from the whole image");
        });
        fuzz::expect(whole.has_value(), "the bands were read, the whole image not");
        fuzz::expect(y == whole->height(), "there are fewer rows in bands");
    } catch (quoin::io_error const&) {
        bool const pnm = !refused && quoin::read_info(file).format == quoin::image_format::pnm;
        fuzz::expect(!pnm, "the whole image was read, the bands not");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::bytes in(data, size);
    int const as = in.next() % 4;
    if (as == 0) check<std::uint8_t>(in);
    else if (as == 1) check<std::uint16_t>(in);
    else if (as == 2) check<quoin::rgb8>(in);
    else check<quoin::rgb16>(in);
    return 0;
}

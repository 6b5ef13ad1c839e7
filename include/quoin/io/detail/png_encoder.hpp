// SPDX-License-Identifier: BSL-1.0
// Writes PNG through libpng, row by row.
#pragma once

#include <quoin/image/view.hpp>
#include <quoin/io/detail/byte_sink.hpp>
#include <quoin/io/detail/png_library.hpp>

#include <algorithm>
#include <limits>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// How a PNG is compressed.
struct png_effort {
    int filters;
    int level;
    int strategy; ///< of zlib
};

/// Flat areas and patterns of a few values, as in masks and drawings, repeat themselves, so that zlib's search for
/// repetitions pays. In photographs it costs most of the time and finds next to nothing but runs. Some rows decide.
template <concepts::view View>
png_effort png_effort_for(View const& view) {
    using P = typename View::pixel_type;
    constexpr index_t sampled = 64;
    constexpr std::size_t few = 16;
    constexpr int rle = 3; // Z_RLE
    constexpr int usual = 0;
    index_t const rows = std::min(view.height(), sampled);
    index_t equal = 0;
    std::vector<P> values;
    for (index_t i = 0; i < rows; ++i) {
        index_t const y = i * view.height() / rows;
        P last{};
        for (index_t x = 0; x < view.width(); ++x) {
            P const p = view.load(x, y);
            bool const repeated = x > 0 && p == last;
            last = p;
            if (repeated) ++equal;
            else if (values.size() <= few && std::find(values.begin(), values.end(), p) == values.end())
                values.push_back(p);
        }
    }
    bool const repeats = values.size() <= few || 2 * equal >= rows * view.width();
    return repeats ? png_effort{PNG_FILTER_UP, 4, usual} : png_effort{PNG_FILTER_SUB | PNG_FILTER_UP, 1, rle};
}

/// Writes a PNG row by row: 16-bit samples are big endian.
class png_encoder : libpng_user {
public:
    png_encoder(byte_sink file, std::string const& what, extent size, int channels, int depth, png_effort effort)
        : libpng_user(what, std::numeric_limits<index_t>::max()), file_(file), what_(what) {
        call([&] {
            create(png_create_write_struct_2);
            png_set_write_fn(
                png_, this,
                [](png_structp png, png_bytep bytes, std::size_t n) {
                    auto& self = *static_cast<png_encoder*>(png_get_io_ptr(png));
                    self.guard([&] { self.file_.write(bytes, n); });
                },
                [](png_structp) {});
            constexpr int color_types[] = {0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                                           PNG_COLOR_TYPE_RGB_ALPHA};
            png_set_IHDR(png_, png_info_, static_cast<png_uint_32>(size.width), static_cast<png_uint_32>(size.height),
                         depth, color_types[channels], PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
                         PNG_FILTER_TYPE_BASE);
            png_set_filter(png_, PNG_FILTER_TYPE_BASE, effort.filters);
            png_set_compression_level(png_, effort.level);
            png_set_compression_strategy(png_, effort.strategy);
            png_set_compression_buffer_size(png_, std::size_t{1} << 16); // of a chunk
            png_write_info(png_, png_info_);
        });
    }

    void write(unsigned char const* row) {
        call([&] { png_write_row(png_, row); });
    }

    /// Behind the last row.
    void finish() {
        call([&] { png_write_end(png_, png_info_); });
    }

private:
    template <class F>
    void call(F const& f) {
        if (!run(f)) raise<io_error>(what_, ": libpng cannot encode the pixels: ", reason());
    }

    byte_sink file_;
    std::string what_;
};

} // namespace detail

QUOIN_NAMESPACE_END

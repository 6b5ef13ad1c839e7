// SPDX-License-Identifier: BSL-1.0
// Encodes rows of samples as PNG, JPEG, BMP and TGA.
#pragma once

#include <quoin/io/detail/byte_sink.hpp>
#include <quoin/io/detail/png.hpp>
#include <quoin/io/detail/stb.hpp>

#include <cstdlib>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Filters one PNG row of `size` bytes with filter `kind` (0 to 4) into out. `up` is the row above, or zeros for the
/// first.
inline void filter_png_row(int kind, unsigned char const* row, unsigned char const* up, std::size_t size,
                           std::size_t step, unsigned char* out) {
    auto const each = [&](auto predict) {
        for (std::size_t i = 0; i < step; ++i) out[i] = static_cast<unsigned char>(row[i] - predict(0, up[i], 0));
        for (std::size_t i = step; i < size; ++i)
            out[i] = static_cast<unsigned char>(row[i] - predict(row[i - step], up[i], up[i - step]));
    };
    switch (kind) {
    case 0: return each([](int, int, int) { return 0; });
    case 1: return each([](int left, int, int) { return left; });
    case 2: return each([](int, int above, int) { return above; });
    case 3: return each([](int left, int above, int) { return (left + above) / 2; });
    default:
        return each([](int left, int above, int corner) {
            int const a = std::abs(above - corner);
            int const b = std::abs(left - corner);
            int const c = std::abs(left + above - 2 * corner);
            return a <= b && a <= c ? left : b <= c ? above : corner;
        });
    }
}

/// Writes a PNG. `samples` holds height rows of width x channels samples of `depth` bits; 16-bit samples are big
/// endian.
inline void write_png(byte_sink file, std::string const& what, unsigned char const* samples, extent size, int channels,
                      int depth) {
    std::size_t const step = static_cast<std::size_t>(channels * depth / 8);
    std::size_t const row = static_cast<std::size_t>(size.width) * step;
    std::size_t const rows = static_cast<std::size_t>(size.height);
    png_bytes filtered((row + 1) * rows);
    png_bytes const nothing(row);
    png_bytes candidate(row);
    for (std::size_t y = 0; y < rows; ++y) {
        unsigned char const* const above = y ? samples + (y - 1) * row : nothing.data();
        unsigned char* const out = filtered.data() + y * (row + 1);
        long long best = std::numeric_limits<long long>::max();
        for (int kind = 0; kind < 5; ++kind) {
            // The usual heuristic for compression: the smallest sum of absolute differences.
            filter_png_row(kind, samples + y * row, above, row, step, candidate.data());
            long long sum = 0;
            for (unsigned char const d : candidate) sum += d < 128 ? d : 256 - d;
            if (sum >= best) continue;
            best = sum;
            out[0] = static_cast<unsigned char>(kind);
            std::memcpy(out + 1, candidate.data(), row);
        }
    }
    auto const put_chunk = [&](char const* type, void const* content, std::size_t length) {
        png_bytes head;
        put_big_endian(head, static_cast<std::uint32_t>(length));
        head.insert(head.end(), type, type + 4);
        png_bytes tail;
        put_big_endian(tail, crc32(crc32(0, type, 4), content, length));
        file.write(head.data(), head.size());
        file.write(content, length);
        file.write(tail.data(), tail.size());
    };
    constexpr unsigned char color_types[] = {0, 0, 4, 2, 6};
    png_bytes header;
    put_big_endian(header, static_cast<std::uint32_t>(size.width));
    put_big_endian(header, static_cast<std::uint32_t>(size.height));
    header.insert(header.end(), {static_cast<unsigned char>(depth), color_types[channels], 0, 0, 0});
    file.write(png_signature.data(), png_signature.size());
    put_chunk("IHDR", header.data(), header.size());
    {
        stb_memory memory(what, std::numeric_limits<index_t>::max());
        int length = 0;
        constexpr int quality = 5;
        void const* const compressed =
            stb::stbi_zlib_compress(filtered.data(), static_cast<int>(filtered.size()), &length, quality);
        put_chunk("IDAT", compressed, static_cast<std::size_t>(length));
    }
    put_chunk("IEND", "", 0);
}

/// Writes 8-bit samples through stb's own writers.
inline void write_with_stb(byte_sink file, std::string const& what, image_format format, unsigned char const* samples,
                           extent size, int channels, int jpeg_quality) {
    stb_memory memory(what, std::numeric_limits<index_t>::max());
    auto const write = [](void* to, void* data, int bytes) {
        static_cast<byte_sink*>(to)->write(data, static_cast<std::size_t>(bytes));
    };
    int const width = static_cast<int>(size.width);
    int const height = static_cast<int>(size.height);
    int done = 0;
    if (format == image_format::jpeg)
        done = stb::stbi_write_jpg_to_func(write, &file, width, height, channels, samples, jpeg_quality);
    else if (format == image_format::bmp)
        done = stb::stbi_write_bmp_to_func(write, &file, width, height, channels, samples);
    else done = stb::stbi_write_tga_to_func(write, &file, width, height, channels, samples);
    if (!done) raise<io_error>(what, ": ", width, " x ", height, " pixels cannot be encoded as ", to_string(format));
}

} // namespace detail

QUOIN_NAMESPACE_END

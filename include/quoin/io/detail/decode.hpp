// SPDX-License-Identifier: BSL-1.0
// Decodes PNG, JPEG, BMP and TGA through stb: recognizes the format, checks the limits, and reads the samples.
#pragma once

#include <quoin/io/detail/bmp.hpp>
#include <quoin/io/detail/jpeg.hpp>
#include <quoin/io/detail/png.hpp>
#include <quoin/io/detail/pnm_header.hpp>
#include <quoin/io/detail/stb.hpp>
#include <quoin/io/read_limits.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// TGA has no signature. A header is accepted only if every field that can be wrong is valid.
inline bool looks_like_tga(unsigned char const* h) {
    bool const mapped = h[1] == 1;
    int const kind = h[2] & ~8; // 8: run-length encoded
    return h[1] <= 1 && (mapped ? kind == 1 : kind == 2 || kind == 3) && h[2] < 12 && little_endian(h + 12, 2) != 0 &&
           little_endian(h + 14, 2) != 0 && (h[16] == 8 || h[16] == 15 || h[16] == 16 || h[16] == 24 || h[16] == 32);
}

/// Recognizes the format by the content of the file, not by its name.
inline image_format recognize(input const& in) {
    auto const head = in.peek();
    auto const* h = reinterpret_cast<unsigned char const*>(head.data());
    if (head.empty()) in.fail("is empty; expected a PNG, JPEG, BMP, TGA or PNM file");
    if (head.size() >= 8 && std::memcmp(h, png_signature.data(), 8) == 0) return image_format::png;
    if (head.size() >= 3 && h[0] == 0xFF && h[1] == 0xD8 && h[2] == 0xFF) return image_format::jpeg;
    if (head.size() >= 2 && h[0] == 'B' && h[1] == 'M') return image_format::bmp;
    if (head.size() >= 3 && h[0] == 'P' && h[1] >= '1' && h[1] <= '6' && (is_space(h[2]) || h[2] == '#'))
        return image_format::pnm;
    if (head.size() >= 18 && looks_like_tga(h)) return image_format::tga;
    std::string bytes;
    for (std::size_t i = 0; i < head.size() && i < 8; ++i) {
        constexpr char digits[] = "0123456789abcdef";
        bytes += {' ', digits[h[i] >> 4], digits[h[i] & 15]};
    }
    in.fail("is not a PNG, JPEG, BMP, TGA or PNM file: it starts with the bytes", bytes,
            "; convert it to one of these");
}

/// Feeds stb from an input, and throws as soon as stb asks for more bytes than there are.
struct stb_stream {
    input& in;
    image_format format;
    std::vector<unsigned char> head = {};
    std::size_t taken = 0;
    char* refilled = nullptr;

    explicit stb_stream(input& source, image_format f) : in(source), format(f) {
        if (format == image_format::bmp) head = read_bmp_head(in);
    }

    static int read(void* self, char* to, int size) {
        auto& s = *static_cast<stb_stream*>(self);
        std::size_t const wanted = static_cast<std::size_t>(size);
        std::size_t const first = std::min(wanted, s.head.size() - s.taken);
        if (first) std::memcpy(to, s.head.data() + s.taken, first);
        s.taken += first;
        std::size_t const got = first + s.in.read(to + first, wanted - first);
        // The first call fills stb's own buffer. A later call for that buffer may return fewer bytes. Any other call
        // needs all bytes that it asks for.
        if (!s.refilled) s.refilled = to;
        if (got == 0 || (got < wanted && to != s.refilled)) s.in.truncated(s.part(), wanted, got);
        return static_cast<int>(got);
    }

    static void skip(void* self, int size) {
        auto& s = *static_cast<stb_stream*>(self);
        std::size_t const wanted = static_cast<std::size_t>(size);
        std::size_t const first = std::min(wanted, s.head.size() - s.taken);
        s.taken += first;
        s.in.skip(wanted - first, s.part());
    }

    static int eof(void* self) {
        auto& s = *static_cast<stb_stream*>(self);
        return s.taken == s.head.size() && s.in.at_end();
    }

    char const* part() const {
        return format == image_format::jpeg  ? "the JPEG's data"
               : format == image_format::bmp ? "the BMP's data"
                                             : "the TGA's data";
    }
};

/// Reads the header of a file of any format. Afterwards the input is at some position behind the header.
inline image_info read_header(input& in, image_format format) {
    if (format == image_format::png) return read_png(in);
    if (format == image_format::jpeg) return read_jpeg(in, false);
    if (format == image_format::pnm) return read_pnm_header(in).info();
    stb_memory memory(in.what(), index_t{1} << 20);
    stb_stream stream(in, format);
    stb::stbi_io_callbacks const callbacks{stb_stream::read, stb_stream::skip, stb_stream::eof};
    int width = 0;
    int height = 0;
    int channels = 0;
    if (!stb::stbi_info_from_callbacks(&callbacks, &stream, &width, &height, &channels))
        in.fail("is not a readable ", to_string(format), ": its header is damaged, or of a kind that is not supported");
    // A BMP with a negative height has its rows from the top. A width that does not fit an int arrives negative.
    image_info const info{
        static_cast<std::uint32_t>(width), height < 0 ? -index_t{height} : index_t{height}, channels, 8, 255, format};
    if (info.size().empty()) in.fail("holds ", info.width, " x ", info.height, " pixels; expected at least 1 x 1");
    return info;
}

/// Rejects images that exceed the limits or that stb cannot address. Returns the bytes left for decoding.
inline index_t check_limits(input const& in, image_info const& info, index_t pixel_bytes, read_limits const& limits) {
    if (info.width > limits.max_pixels / info.height)
        in.fail("holds ", info.width, " x ", info.height, " pixels, but the limit is ", limits.max_pixels,
                "; raise read_limits::max_pixels if the file is trusted");
    bool const whole = info.format != image_format::pnm;
    index_t const decoded = whole ? info.channels * (info.bits / 8) : 0;
    if (info.size().area() > limits.max_bytes / (pixel_bytes + decoded))
        in.fail("takes ", info.width, " x ", info.height, " pixels of ", pixel_bytes + decoded,
                " bytes to decode, but the limit is ", limits.max_bytes,
                " bytes; raise read_limits::max_bytes if the file is trusted");
    constexpr index_t side = index_t{1} << 24;
    if (whole && (info.width > side || info.height > side || info.size().area() > INT_MAX / decoded))
        in.fail("holds ", info.width, " x ", info.height, " pixels of ", decoded, " bytes; a ", to_string(info.format),
                " is decoded up to ", side, " a side and ", INT_MAX, " bytes: store it as PNM");
    return limits.max_bytes - info.size().area() * pixel_bytes;
}

struct samples_in_memory {
    void const* data;
    int channels;
};

/// Decodes the image that read_header described. `memory` owns the samples.
inline samples_in_memory decode(input& in, image_info const& info, index_t budget, std::optional<stb_memory>& memory) {
    in.rewind();
    int width = 0;
    int height = 0;
    int channels = 0;
    void const* data = nullptr;
    if (info.format == image_format::png) {
        png_bytes verified;
        read_png(in, &verified, budget);
        memory.emplace(in.what(), budget - static_cast<index_t>(verified.size()));
        int const size = static_cast<int>(verified.size());
        if (info.bits == 16) data = stb::stbi_load_16_from_memory(verified.data(), size, &width, &height, &channels, 0);
        else data = stb::stbi_load_from_memory(verified.data(), size, &width, &height, &channels, 0);
    } else {
        if (info.format == image_format::jpeg) {
            read_jpeg(in, true);
            in.rewind();
        }
        memory.emplace(in.what(), budget);
        stb_stream stream(in, info.format);
        stb::stbi_io_callbacks const callbacks{stb_stream::read, stb_stream::skip, stb_stream::eof};
        data = stb::stbi_load_from_callbacks(&callbacks, &stream, &width, &height, &channels, 0);
    }
    if (!data)
        in.fail("is a damaged ", to_string(info.format), ": ", stb::stbi_failure_reason(),
                "; copy or download it again");
    if (width != info.width || height != info.height)
        in.fail("decodes to ", width, " x ", height, " pixels, but its header says ", info.width, " x ", info.height);
    return {data, channels};
}

} // namespace detail

QUOIN_NAMESPACE_END

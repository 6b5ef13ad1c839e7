// SPDX-License-Identifier: BSL-1.0
// TIFF and BigTIFF through libtiff, row by row.
#pragma once

#include <quoin/io/detail/bytes.hpp>
#include <quoin/io/detail/input.hpp>
#include <quoin/io/detail/row_decoder.hpp>

#include <cstdarg>
#include <cstdio>
#include <string_view>

#include <tiffio.h>

QUOIN_NAMESPACE_BEGIN

namespace detail {

struct close_tiff {
    void operator()(TIFF* t) const { TIFFClose(t); }
};
using tiff_handle = std::unique_ptr<TIFF, close_tiff>;

/// libtiff's last error. It is told here and not on stderr. Of warnings only those count that mean lost pixels.
struct tiff_error {
    std::string text;

    static int tell(TIFF*, void* self, char const*, char const* format, std::va_list values) {
        char line[256];
        std::vsnprintf(line, sizeof line, format, values);
        static_cast<tiff_error*>(self)->text = line;
        return 1;
    }
    static int warn(TIFF* tiff, void* self, char const* module, char const* format, std::va_list values) {
        // Of two things that JPEG and Fax decoders warn of, all pixels are there.
        std::string_view const from = module ? module : "";
        if (from != "JPEGLib" && from != "PackBitsDecode" && !from.starts_with("Fax")) return 1;
        std::string& text = static_cast<tiff_error*>(self)->text;
        std::string const before = text;
        tell(tiff, self, module, format, values);
        if (text.find("extraneous bytes") != std::string::npos || text.starts_with("Line length")) text = before;
        return 1;
    }
};

/// Opens a TIFF whose bytes the functions read or write.
inline tiff_handle open_tiff(char const* mode, index_t most_memory, void* self, tiff_error& error,
                             TIFFReadWriteProc read, TIFFReadWriteProc write, TIFFSeekProc seek, TIFFSizeProc size) {
    TIFFOpenOptions* const options = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, static_cast<tmsize_t>(most_memory)); // 0: no limit
    TIFFOpenOptionsSetErrorHandlerExtR(options, tiff_error::tell, &error);
    TIFFOpenOptionsSetWarningHandlerExtR(options, tiff_error::warn, &error);
    tiff_handle opened(TIFFClientOpenExt(
        "", mode, self, read, write, seek, [](thandle_t) { return 0; }, size, nullptr, nullptr, options));
    TIFFOpenOptionsFree(options);
    return opened;
}

/// A page of a TIFF. Tiles and the strips of separate planes are read in bands, and so are those of PackBits, whose
/// runs may pass the ends of rows; other strips row by row.
class tiff_rows : public row_decoder {
public:
    tiff_rows(input& in, index_t page, index_t most_memory) : in_(in) {
        if (!in.size()) in.fail("is a TIFF, which is read from a regular file or from memory; store it first");
        in.rewind();
        // m: not mapped; libtiff would read past the end of a file that becomes shorter.
        tiff_ = open_tiff("rm", most_memory, this, error_, read, write, seek, size);
        if (!tiff_) fail("the header");
        if (page < 0 || page > 65535 || !TIFFSetDirectory(tiff_.get(), static_cast<tdir_t>(page)))
            in_.fail("has no page ", page, "; the first is 0", reason());
        read_page();
    }

    image_info info() const override { return info_; }

    /// How many pages the file has. It reads them all; call it before next().
    index_t pages() {
        tdir_t const here = TIFFCurrentDirectory(tiff_.get());
        index_t const count = std::max<index_t>(1, TIFFNumberOfDirectories(tiff_.get()));
        TIFFSetDirectory(tiff_.get(), here);
        read_page(); // the colors that are asked of a JPEG are forgotten
        return count;
    }

    /// Bytes that reading takes beside a row of samples: a tile, a band.
    index_t memory() const { return static_cast<index_t>(unit_bytes()) + static_cast<index_t>(band_bytes()); }

    void next(void* samples) override {
        if (unit_.empty()) prepare();
        unsigned char const* const packed = row(y_);
        auto const count = static_cast<std::size_t>(info_.width) * file_channels_;
        switch (bits_) {
        case 8:
            store(packed, static_cast<std::uint8_t*>(samples));
            break;
        case 16:
            store(reinterpret_cast<std::uint16_t const*>(packed), static_cast<std::uint16_t*>(samples));
            break;
        case 32:
            if (info_.floating) store(reinterpret_cast<float const*>(packed), static_cast<float*>(samples));
            else store(reinterpret_cast<std::uint32_t const*>(packed), static_cast<std::uint32_t*>(samples));
            break;
        default: {
            unpacked_.resize(count);
            for (std::size_t i = 0; i < count; ++i) unpacked_[i] = bits_at(packed, i * static_cast<std::size_t>(bits_));
            if (info_.bits == 8) store(unpacked_.data(), static_cast<std::uint8_t*>(samples));
            else store(unpacked_.data(), static_cast<std::uint16_t*>(samples));
        }
        }
        ++y_;
    }

private:
    static tmsize_t read(thandle_t self, void* to, tmsize_t bytes) noexcept {
        try {
            return static_cast<tmsize_t>(static_cast<tiff_rows*>(self)->in_.read(to, static_cast<std::size_t>(bytes)));
        } catch (...) {
            return -1;
        }
    }
    static tmsize_t write(thandle_t, void*, tmsize_t) noexcept { return -1; }
    static toff_t seek(thandle_t self, toff_t offset, int whence) noexcept {
        auto& in = static_cast<tiff_rows*>(self)->in_;
        index_t const from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? in.position() : *in.size();
        index_t const to = from + static_cast<index_t>(offset);
        return to >= 0 && in.seek(to) ? static_cast<toff_t>(to) : static_cast<toff_t>(-1);
    }
    static toff_t size(thandle_t self) noexcept {
        return static_cast<toff_t>(*static_cast<tiff_rows*>(self)->in_.size());
    }

    std::string reason() const { return error_.text.empty() ? "" : " (" + error_.text + ")"; }
    [[noreturn]] void fail(char const* part) const {
        if (error_.text.find("upported") != std::string::npos) // libtiff's "Unsupported ...", "... not supported"
            in_.fail("is a TIFF that the linked libtiff does not read", reason(), "; convert it to a PNG");
        in_.fail("is a TIFF that is damaged or ends early in ", part, reason(), "; copy or download it again");
    }
    [[noreturn]] void refuse(std::string const& feature) const {
        in_.fail("is a TIFF with ", feature, ", which is not read; convert it to gray or RGB of 8, 16 or 32 bits");
    }

    template <class T>
    T field(std::uint32_t tag, T otherwise) const {
        T value = otherwise;
        return TIFFGetFieldDefaulted(tiff_.get(), tag, &value) ? value : otherwise;
    }

    void read_page() {
        info_.format = image_format::tiff;
        info_.width = field<std::uint32_t>(TIFFTAG_IMAGEWIDTH, 0);
        info_.height = field<std::uint32_t>(TIFFTAG_IMAGELENGTH, 0);
        if (info_.size().empty())
            in_.fail("holds ", info_.width, " x ", info_.height, " pixels; expected at least 1 x 1");
        int const turn = field<std::uint16_t>(TIFFTAG_ORIENTATION, 1);
        info_.orientation = turn >= 1 && turn <= 8 ? turn : 1;
        bits_ = field<std::uint16_t>(TIFFTAG_BITSPERSAMPLE, 1);
        file_channels_ = field<std::uint16_t>(TIFFTAG_SAMPLESPERPIXEL, 1);
        planes_ = field<std::uint16_t>(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE;
        std::uint16_t const compression = field<std::uint16_t>(TIFFTAG_COMPRESSION, COMPRESSION_NONE);
        if (!TIFFIsCODECConfigured(compression))
            refuse("the compression " + std::to_string(compression) + ", which this libtiff was built without");
        whole_strips_ = !TIFFIsTiled(tiff_.get()) && (planes_ || compression == COMPRESSION_PACKBITS);
        read_colors(field<std::uint16_t>(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK), compression);
        read_depth(field<std::uint16_t>(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT));
    }

    void read_colors(int photometric, int compression) {
        std::uint16_t extras = 0;
        std::uint16_t const* kinds = nullptr;
        TIFFGetFieldDefaulted(tiff_.get(), TIFFTAG_EXTRASAMPLES, &extras, &kinds);
        int colors = 1;
        switch (photometric) {
        case PHOTOMETRIC_MINISWHITE:
            inverted_ = true;
            break;
        case PHOTOMETRIC_MINISBLACK:
            break;
        case PHOTOMETRIC_RGB:
            colors = 3;
            break;
        case PHOTOMETRIC_PALETTE:
            read_palette();
            break;
        case PHOTOMETRIC_YCBCR:
            if (compression != COMPRESSION_JPEG) refuse("YCbCr colors that are no JPEG");
            TIFFSetField(tiff_.get(), TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
            colors = 3;
            break;
        case PHOTOMETRIC_SEPARATED:
            refuse("inks (CMYK)");
        default:
            refuse("colors of the kind " + std::to_string(photometric));
        }
        // A file may speak of an extra sample that its pixels lack.
        bool const alpha =
            extras > 0 && kinds[0] != EXTRASAMPLE_UNSPECIFIED && file_channels_ > static_cast<std::size_t>(colors);
        if (file_channels_ < static_cast<std::size_t>(colors) || file_channels_ > 16 ||
            (!palette_.empty() && file_channels_ != 1))
            refuse(std::to_string(file_channels_) + " channels in one page");
        if (colors == 1 && file_channels_ > 1 && !alpha)
            refuse(std::to_string(file_channels_) + " channels in one page, none of which is alpha");
        info_.channels = palette_.empty() ? colors + (alpha ? 1 : 0) : 3;
    }

    void read_palette() {
        std::uint16_t* colors[3] = {};
        if (bits_ > 8 || !TIFFGetField(tiff_.get(), TIFFTAG_COLORMAP, &colors[0], &colors[1], &colors[2]))
            refuse("a palette for " + std::to_string(bits_) + " bits");
        // Many writers store bytes in these 16 bits: as the upper one, or as they are.
        palette_.resize(std::size_t{1} << bits_);
        std::uint32_t any = 0, any_low = 0;
        for (auto const* channel : colors)
            for (std::size_t i = 0; i < palette_.size(); ++i) any |= channel[i], any_low |= channel[i] & 255u;
        auto const byte = [&](std::uint16_t v) {
            return any < 256      ? static_cast<std::uint8_t>(v)
                   : any_low == 0 ? static_cast<std::uint8_t>(v >> 8)
                                  : scaled_to_byte(v, 65535);
        };
        for (std::size_t i = 0; i < palette_.size(); ++i)
            palette_[i] = {byte(colors[0][i]), byte(colors[1][i]), byte(colors[2][i]), 255};
    }

    void read_depth(int format) {
        bool const integers = format == SAMPLEFORMAT_UINT || format == SAMPLEFORMAT_VOID;
        info_.floating = format == SAMPLEFORMAT_IEEEFP;
        if (!integers && !info_.floating)
            refuse(format == SAMPLEFORMAT_INT ? "signed integers" : "samples of the format " + std::to_string(format));
        if (info_.floating ? bits_ != 32 : bits_ < 1 || (bits_ > 16 && bits_ != 32))
            refuse(std::to_string(bits_) + (info_.floating ? "-bit floating-point numbers" : " bits a sample"));
        info_.bits = bits_ <= 8 ? 8 : bits_ <= 16 ? 16 : 32;
        // Fewer than 8 bits are expanded to 8; from 9 to 15 they stay as they are.
        info_.maxval = info_.floating ? 1 : bits_ < 8 ? 255 : (index_t{1} << bits_) - 1;
    }

    /// Rows of a tile or of a strip; 1 where scan lines are read.
    index_t unit_rows() const {
        if (TIFFIsTiled(tiff_.get())) return field<std::uint32_t>(TIFFTAG_TILELENGTH, 0);
        return whole_strips_ ? std::min<index_t>(field<std::uint32_t>(TIFFTAG_ROWSPERSTRIP, 1), info_.height) : 1;
    }
    std::size_t row_bytes(std::size_t channels) const {
        return (static_cast<std::size_t>(info_.width) * channels * static_cast<std::size_t>(bits_) + 7) / 8;
    }
    std::size_t band_bytes() const {
        return static_cast<std::size_t>(unit_rows()) * row_bytes(planes_ ? 1 : file_channels_) *
               (planes_ ? file_channels_ : 1);
    }

    std::size_t unit_bytes() const {
        return static_cast<std::size_t>(TIFFIsTiled(tiff_.get()) ? TIFFTileSize(tiff_.get())
                                        : whole_strips_          ? TIFFStripSize(tiff_.get())
                                                                 : TIFFScanlineSize(tiff_.get()));
    }

    void prepare() {
        error_.text.clear(); // of other pages, or of tags that are not needed
        unit_.resize(unit_bytes());
        band_rows_ = unit_rows();
        bool const scan_lines = !whole_strips_ && !TIFFIsTiled(tiff_.get());
        if (unit_.empty() || band_rows_ < 1 || (scan_lines && unit_.size() < row_bytes(file_channels_)))
            fail("the sizes of its parts");
        if (!scan_lines) band_.resize(band_bytes());
        if (planes_) joined_.resize(row_bytes(file_channels_));
    }

    /// Some decoders go on behind what they cannot decode, and call it read.
    void check_pixels() const {
        if (!error_.text.empty()) fail("its pixels");
    }

    /// The packed samples of row y, all channels of a pixel together.
    unsigned char const* row(index_t y) {
        if (band_.empty()) {
            if (TIFFReadScanline(tiff_.get(), unit_.data(), static_cast<std::uint32_t>(y)) < 0) fail("its pixels");
            check_pixels();
            return unit_.data();
        }
        if (y % band_rows_ == 0) read_band(y);
        std::size_t const one = row_bytes(planes_ ? 1 : file_channels_);
        auto const line = static_cast<std::size_t>(y % band_rows_);
        if (!planes_) return &band_[line * one];
        if (bits_ % 8 != 0) refuse("separate planes of " + std::to_string(bits_) + " bits");
        auto const bytes = static_cast<std::size_t>(bits_) / 8;
        for (std::size_t c = 0; c < file_channels_; ++c) {
            unsigned char const* const plane = &band_[(c * static_cast<std::size_t>(band_rows_) + line) * one];
            for (std::size_t x = 0; x < static_cast<std::size_t>(info_.width); ++x)
                std::memcpy(&joined_[(x * file_channels_ + c) * bytes], plane + x * bytes, bytes);
        }
        return joined_.data();
    }

    void read_band(index_t y) {
        std::size_t const one = row_bytes(planes_ ? 1 : file_channels_);
        auto const rows = static_cast<std::size_t>(std::min(band_rows_, info_.height - y));
        for (std::size_t c = 0; c < (planes_ ? file_channels_ : 1); ++c) {
            unsigned char* const plane = &band_[c * static_cast<std::size_t>(band_rows_) * one];
            auto const sample = static_cast<std::uint16_t>(c);
            auto const top = static_cast<std::uint32_t>(y);
            if (!TIFFIsTiled(tiff_.get())) {
                std::uint32_t const strip = TIFFComputeStrip(tiff_.get(), top, sample);
                tmsize_t const got =
                    TIFFReadEncodedStrip(tiff_.get(), strip, unit_.data(), static_cast<tmsize_t>(unit_.size()));
                if (got < 0 || static_cast<std::size_t>(got) < rows * one) fail("its pixels");
                check_pixels();
                std::memcpy(plane, unit_.data(), rows * one);
                continue;
            }
            std::uint32_t const tile_width = field<std::uint32_t>(TIFFTAG_TILEWIDTH, 0);
            auto const tile_row = static_cast<std::size_t>(TIFFTileRowSize(tiff_.get()));
            for (index_t x = 0; x < info_.width; x += tile_width) {
                std::uint32_t const tile = TIFFComputeTile(tiff_.get(), static_cast<std::uint32_t>(x), top, 0, sample);
                tmsize_t const got =
                    TIFFReadEncodedTile(tiff_.get(), tile, unit_.data(), static_cast<tmsize_t>(unit_.size()));
                if (got < 0 || static_cast<std::size_t>(got) < rows * tile_row) fail("its pixels");
                check_pixels();
                // The width of a tile is a multiple of 16, so that it begins at a byte.
                std::size_t const at =
                    static_cast<std::size_t>(x) * (planes_ ? 1 : file_channels_) * static_cast<std::size_t>(bits_) / 8;
                std::size_t const part = std::min(tile_row, one - at);
                for (std::size_t r = 0; r < rows; ++r) std::memcpy(plane + r * one + at, &unit_[r * tile_row], part);
            }
        }
    }

    /// The sample that begins at a bit, the first bits of a byte first.
    std::uint16_t bits_at(unsigned char const* packed, std::size_t at) const {
        std::uint32_t value = 0;
        int taken = 0;
        for (std::size_t byte = at / 8; taken < bits_ + static_cast<int>(at % 8); ++byte, taken += 8)
            value = value << 8 | packed[byte];
        return static_cast<std::uint16_t>(value >> (taken - static_cast<int>(at % 8) - bits_) & ((1u << bits_) - 1));
    }

    /// Stores the channels that the result has: colors of a palette, white where 0 was, fewer than 8 bits as 8.
    template <class From, class To>
    void store(From const* from, To* to) const {
        auto const width = static_cast<std::size_t>(info_.width);
        auto const channels = static_cast<std::size_t>(info_.channels);
        if (!palette_.empty()) {
            if constexpr (std::same_as<To, std::uint8_t>)
                for (std::size_t x = 0; x < width; ++x, to += 3)
                    std::copy_n(palette_[static_cast<std::size_t>(from[x])].begin(), 3, to);
            return;
        }
        for (std::size_t x = 0; x < width; ++x, from += file_channels_, to += channels)
            for (std::size_t c = 0; c < channels; ++c) {
                if constexpr (std::floating_point<To>) {
                    to[c] = from[c];
                } else {
                    std::uint32_t v = from[c];
                    if (bits_ < 8) v = scaled_to_byte(v, (1u << bits_) - 1);
                    if (inverted_ && c == 0) v = static_cast<std::uint32_t>(info_.maxval) - v;
                    to[c] = static_cast<To>(v);
                }
            }
    }

    input& in_;
    tiff_error error_;
    tiff_handle tiff_;
    image_info info_;
    int bits_ = 0; ///< of a sample in the file
    std::size_t file_channels_ = 0;
    bool planes_ = false;
    bool whole_strips_ = false;
    bool inverted_ = false;
    std::vector<rgba_bytes> palette_;
    std::vector<unsigned char> unit_; ///< a scan line, a strip or a tile
    std::vector<unsigned char> band_; ///< rows of a band, plane by plane where there are planes
    std::vector<unsigned char> joined_;
    std::vector<std::uint16_t> unpacked_;
    index_t band_rows_ = 1;
    index_t y_ = 0;
};

} // namespace detail

QUOIN_NAMESPACE_END

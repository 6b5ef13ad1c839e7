// SPDX-License-Identifier: BSL-1.0
// tiff_writer: writes a TIFF row by row, for results larger than memory. Needs libtiff (quoin::tiff).
#pragma once

#include <quoin/io/atomic_file.hpp>
#include <quoin/io/detail/samples.hpp>
#include <quoin/io/detail/tiff.hpp>

#include <vector>

QUOIN_NAMESPACE_BEGIN

/// How the strips of a TIFF are compressed, always without loss.
enum class tiff_compression { none, lzw, deflate, zstd };

/// Writes a TIFF of one page: gray, rgb or rgba (alpha is not multiplied into colors) of 8, 16 or 32 unsigned bits or
/// float, in strips of about 64 KiB, as a BigTIFF where the pixels take 4 GB or more. commit(), called after the last
/// row, makes the file appear or replaces an older one. Without it no file is left (see atomic_file).
///     tiff_writer<std::uint32_t> out("labels.tif", width, height);
///     for (...) out.write_rows(band);
///     out.commit();
/// Memory: a strip.
/// @throws io_error, which names the file and the reason, and invalid_argument for an empty extent.
template <class P>
class tiff_writer {
    static_assert(concepts::file_pixel<P>,
                  "quoin::tiff_writer: a TIFF has no pixels of this type here; write gray, rgb or rgba of 8, 16 or 32 "
                  "unsigned bits or of float");
    using T = channel_t<P>;

public:
    tiff_writer(std::filesystem::path path, index_t width, index_t height,
                tiff_compression compression = tiff_compression::deflate, char const* operation = "quoin::tiff_writer")
        : size_{width, height}, what_(std::string(operation) + ": " + path.string()),
          file_(std::make_unique<atomic_file>((check(operation, size_), std::move(path)), operation)),
          row_(static_cast<std::size_t>(width) * channels_v<P>) {
        index_t const row_bytes = width * channels_v<P> * index_t{sizeof(T)};
        constexpr index_t classic = 4'000'000'000; // offsets of 32 bits, with room for the rest
        bool const big = row_bytes > classic / height;
        tiff_ = detail::open_tiff(big ? "w8m" : "wm", 0, file_->stream(), error_, read, write, seek, size);
        if (!tiff_) fail();
        static constexpr std::uint16_t schemes[] = {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE,
                                                    COMPRESSION_ZSTD};
        std::uint16_t const scheme = schemes[static_cast<int>(compression)];
        if (!TIFFIsCODECConfigured(scheme))
            detail::raise<io_error>(what_, ": this libtiff was built without the compression ", scheme,
                                    "; give another tiff_compression");
        set(TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(width));
        set(TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(height));
        set(TIFFTAG_BITSPERSAMPLE, static_cast<int>(8 * sizeof(T)));
        set(TIFFTAG_SAMPLESPERPIXEL, int{channels_v<P>});
        set(TIFFTAG_SAMPLEFORMAT, std::floating_point<T> ? SAMPLEFORMAT_IEEEFP : SAMPLEFORMAT_UINT);
        set(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
        set(TIFFTAG_PHOTOMETRIC, channels_v<P> == 1 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
        set(TIFFTAG_COMPRESSION, int{scheme});
        if (scheme != COMPRESSION_NONE)
            set(TIFFTAG_PREDICTOR, std::floating_point<T> ? PREDICTOR_FLOATINGPOINT : PREDICTOR_HORIZONTAL);
        set(TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(std::max<index_t>(1, (index_t{1} << 16) / row_bytes)));
        if constexpr (channels_v<P> == 4) {
            std::uint16_t const alpha = EXTRASAMPLE_UNASSALPHA;
            TIFFSetField(tiff_.get(), TIFFTAG_EXTRASAMPLES, 1, &alpha);
        }
    }

    index_t rows_left() const { return size_.height - next_; }

    /// Writes the next rows, from the top, from any view of P.
    /// @throws invalid_argument if the width differs or fewer rows are left, and io_error.
    template <concepts::view View>
        requires std::same_as<typename View::pixel_type, P>
    void write_rows(View const& rows) {
        detail::check_rows("quoin::tiff_writer::write_rows: ", rows, size_.width, rows_left());
        for (index_t y = 0; y < rows.height(); ++y, ++next_) {
            detail::gather_row(rows, y, row_.data());
            if (TIFFWriteScanline(tiff_.get(), row_.data(), static_cast<std::uint32_t>(next_)) < 0) fail();
        }
    }

    /// Completes the file.
    /// @throws invalid_argument if rows are missing, and io_error.
    void commit() {
        if (rows_left() != 0)
            detail::raise("quoin::tiff_writer::commit: ", rows_left(), " of ", size_.height, " rows are missing in ",
                          file_->path().string(), "; write them first");
        if (!TIFFFlush(tiff_.get())) fail();
        tiff_.reset();
        file_->commit();
    }

private:
    static void check(char const* operation, extent size) {
        constexpr index_t side = (index_t{1} << 31) - 1;
        if (size.empty() || size.width > side || size.height > side)
            detail::raise(operation, ": ", size.width, " x ", size.height, " pixels; a TIFF holds 1 x 1 to ", side,
                          " a side");
    }

    static tmsize_t read(thandle_t, void*, tmsize_t) noexcept { return 0; }
    static tmsize_t write(thandle_t file, void* from, tmsize_t bytes) noexcept {
        return static_cast<tmsize_t>(
            std::fwrite(from, 1, static_cast<std::size_t>(bytes), static_cast<std::FILE*>(file)));
    }
    static toff_t seek(thandle_t self, toff_t offset, int whence) noexcept {
        auto* const file = static_cast<std::FILE*>(self);
        if (fseeko(file, static_cast<off_t>(offset), whence) != 0) return static_cast<toff_t>(-1);
        return static_cast<toff_t>(ftello(file));
    }
    static toff_t size(thandle_t self) noexcept {
        auto* const file = static_cast<std::FILE*>(self);
        off_t const here = ftello(file);
        fseeko(file, 0, SEEK_END);
        off_t const end = ftello(file);
        fseeko(file, here, SEEK_SET);
        return static_cast<toff_t>(end);
    }

    template <class V>
    void set(std::uint32_t tag, V value) {
        if (!TIFFSetField(tiff_.get(), tag, value)) fail();
    }
    [[noreturn]] void fail() const {
        int const code = errno;
        detail::raise<io_error>(what_, ": cannot be written", error_.text.empty() ? "" : " (", error_.text,
                                error_.text.empty() ? "" : ")", ": ", detail::system_reason(code),
                                "; free some space or give another name");
    }

    extent size_;
    std::string what_;
    std::unique_ptr<atomic_file> file_; ///< outlives the TIFF, which writes into it
    detail::tiff_error error_;
    detail::tiff_handle tiff_;
    std::vector<T> row_;
    index_t next_ = 0;
};

QUOIN_NAMESPACE_END

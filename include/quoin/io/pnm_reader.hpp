// SPDX-License-Identifier: BSL-1.0
// pnm_reader: reads a PNM file row by row, so that a pipeline can process an image larger than memory in bands.
#pragma once

#include <quoin/io/detail/pnm_header.hpp>
#include <quoin/io/detail/samples.hpp>

QUOIN_NAMESPACE_BEGIN

/// Reads P1 to P7 files (bitmap, gray, color, and in P7, which is called PAM, alpha; text and binary; 8 bits and 16
/// bits, big endian) as pixels of P. Samples of P's depth keep their stored values; others are scaled by the file's
/// maxval, as file_pixel describes. A sample above maxval is an error. In bitmaps, 1 is black and becomes 0; 0 is white
/// and becomes 255; in a PAM of BLACKANDWHITE 1 is white. Bytes after the last pixel are ignored. In text, the last
/// number may end the file.
///     pnm_reader<std::uint8_t> in("wafer.pgm");
///     image<std::uint8_t> band(in.width(), 256);
///     while (in.rows_left() > 0) {
///         auto rows = subview(band.view(), {0, 0, in.width(), std::min<index_t>(256, in.rows_left())});
///         in.read_rows(rows);
///     }
/// Memory: a few tens of KiB for an image of any size. The constructor rejects a regular file, or memory, that is too
/// short for its header.
/// @throws io_error, which names the file, the fault and the expectation.
template <class P>
class pnm_reader {
    static_assert(concepts::file_pixel<P>,
                  "quoin::pnm_reader: a PNM file has no pixels of this type; read gray, rgb or "
                  "rgba of 8, 16 or 32 unsigned bits or of float, and put convert_to behind it");

public:
    explicit pnm_reader(std::filesystem::path const& path) : pnm_reader(detail::input("quoin::pnm_reader", path)) {}
    /// Reads from memory, which must outlive the reader. `name` replaces the name of the file in messages.
    explicit pnm_reader(std::span<std::byte const> bytes, std::string const& name = "memory")
        : pnm_reader(detail::input("quoin::pnm_reader", bytes, name)) {}

    /// Reads from an input whose first byte is that of the magic number. Not for users.
    explicit pnm_reader(detail::input&& in) : in_(std::move(in)), header_(detail::read_pnm_header(in_)) {}

    index_t width() const { return header_.size.width; }
    index_t height() const { return header_.size.height; }
    extent size() const { return header_.size; }
    image_info info() const { return header_.info(); }
    index_t rows_left() const { return height() - next_; }

    /// Reads the next out.height() rows, from the top, into any writable view of P, such as a subview or a flipped
    /// view.
    /// @throws invalid_argument if the width differs or fewer rows are left, and io_error. After an io_error the reader
    /// must not be used.
    template <concepts::writable_view View>
        requires std::same_as<typename View::pixel_type, P>
    void read_rows(View const& out) {
        detail::check_rows("quoin::pnm_reader::read_rows: asked for ", out, width(), rows_left());
        for (index_t y = 0; y < out.height(); ++y, ++next_) {
            if (header_.bitmap && !header_.text) read_packed_row(out, y);
            else if (header_.bytes() == 1) read_row<std::uint8_t>(out, y);
            else read_row<std::uint16_t>(out, y);
        }
    }

private:
    static constexpr index_t piece = 4096; // pixels converted at a time, so that no header can make a row buffer large

    template <class Sample, class View>
    void read_row(View const& out, index_t y) {
        Sample samples[piece * 4];
        for (index_t x = 0; x < width(); x += piece) {
            index_t const count = std::min(piece, width() - x);
            if (header_.text) parse(samples, count * header_.channels);
            else load(samples, count * header_.channels);
            detail::store_samples(samples, header_.channels, most(), count, out, x, y);
        }
    }

    std::uint32_t most() const { return static_cast<std::uint32_t>(header_.info().maxval); }

    void load(std::uint8_t* samples, index_t count) {
        in_.read_all(samples, static_cast<std::size_t>(count), "the pixels");
        if (header_.maxval < 255)
            for (index_t i = 0; i < count; ++i) check(samples[i]);
        if (header_.two_values)
            for (index_t i = 0; i < count; ++i) samples[i] = samples[i] ? 255 : 0;
    }

    void load(std::uint16_t* samples, index_t count) {
        in_.read_all(samples, static_cast<std::size_t>(count) * 2, "the pixels");
        detail::from_big_endian(samples, static_cast<std::size_t>(count));
        if (header_.maxval < 65535)
            for (index_t i = 0; i < count; ++i) check(samples[i]);
    }

    template <class Sample>
    void parse(Sample* samples, index_t count) {
        for (index_t i = 0; i < count; ++i) {
            if (!header_.bitmap) {
                samples[i] = static_cast<Sample>(detail::pnm_number(in_, "a sample", header_.maxval, true));
                continue;
            }
            int const bit = detail::pnm_next(in_);
            if (bit == -1) in_.truncated("the pixels", 1, 0);
            if (bit != '0' && bit != '1')
                in_.fail("has the character ", bit, " at byte ", in_.position() - 1, "; expected 0 or 1");
            samples[i] = bit == '1' ? 0 : 255;
        }
    }

    template <class View>
    void read_packed_row(View const& out, index_t y) {
        unsigned char packed[piece / 8];
        std::uint8_t samples[piece];
        for (index_t x = 0; x < width(); x += piece) {
            index_t const count = std::min(piece, width() - x);
            in_.read_all(packed, static_cast<std::size_t>(count + 7) / 8, "the pixels");
            for (index_t i = 0; i < count; ++i) samples[i] = packed[i / 8] >> (7 - i % 8) & 1 ? 0 : 255;
            detail::store_samples(samples, 1, most(), count, out, x, y);
        }
    }

    void check(index_t sample) const {
        if (sample > header_.maxval)
            in_.fail("has the sample ", sample, " before byte ", in_.position(), "; expected at most ", header_.maxval,
                     " (maxval)");
    }

    detail::input in_;
    detail::pnm_header header_;
    index_t next_ = 0;
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// image_reader: reads an image file row by row, so that a pipeline can process an image larger than memory in bands.
#pragma once

#include <quoin/io/detail/row_decoder.hpp>
#include <quoin/io/read_image.hpp>

#include <memory>
#include <optional>

QUOIN_NAMESPACE_BEGIN

/// Reads an image file in bands of rows as pixels of P, which are converted as file_pixel describes:
///     PNM     in a few tens of KiB
///     TIFF    where quoin::tiff is linked: in a row, or the rows of a tile where there are tiles, and of a strip where
///             planes are apart or PackBits is the compression; any page
///     PNG     where quoin::codecs is linked: in two rows, but for an interlaced one, which is decoded as a whole
///     others  in the memory of the whole image, within the limits
/// What is read in rows is not held to read_limits::max_pixels, but to max_bytes. The orientation is not applied.
///     image_reader<std::uint8_t> in("wafer.tif");
///     image<std::uint8_t> band(in.width(), 256);
///     while (in.rows_left() > 0)
///         in.read_rows(subview(band.view(), {0, 0, in.width(), std::min<index_t>(256, in.rows_left())}));
/// @throws io_error, which names the file, the fault and the expectation.
template <class P, int Decoders = QUOIN_DECODERS>
class image_reader {
    static_assert(
        concepts::file_pixel<P>,
        "quoin::image_reader: an image file has no pixels of this type; read gray, rgb or rgba of 8, 16 or 32 "
        "unsigned bits or of float, and put convert_to behind it");

public:
    explicit image_reader(std::filesystem::path const& path, read_limits limits = {}, index_t page = 0)
        : image_reader(detail::input("quoin::image_reader", path), limits, page) {}
    /// Reads from memory, which must outlive the reader. `name` replaces the name of the file in messages.
    explicit image_reader(std::span<std::byte const> bytes, std::string const& name = "memory", read_limits limits = {},
                          index_t page = 0)
        : image_reader(detail::input("quoin::image_reader", bytes, name), limits, page) {}

    /// Reads from an input that is at its first byte. Not for users.
    explicit image_reader(detail::input&& in, read_limits limits = {}, index_t page = 0) {
        image_format const format = detail::recognize(in);
        if (page != 0 && format != image_format::tiff)
            in.fail("has no page ", page, ": a ", to_string(format), " file has one image; give page 0");
        if (format == image_format::pnm) {
            rows_.emplace(std::move(in));
            info_ = rows_->info();
            return;
        }
        if (!detail::reads_rows<Decoders>(format)) {
            info_ = detail::read_header<Decoders>(in, format);
            in.rewind();
            whole_ = detail::read_image<P, Decoders>(std::move(in), limits, orientation::stored);
            return;
        }
        in_ = std::make_unique<detail::input>(std::move(in));
#if QUOIN_WITH_CODECS
        if (format == image_format::png) decoder_ = std::make_unique<detail::png_rows>(*in_, limits.max_bytes);
#endif
#if QUOIN_WITH_TIFF
        if (format == image_format::tiff) {
            auto tiff = std::make_unique<detail::tiff_rows>(*in_, page, limits.max_bytes);
            in_->expect_memory(tiff->memory(), limits.max_bytes);
            pages_ = tiff->pages();
            if (page >= pages_) in_->fail("has no page ", page, ": it has ", pages_, ", and the first is 0"); // a loop
            decoder_ = std::move(tiff);
        }
#endif
        info_ = decoder_->info();
        detail::check_depth<P>(*in_, info_);
        samples_ = detail::row_of_samples(info_);
    }

    index_t width() const { return info_.width; }
    index_t height() const { return info_.height; }
    extent size() const { return info_.size(); }
    image_info info() const { return info_; }
    /// How many images the file has: 1, but for a TIFF.
    index_t pages() const { return pages_; }
    index_t rows_left() const { return height() - next_; }

    /// Reads the next out.height() rows, from the top, into any writable view of P.
    /// @throws invalid_argument if the width differs or fewer rows are left, and io_error. After an io_error the reader
    /// must not be used.
    template <concepts::writable_view View>
        requires std::same_as<typename View::pixel_type, P>
    void read_rows(View const& out) {
        detail::check_rows("quoin::image_reader::read_rows: asked for ", out, width(), rows_left());
        if (rows_) rows_->read_rows(out);
        for (index_t y = 0; y < out.height() && !rows_; ++y) {
            if (decoder_) {
                decoder_->next(samples_.data());
                detail::with_samples(info_, samples_.data(), [&](auto const* first) {
                    detail::store_samples(first, info_.channels, static_cast<std::uint32_t>(info_.maxval), width(), out,
                                          0, y);
                });
            } else {
                for (index_t x = 0; x < width(); ++x) out.store(x, y, whole_(x, next_ + y));
            }
        }
        next_ += out.height();
    }

private:
    std::unique_ptr<detail::input> in_; ///< at a place that stays, for the decoder
    std::unique_ptr<detail::row_decoder> decoder_;
    std::optional<pnm_reader<P>> rows_;
    image<P> whole_;
    std::vector<std::uint32_t> samples_;
    image_info info_;
    index_t pages_ = 1;
    index_t next_ = 0;
};

QUOIN_NAMESPACE_END

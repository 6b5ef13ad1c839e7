// SPDX-License-Identifier: BSL-1.0
// Reads PNG through libpng, row by row.
#pragma once

#include <quoin/io/detail/png.hpp>
#include <quoin/io/detail/png_library.hpp>
#include <quoin/io/detail/row_decoder.hpp>

#include <bit>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The essential chunks of a PNG, one piece after the other, as read_png makes them of the whole file. Everything else
/// in the file is verified on the way.
class png_source {
public:
    /// Of all the bytes that read_png verified.
    png_source(input& in, png_bytes verified) : in_(in), ready_(std::move(verified)), ended_(true) {}

    /// Of the rest of a file, from its first pixels on.
    png_source(input& in, png_start start) : in_(in), ready_(std::move(start.head)) { begin(start.pixels); }

    void read(unsigned char* to, std::size_t n) {
        while (n > 0) {
            if (at_ == ready_.size()) refill();
            std::size_t const part = std::min(n, ready_.size() - at_);
            std::memcpy(to, ready_.data() + at_, part);
            at_ += part;
            to += part;
            n -= part;
        }
    }

    /// Verifies what follows.
    void finish() {
        while (!ended_) refill();
    }

private:
    void begin(png_chunk const& pixels) {
        chunk_ = pixels;
        left_ = pixels.length;
        crc_ = crc32(0, pixels.type.data(), 4);
        put_big_endian(ready_, pixels.length);
        ready_.insert(ready_.end(), pixels.type.begin(), pixels.type.begin() + 4);
        inside_ = true;
    }

    void refill() {
        ready_.clear();
        at_ = 0;
        if (ended_) in_.fail("is a damaged PNG: its pixels end early; copy or download it again");
        if (left_ > 0) {
            std::size_t const step = std::min<std::size_t>(left_, 1 << 16);
            ready_.resize(step);
            in_.read_all(ready_.data(), step, chunk_.type.data());
            crc_ = crc32(crc_, ready_.data(), step);
            left_ -= step;
        } else if (inside_) {
            read_png_checksum(in_, chunk_, crc_);
            put_big_endian(ready_, 0);
            inside_ = false;
        } else {
            next_chunk();
        }
    }

    void next_chunk() {
        png_bytes ignored;
        for (;;) {
            png_chunk const c = read_png_chunk(in_);
            if (c.is("IDAT")) return begin(c);
            check_late_png_chunk(in_, c);
            read_png_content(in_, c, ignored, false, std::numeric_limits<index_t>::max());
            if (!c.is("IEND")) continue;
            put_png_end(ready_);
            ended_ = true;
            return;
        }
    }

    input& in_;
    png_bytes ready_;
    std::size_t at_ = 0; ///< the first byte of ready_ that was not taken
    png_chunk chunk_{};
    std::size_t left_ = 0; ///< of its content
    std::uint32_t crc_ = 0;
    bool inside_ = false; ///< its checksum comes
    bool ended_ = false;
};

/// The rows of a PNG: fewer than 8 bits as 8, palettes as colors, transparent colors as alpha. An interlaced one is
/// decoded as a whole when its first row is asked for.
class png_rows : public row_decoder, libpng_user {
public:
    /// Reads from the file row by row. What is damaged behind a row is told after it.
    png_rows(input& in, index_t most_memory) : png_rows(in, start_of(in), most_memory) {}

    /// Decodes what read_png verified.
    png_rows(input& in, image_info const& info, png_bytes verified, index_t most_memory)
        : png_rows(in, info, png_source(in, std::move(verified)), most_memory) {}

    image_info info() const override { return info_; }

    void next(void* samples) override {
        auto* const row = static_cast<unsigned char*>(samples);
        if (!interlaced_) {
            call([&] { png_read_row(png_, row, nullptr); });
        } else {
            std::size_t const bytes = row_bytes();
            if (whole_.empty()) {
                whole_.resize(bytes * static_cast<std::size_t>(info_.height));
                call([&] {
                    for (int pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; ++pass)
                        for (std::size_t at = 0; at < whole_.size(); at += bytes)
                            png_read_row(png_, &whole_[at], nullptr);
                });
            }
            std::memcpy(row, &whole_[static_cast<std::size_t>(y_) * bytes], bytes);
        }
        if (++y_ == info_.height) source_.finish();
    }

private:
    struct start {
        image_info info;
        png_start bytes;
    };
    static start start_of(input& in) {
        in.rewind();
        start s;
        s.info = read_png(in, nullptr, 0, &s.bytes);
        return s;
    }
    png_rows(input& in, start s, index_t most_memory)
        : png_rows(in, s.info, png_source(in, std::move(s.bytes)), most_memory) {}

    png_rows(input& in, image_info const& info, png_source source, index_t most_memory)
        : libpng_user(in.what(), most_memory), in_(in), source_(std::move(source)), info_(info) {
        call([&] { open(); });
        if (interlaced_) in.expect_memory(static_cast<index_t>(row_bytes()) * info.height, most_memory);
        int const channels = png_get_channels(png_, png_info_);
        if (channels != info.channels)
            in.fail("decodes to pixels of ", channels, " channels, but its header says ", info.channels);
    }

    std::size_t row_bytes() const { return static_cast<std::size_t>(info_.width * info_.channels * (info_.bits / 8)); }

    template <class F>
    void call(F const& f) {
        if (!run(f)) in_.fail("is a damaged PNG: ", reason(), "; copy or download it again");
    }

    void open() {
        create(png_create_read_struct_2);
        png_set_read_fn(png_, this, [](png_structp png, png_bytep to, std::size_t n) {
            auto& self = *static_cast<png_rows*>(png_get_io_ptr(png));
            self.guard([&] { self.source_.read(to, n); });
        });
        // The checksums of the chunks are verified, and these are left out. That of the pixels says no more.
        png_set_crc_action(png_, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
#ifdef PNG_IGNORE_ADLER32 // not in every build of libpng
        png_set_option(png_, PNG_IGNORE_ADLER32, PNG_OPTION_ON);
#endif
        png_set_option(png_, PNG_MAXIMUM_INFLATE_WINDOW, PNG_OPTION_ON);
        png_read_info(png_, png_info_);
        interlaced_ = png_get_interlace_type(png_, png_info_) != PNG_INTERLACE_NONE;
        png_set_expand(png_);
        if constexpr (std::endian::native == std::endian::little) png_set_swap(png_);
        if (interlaced_) png_set_interlace_handling(png_);
        png_read_update_info(png_, png_info_);
    }

    input& in_;
    png_source source_;
    image_info info_;
    bool interlaced_ = false;
    png_bytes whole_; ///< the rows of an interlaced one
    index_t y_ = 0;
};

} // namespace detail

QUOIN_NAMESPACE_END

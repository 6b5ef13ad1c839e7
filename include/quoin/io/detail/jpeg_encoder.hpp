// SPDX-License-Identifier: BSL-1.0
// Writes JPEG through libjpeg-turbo, row by row.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/geometry.hpp>
#include <quoin/io/detail/byte_sink.hpp>
#include <quoin/io/detail/jpeg_library.hpp>

#include <array>
#include <string>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Writes a JPEG of 1 or 3 channels.
class jpeg_encoder {
public:
    jpeg_encoder(byte_sink file, std::string const& what, extent size, int channels, int quality)
        : file_(file), what_(what) {
        library_.err = errors_.start();
        library_.client_data = this;
        call([&] {
            jpeg_create_compress(&library_);
            library_.dest = &to_;
            to_.init_destination = [](j_compress_ptr library) { of(library).begin(); };
            to_.empty_output_buffer = [](j_compress_ptr library) -> boolean {
                of(library).put(0);
                return TRUE;
            };
            to_.term_destination = [](j_compress_ptr library) { of(library).put(of(library).to_.free_in_buffer); };
            library_.image_width = static_cast<JDIMENSION>(size.width);
            library_.image_height = static_cast<JDIMENSION>(size.height);
            library_.input_components = channels;
            library_.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
            jpeg_set_defaults(&library_);
            jpeg_set_quality(&library_, quality, TRUE);
            // From the start the color has half the resolution.
            if (quality > 90) library_.comp_info[0].h_samp_factor = library_.comp_info[0].v_samp_factor = 1;
            jpeg_start_compress(&library_, TRUE);
        });
    }
    jpeg_encoder(jpeg_encoder const&) = delete;

    void write(unsigned char* row) {
        call([&] { jpeg_write_scanlines(&library_, &row, 1); });
    }

    /// Behind the last row.
    void finish() {
        call([&] { jpeg_finish_compress(&library_); });
    }

private:
    struct compressor : jpeg_compress_struct {
        compressor() : jpeg_compress_struct{} {}
        ~compressor() { jpeg_destroy_compress(this); }
    };

    static jpeg_encoder& of(j_compress_ptr library) { return *static_cast<jpeg_encoder*>(library->client_data); }

    template <class F>
    void call(F const& f) {
        if (!errors_.call.run(f)) raise<io_error>(what_, ": libjpeg cannot encode the pixels: ", errors_.call.reason());
    }

    void begin() {
        to_.next_output_byte = buffer_.data();
        to_.free_in_buffer = buffer_.size();
    }
    /// Writes the buffer but for so many bytes.
    void put(std::size_t unused) {
        errors_.call.guard([&] { file_.write(buffer_.data(), buffer_.size() - unused); });
        begin();
    }

    byte_sink file_;
    std::string what_;
    libjpeg_errors errors_;
    compressor library_;
    jpeg_destination_mgr to_{};
    std::array<unsigned char, 1 << 14> buffer_;
};

} // namespace detail

QUOIN_NAMESPACE_END

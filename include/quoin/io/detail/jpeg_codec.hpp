// SPDX-License-Identifier: BSL-1.0
// Reads JPEG through libjpeg-turbo, row by row.
#pragma once

#include <quoin/io/detail/input.hpp>
#include <quoin/io/detail/jpeg_library.hpp>
#include <quoin/io/detail/row_decoder.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The rows of a JPEG that jpeg_walk has verified. Colors are interpolated where there are fewer samples of them.
class jpeg_rows : public row_decoder {
public:
    jpeg_rows(input const& in, image_info const& info, std::vector<unsigned char> const& verified, index_t most_memory)
        : in_(in), info_(info) {
        library_.err = errors_.start();
        if (!errors_.call.run([&] {
                jpeg_create_decompress(&library_);
                jpeg_mem_src(&library_, verified.data(), static_cast<unsigned long>(verified.size()));
                jpeg_read_header(&library_, TRUE);
            }))
            fail();
        // libjpeg keeps what several scans refine.
        if (jpeg_has_multiple_scans(&library_)) in.expect_memory(coefficient_bytes(), most_memory);
        readable_ = errors_.call.run([&] {
            inks_ = library_.num_components == 4;
            library_.out_color_space = inks_ ? JCS_CMYK : library_.num_components == 3 ? JCS_RGB : JCS_GRAYSCALE;
            jpeg_start_decompress(&library_);
        });
        if (!readable_ && errors_.code != JERR_BAD_MCU_SIZE) fail();
        if (readable_ && (library_.output_width != info.width || library_.output_height != info.height ||
                          library_.output_components != (inks_ ? 4 : info.channels)))
            in.fail("decodes to ", library_.output_width, " x ", library_.output_height, " pixels of ",
                    library_.output_components, " channels, but its header says ", info.width, " x ", info.height,
                    " of ", info.channels);
        if (inks_) row_.resize(static_cast<std::size_t>(info.width) * 4);
    }
    jpeg_rows(jpeg_rows const&) = delete;

    /// Not where a scan has more than ten blocks in a unit, which the standard does not allow.
    bool readable() const { return readable_; }

    image_info info() const override { return info_; }

    void next(void* samples) override {
        auto* const out = static_cast<unsigned char*>(samples);
        JSAMPROW row = inks_ ? row_.data() : out;
        if (!errors_.call.run([&] { jpeg_read_scanlines(&library_, &row, 1); })) fail();
        if (!inks_) return;
        for (std::size_t x = 0; x < static_cast<std::size_t>(info_.width); ++x)
            for (std::size_t c = 0; c < 3; ++c) {
                unsigned const product = row_[4 * x + c] * unsigned{row_[4 * x + 3]};
                out[3 * x + c] = static_cast<unsigned char>((2 * product + 255) / 510); // inks are inverted
            }
    }

private:
    struct decompressor : jpeg_decompress_struct {
        decompressor() : jpeg_decompress_struct{} {}
        ~decompressor() { jpeg_destroy_decompress(this); }
    };

    [[noreturn]] void fail() const {
        in_.fail("is a damaged JPEG: ", errors_.call.reason(), "; copy or download it again");
    }

    index_t coefficient_bytes() const {
        index_t bytes = 0;
        for (int i = 0; i < library_.num_components; ++i) {
            auto const& c = library_.comp_info[i];
            auto const units = [](index_t length, int samples, int most) {
                index_t const unit = index_t{DCTSIZE} * most;
                return (length + unit - 1) / unit * samples;
            };
            bytes += units(info_.width, c.h_samp_factor, library_.max_h_samp_factor) *
                     units(info_.height, c.v_samp_factor, library_.max_v_samp_factor) * index_t{sizeof(JBLOCK)};
        }
        return bytes;
    }

    input const& in_;
    image_info info_;
    libjpeg_errors errors_;
    decompressor library_;
    bool inks_ = false;
    bool readable_ = false;
    std::vector<unsigned char> row_; ///< of inks
};

} // namespace detail

QUOIN_NAMESPACE_END

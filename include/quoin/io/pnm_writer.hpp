// SPDX-License-Identifier: BSL-1.0
// pnm_writer: writes a PNM file row by row, for results larger than memory.
#pragma once

#include <quoin/io/atomic_file.hpp>
#include <quoin/io/detail/samples.hpp>

#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {
template <class P>
concept pnm_pixel = concepts::file_pixel<P> && sizeof(channel_t<P>) <= 2;

/// What stands before the samples: of P5, P6 or P7.
template <pnm_pixel P>
std::string pnm_header_text(extent size) {
    std::string const width = std::to_string(size.width);
    std::string const height = std::to_string(size.height);
    std::string const most = std::to_string(white<channel_t<P>>);
    if (channels_v<P> == 4)
        return "P7\nWIDTH " + width + "\nHEIGHT " + height + "\nDEPTH 4\nMAXVAL " + most +
               "\nTUPLTYPE RGB_ALPHA\nENDHDR\n";
    return (channels_v<P> == 1 ? "P5\n" : "P6\n") + width + ' ' + height + '\n' + most + '\n';
}

} // namespace detail

/// Writes a binary PNM: P5 for gray, P6 for rgb and P7 (PAM) for rgba, with maxval 255 or 65535 and big-endian 16-bit
/// samples. commit(),
/// called after the last row, makes the file appear or replaces an older one. Without it no file is left (see
/// atomic_file).
///     pnm_writer<std::uint8_t> out("edges.pgm", width, height);
///     for (...) out.write_rows(band);
///     out.commit();
/// Memory: one row.
/// @throws io_error, which names the file and the system's reason, and invalid_argument for an empty extent.
template <class P>
class pnm_writer {
    static_assert(detail::pnm_pixel<P>,
                  "quoin::pnm_writer: a PNM file has no pixels of this type; write gray, rgb or rgba of std::uint8_t "
                  "or std::uint16_t, as from to_image(policy, view | convert_to<std::uint8_t>)");

public:
    pnm_writer(std::filesystem::path path, index_t width, index_t height, char const* operation = "quoin::pnm_writer")
        : size_{width, height}, file_((check(operation, size_), std::move(path)), operation),
          row_(static_cast<std::size_t>(width) * channels_v<P>) {
        file_.write(detail::pnm_header_text<P>(size_));
    }

    index_t rows_left() const { return size_.height - next_; }

    /// Writes the next rows, from the top, from any view of P.
    /// @throws invalid_argument if the width differs or fewer rows are left, and io_error.
    template <concepts::view View>
        requires std::same_as<typename View::pixel_type, P>
    void write_rows(View const& rows) {
        detail::check_rows("quoin::pnm_writer::write_rows: ", rows, size_.width, rows_left());
        for (index_t y = 0; y < rows.height(); ++y, ++next_) {
            detail::gather_big_endian(rows, y, row_);
            file_.write(row_.data(), row_.size() * sizeof(channel_t<P>));
        }
    }

    /// Completes the file.
    /// @throws invalid_argument if rows are missing, and io_error.
    void commit() {
        if (rows_left() != 0)
            detail::raise("quoin::pnm_writer::commit: ", rows_left(), " of ", size_.height, " rows are missing in ",
                          file_.path().string(), "; write them first");
        file_.commit();
    }

private:
    static void check(char const* operation, extent size) {
        if (size.empty())
            detail::raise(operation, ": ", size.width, " x ", size.height, " pixels; a PNM holds at least 1 x 1");
    }

    extent size_;
    atomic_file file_;
    std::vector<channel_t<P>> row_;
    index_t next_ = 0;
};

QUOIN_NAMESPACE_END

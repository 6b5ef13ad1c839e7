// SPDX-License-Identifier: BSL-1.0
// read_pnm_bands, write_pnm_bands: the ranks of a communicator read and write one PNM file together.
#pragma once

#include <quoin/io/pnm_reader.hpp>
#include <quoin/io/pnm_writer.hpp>
#include <quoin/mpi/detail/shared_file.hpp>

QUOIN_NAMESPACE_BEGIN

/// The band_image of a binary PNM file (P5, P6, P7) that all ranks can reach: each rank reads its rows by MPI-IO. The
/// pixels are those of pnm_reader. Collective. Memory: the band and 4 MiB.
/// @throws io_error as pnm_reader does, for a bitmap, and for samples that are written as text.
template <concepts::file_pixel P, class Inner>
band_image<P> read_pnm_bands(mpi<Inner> const& policy, std::filesystem::path const& path) {
    auto const& group = *policy.group();
    std::string const what = "quoin::read_pnm_bands: " + path.string();
    struct {
        detail::pnm_header header;
        index_t begin = 0;
    } file;
    group.agree([&] {
        if (group.rank() != 0) return;
        detail::input in("quoin::read_pnm_bands", path);
        file.header = detail::read_pnm_header(in);
        file.begin = in.position();
        if (file.header.text || file.header.bitmap)
            in.fail("has its samples as ", file.header.text ? "text" : "bits",
                    ", which cannot be read from any row on; convert it to P5 or P6");
    });
    MPI_Bcast(&file, sizeof file, MPI_BYTE, 0, group.comm());
    auto const& header = file.header;

    band_image<P> result(policy, header.size);
    detail::shared_file const shared(group, path.string(), what, MPI_MODE_RDONLY);
    index_t const row_samples = header.size.width * header.channels, row_bytes = row_samples * header.bytes();
    interval const mine = result.rows();
    auto const read = [&]<class Sample>(Sample) {
        detail::band_pieces<Sample> pieces(group, header.size.height, row_samples);
        pieces.for_each([&](interval rows, Sample* samples) {
            index_t const count = (rows.end - rows.begin) * row_samples;
            shared.read(file.begin + rows.begin * row_bytes, samples, (rows.end - rows.begin) * row_bytes);
            if constexpr (sizeof(Sample) == 2) detail::from_big_endian(samples, static_cast<std::size_t>(count));
            for (index_t i = 0; i < count; ++i) {
                if (samples[i] > header.maxval)
                    detail::raise<io_error>(what, ": has the sample ", samples[i], " in rows ", rows.begin, " to ",
                                            rows.end - 1, "; expected at most ", header.maxval, " (maxval)");
                if (header.two_values) samples[i] = static_cast<Sample>(samples[i] ? 255 : 0);
            }
            for (index_t y = rows.begin; y < rows.end; ++y)
                detail::store_samples(samples + (y - rows.begin) * row_samples, header.channels,
                                      static_cast<std::uint32_t>(header.info().maxval), header.size.width,
                                      result.band(), 0, y - mine.begin);
        });
    };
    if (header.bytes() == 1) read(std::uint8_t{});
    else read(std::uint16_t{});
    return result;
}

/// Writes the PNM file that pnm_writer writes; each rank writes its rows by MPI-IO. The file appears completely or not
/// at all (see atomic_file). Collective. Memory: 4 MiB.
/// @throws io_error, and invalid_argument for an empty extent.
template <class P, class Inner>
void write_pnm_bands(mpi<Inner> const& policy, band_image<P> const& bands, std::filesystem::path const& path) {
    static_assert(detail::pnm_pixel<P>,
                  "quoin::write_pnm_bands: a PNM file has no pixels of this type; write gray, rgb "
                  "or rgba of std::uint8_t or std::uint16_t");
    auto const& group = *policy.group();
    if (bands.size().empty())
        detail::raise("quoin::write_pnm_bands: ", bands.width(), " x ", bands.height(),
                      " pixels; a PNM holds at least 1 x 1");
    detail::write_together(group, bands, path, "quoin::write_pnm_bands", detail::pnm_header_text<P>(bands.size()),
                           [](channel_t<P>* values, index_t count) {
                               if constexpr (sizeof(channel_t<P>) == 2)
                                   detail::to_big_endian(values, static_cast<std::size_t>(count));
                           });
}

QUOIN_NAMESPACE_END

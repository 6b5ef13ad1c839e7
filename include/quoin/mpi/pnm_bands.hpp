// SPDX-License-Identifier: BSL-1.0
// read_pnm_bands, write_pnm_bands: the ranks of a communicator read and write one PNM file together.
#pragma once

#include <quoin/io/pnm_reader.hpp>
#include <quoin/io/pnm_writer.hpp>
#include <quoin/mpi/mpi.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A file that all ranks have open. MPI gives errors of files back.
class shared_file {
public:
    /// Collective.
    shared_file(process_group const& group, std::string const& name, std::string const& what, int mode)
        : group_(group), what_(what) {
        int const code = MPI_File_open(group.comm(), name.c_str(), mode, MPI_INFO_NULL, &file_);
        open_ = code == MPI_SUCCESS;
        group.agree([&] { check(code, "cannot be opened"); });
    }
    ~shared_file() {
        if (open_) MPI_File_close(&file_);
    }
    shared_file(shared_file const&) = delete;
    shared_file& operator=(shared_file const&) = delete;

    /// Collective, as the number of calls must be. Zero bytes are no access.
    void read(index_t at, void* to, index_t bytes) const {
        MPI_Status status;
        int const code = MPI_File_read_at_all(file_, at, to, static_cast<int>(bytes), MPI_BYTE, &status);
        check(code, "cannot be read");
        int got = 0;
        MPI_Get_count(&status, MPI_BYTE, &got);
        if (got < bytes)
            raise<io_error>(what_, ": is truncated: ", bytes, " bytes are wanted from byte ", at, " on, and ", got,
                            " are there; copy or download it again");
    }
    void write(index_t at, void const* from, index_t bytes) const {
        check(MPI_File_write_at_all(file_, at, from, static_cast<int>(bytes), MPI_BYTE, MPI_STATUS_IGNORE),
              "cannot be written");
    }

private:
    void check(int code, char const* problem) const {
        if (code == MPI_SUCCESS) return;
        char text[MPI_MAX_ERROR_STRING] = {};
        int length = 0;
        MPI_Error_string(code, text, &length);
        raise<io_error>(what_, ": ", problem, ": ", static_cast<char const*>(text),
                        "; give a file that all processes can reach");
    }

    process_group const& group_;
    std::string what_;
    MPI_File file_ = MPI_FILE_NULL;
    bool open_ = false;
};

/// Calls f(first, last) for as many pieces of the band's rows as any rank has, which on some ranks are empty. A piece
/// has some 4 MiB. All pieces are tried, and then all ranks throw what one of them threw.
template <class F>
void for_each_piece(process_group const& group, index_t height, index_t row_bytes, F const& f) {
    interval const mine = group.rows(height), longest = group.rows_of(0, height);
    index_t const at_once = max<index_t>(1, (index_t{4} << 20) / max<index_t>(1, row_bytes));
    failure first;
    for (index_t done = 0; done < longest.end; done += at_once) {
        interval const piece{min(mine.end, mine.begin + done), min(mine.end, mine.begin + done + at_once)};
        failure const now = failure::of([&] { f(piece); });
        if (first.kind == failure::none) first = now;
    }
    group.agree([&] {
        if (first.kind != failure::none) first.rethrow();
    });
}

} // namespace detail

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
        std::vector<Sample> samples;
        detail::for_each_piece(group, header.size.height, row_bytes, [&](interval rows) {
            samples.resize(static_cast<std::size_t>((rows.end - rows.begin) * row_samples));
            shared.read(file.begin + rows.begin * row_bytes, samples.data(), (rows.end - rows.begin) * row_bytes);
            if constexpr (sizeof(Sample) == 2) detail::from_big_endian(samples.data(), samples.size());
            for (Sample& each : samples) {
                if (each > header.maxval)
                    detail::raise<io_error>(what, ": has the sample ", each, " in rows ", rows.begin, " to ",
                                            rows.end - 1, "; expected at most ", header.maxval, " (maxval)");
                if (header.two_values) each = static_cast<Sample>(each ? 255 : 0);
            }
            for (index_t y = rows.begin; y < rows.end; ++y)
                detail::store_samples(samples.data() + (y - rows.begin) * row_samples, header.channels,
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
    std::string const header = detail::pnm_header_text<P>(bands.size());
    std::optional<atomic_file> file;
    std::vector<std::byte> name;
    group.agree([&] {
        if (group.rank() != 0) return;
        file.emplace(path, "quoin::write_pnm_bands");
        if (file->written_path() == path)
            detail::raise<io_error>("quoin::write_pnm_bands: ", path.string(),
                                    ": is no regular file, in which all processes could write; give another name");
        std::string const text = file->written_path().string();
        name.resize(text.size());
        std::memcpy(name.data(), text.data(), text.size());
    });
    detail::broadcast_bytes(group, name, 0);
    {
        std::string const written(reinterpret_cast<char const*>(name.data()), name.size());
        detail::shared_file const shared(group, written, "quoin::write_pnm_bands: " + path.string(), MPI_MODE_WRONLY);
        auto const band = bands.band();
        index_t const row_channels = bands.width() * channels_v<P>;
        index_t const row_bytes = row_channels * index_t{sizeof(channel_t<P>)};
        std::vector<channel_t<P>> samples;
        detail::for_each_piece(group, bands.height(), row_bytes, [&](interval rows) {
            samples.resize(static_cast<std::size_t>((rows.end - rows.begin) * row_channels));
            for (index_t y = rows.begin; y < rows.end; ++y)
                detail::gather_row(band, y - bands.rows().begin, samples.data() + (y - rows.begin) * row_channels);
            if constexpr (sizeof(channel_t<P>) == 2) detail::to_big_endian(samples.data(), samples.size());
            shared.write(static_cast<index_t>(header.size()) + rows.begin * row_bytes, samples.data(),
                         (rows.end - rows.begin) * row_bytes);
        });
    }
    group.agree([&] {
        if (!file) return;
        file->write(header);
        file->commit();
    });
}

QUOIN_NAMESPACE_END

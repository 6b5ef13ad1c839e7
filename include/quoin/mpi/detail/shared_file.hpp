// SPDX-License-Identifier: BSL-1.0
// A file that all processes read or write at once, each the rows of its band.
#pragma once

#include <quoin/io/atomic_file.hpp>
#include <quoin/io/detail/samples.hpp>
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
        if (open_) MPI_File_get_size(file_, &size_);
        group.agree([&] { check(code, "cannot be opened"); });
    }
    ~shared_file() {
        if (open_) MPI_File_close(&file_);
    }
    shared_file(shared_file const&) = delete;
    shared_file& operator=(shared_file const&) = delete;

    /// Collective, as the number of calls must be. Zero bytes are no access. What is behind the end of the file is
    /// found by its size, since the number of bytes that MPI says it has read can be too large.
    void read(index_t at, void* to, index_t bytes) const {
        bool const all = at + bytes <= size_;
        int const count = all ? static_cast<int>(bytes) : 0;
        check(MPI_File_read_at_all(file_, at, to, count, MPI_BYTE, MPI_STATUS_IGNORE), "cannot be read");
        if (!all)
            raise<io_error>(what_, ": is truncated: bytes ", at, " to ", at + bytes - 1, " are wanted, and it has ",
                            size_, " bytes; copy or download it again");
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
    MPI_Offset size_ = 0;
    bool open_ = false;
};

inline constexpr index_t piece_bytes = index_t{4} << 20;

/// The rows of a band in pieces of some 4 MiB, the same number on all ranks: on some the last ones are empty.
template <class T>
class band_pieces {
public:
    /// Collective. `row` is the number of values T of a row.
    band_pieces(process_group const& group, index_t height, index_t row)
        : group_(group), rows_(group.rows(height)), longest_(group.rows_of(0, height).end), row_(row),
          at_once_(band_memory::rows_at_once(row * index_t{sizeof(T)}, piece_bytes)) {
        group.agree([&] { values_.resize(static_cast<std::size_t>(min(at_once_, longest_) * row)); });
    }
    index_t row() const { return row_; }

    /// Collective. Calls f(rows, values) for each piece, with memory for its rows, which f fills or sends. An exception
    /// does not keep the next pieces back. At the end all ranks throw what the first of them threw.
    template <class F>
    void for_each(F const& f) {
        failure first;
        for (index_t done = 0; done < longest_; done += at_once_) {
            interval const rows{min(rows_.end, rows_.begin + done), min(rows_.end, rows_.begin + done + at_once_)};
            failure const now = failure::of([&] { f(rows, values_.data()); });
            if (first.kind == failure::none) first = now;
        }
        group_.agree([&] {
            if (first.kind != failure::none) first.rethrow();
        });
    }

private:
    process_group const& group_;
    interval rows_;
    index_t longest_, row_, at_once_;
    std::vector<T> values_;
};

/// Writes `head`, and behind it the rows of all ranks without gaps: to a file that appears completely or not at all.
/// change(values, count) may change the order of the bytes. Collective.
template <class P, class Change>
void write_together(process_group const& group, band_image<P> const& bands, std::filesystem::path const& path,
                    char const* operation, std::string const& head, Change const& change) {
    using T = channel_t<P>;
    std::optional<atomic_file> file;
    std::string name;
    group.agree([&] {
        if (group.rank() != 0) return;
        file.emplace(path, operation);
        if (file->written_path() == path)
            raise<io_error>(operation, ": ", path.string(),
                            ": is no regular file, in which all processes could write; give another name");
        name = file->written_path().string();
    });
    broadcast_bytes(group, name, 0);
    {
        shared_file const shared(group, name, operation + (": " + path.string()), MPI_MODE_WRONLY);
        auto const band = bands.band();
        index_t const top = bands.rows().begin;
        band_pieces<T> pieces(group, bands.height(), bands.width() * channels_v<P>);
        index_t const row_bytes = pieces.row() * index_t{sizeof(T)};
        pieces.for_each([&](interval rows, T* values) {
            for (index_t y = rows.begin; y < rows.end; ++y)
                gather_row(band, y - top, values + (y - rows.begin) * pieces.row());
            change(values, (rows.end - rows.begin) * pieces.row());
            shared.write(static_cast<index_t>(head.size()) + rows.begin * row_bytes, values,
                         (rows.end - rows.begin) * row_bytes);
        });
    }
    group.agree([&] {
        if (!file) return;
        file->write(head);
        file->commit();
    });
}

} // namespace detail

QUOIN_NAMESPACE_END

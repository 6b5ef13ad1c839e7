// SPDX-License-Identifier: BSL-1.0
// read_raw_bands, write_raw_bands, gather_rows: pixels without a format, and rows for a writer of any format.
#pragma once

#include <quoin/mpi/detail/shared_file.hpp>

QUOIN_NAMESPACE_BEGIN

/// The band_image of a file that all ranks can reach: from byte `skipped` on it has interleaved channels in the order
/// of the machine's bytes, row after row without gaps. Each rank reads its rows by MPI-IO. Bytes behind the last row
/// are ignored. Collective. Memory: the band and 4 MiB.
/// @throws io_error, and invalid_argument for a negative number of bytes.
template <concepts::pixel P, class Inner>
band_image<P> read_raw_bands(mpi<Inner> const& policy, std::filesystem::path const& path, extent size,
                             index_t skipped = 0) {
    using T = channel_t<P>;
    if (skipped < 0) detail::raise("quoin::read_raw_bands: ", skipped, " bytes to skip; give a number >= 0");
    auto const& group = *policy.group();
    band_image<P> result(policy, size);
    detail::shared_file const shared(group, path.string(), "quoin::read_raw_bands: " + path.string(), MPI_MODE_RDONLY);
    auto const band = result.band();
    index_t const top = result.rows().begin;
    detail::band_pieces<T> pieces(group, size.height, size.width * channels_v<P>);
    index_t const row_bytes = pieces.row() * index_t{sizeof(T)};
    pieces.for_each([&](interval rows, T* values) {
        shared.read(skipped + rows.begin * row_bytes, values, (rows.end - rows.begin) * row_bytes);
        for (index_t y = rows.begin; y < rows.end; ++y)
            std::copy_n(values + (y - rows.begin) * pieces.row(), pieces.row(), band.row(y - top));
    });
    return result;
}

/// Writes the file that read_raw_bands() reads. It appears completely or not at all (see atomic_file). Collective.
/// @throws io_error.
template <class P, class Inner>
void write_raw_bands(mpi<Inner> const& policy, band_image<P> const& bands, std::filesystem::path const& path) {
    detail::write_together(*policy.group(), bands, path, "quoin::write_raw_bands", "", [](channel_t<P>*, index_t) {});
}

/// Rank 0 calls f(rows) for the rows of all ranks, from the top, as views of some 4 MiB each: for a format that one
/// process writes row by row.
///
///     std::optional<quoin::tiff_writer<std::uint8_t>> out;
///     if (policy.rank() == 0) out.emplace("wafer.tif", bands.width(), bands.height());
///     gather_rows(policy, bands, [&](auto const& rows) { out->write_rows(rows); });
///     if (out) out->commit();
///
/// Collective. If f throws, all ranks throw the same.
template <class P, class Inner, class F>
void gather_rows(mpi<Inner> const& policy, band_image<P> const& bands, F const& f) {
    using T = channel_t<P>;
    auto const& group = *policy.group();
    detail::failure failed;
    std::vector<T> values;
    index_t const row = bands.width() * channels_v<P>;
    index_t const at_once = detail::band_memory::rows_at_once(row * index_t{sizeof(T)}, detail::piece_bytes);
    group.agree([&] { values.resize(static_cast<std::size_t>(at_once * row)); });
    for (int from = 0; from < group.size(); ++from) {
        interval const theirs = group.rows_of(from, bands.height());
        if (group.rank() != 0 && group.rank() != from) continue;
        for (index_t y = theirs.begin; y < theirs.end; y += at_once) {
            index_t const count = min(at_once, theirs.end - y);
            int const bytes = static_cast<int>(count * row * index_t{sizeof(T)});
            if (group.rank() == from)
                for (index_t i = 0; i < count; ++i)
                    detail::gather_row(bands.band(), y - theirs.begin + i, values.data() + i * row);
            if (group.rank() == from && from != 0) MPI_Send(values.data(), bytes, MPI_BYTE, 0, 0, group.comm());
            if (group.rank() != 0) continue;
            if (from != 0) MPI_Recv(values.data(), bytes, MPI_BYTE, from, 0, group.comm(), MPI_STATUS_IGNORE);
            if (failed.kind == detail::failure::none)
                failed = detail::failure::of([&] { f(image_view<P const>(values.data(), bands.width(), count, row)); });
        }
    }
    group.agree([&] {
        if (failed.kind != detail::failure::none) failed.rethrow();
    });
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// write_zarr_bands: the ranks of a communicator write one Zarr, each its chunks, without locks.
#pragma once

#include <quoin/io/atomic_file.hpp>
#include <quoin/mpi/mpi.hpp>

#include <bit>
#include <filesystem>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Zarr's name of a channel type, or nothing.
template <class T>
constexpr char const* zarr_type() {
    if constexpr (std::same_as<T, std::uint8_t>) return "uint8";
    else if constexpr (std::same_as<T, std::uint16_t>) return "uint16";
    else if constexpr (std::same_as<T, std::int16_t>) return "int16";
    else if constexpr (std::same_as<T, std::uint32_t>) return "uint32";
    else if constexpr (std::same_as<T, std::int32_t>) return "int32";
    else if constexpr (std::same_as<T, float>) return "float32";
    else if constexpr (std::same_as<T, double>) return "float64";
    else return nullptr;
}

/// The metadata of the array: axes c, y, x, of gray pixels y, x.
template <class P>
std::string zarr_array(extent size, extent chunk) {
    using T = channel_t<P>;
    auto const shape = [](index_t channels, extent e) {
        return (channels_v<P> > 1 ? std::to_string(channels) + ", " : "") + std::to_string(e.height) + ", " +
               std::to_string(e.width);
    };
    return "{\n  \"zarr_format\": 3,\n  \"node_type\": \"array\",\n  \"shape\": [" + shape(channels_v<P>, size) +
           "],\n  \"data_type\": \"" + zarr_type<T>() +
           "\",\n  \"chunk_grid\": {\"name\": \"regular\", \"configuration\": {\"chunk_shape\": [" + shape(1, chunk) +
           "]}},\n  \"chunk_key_encoding\": {\"name\": \"default\", \"configuration\": {\"separator\": \"/\"}},\n"
           "  \"fill_value\": 0,\n  \"codecs\": [{\"name\": \"bytes\", \"configuration\": {\"endian\": \"little\"}}],\n"
           "  \"dimension_names\": [" +
           (channels_v<P> > 1 ? "\"c\", " : "") + "\"y\", \"x\"]\n}\n";
}

/// The metadata of the group: an OME-Zarr 0.5 of one resolution, in pixels.
template <class P>
std::string zarr_group() {
    std::string const channel = R"({"name": "c", "type": "channel"}, )";
    return std::string(R"({
  "zarr_format": 3,
  "node_type": "group",
  "attributes": {"ome": {"version": "0.5", "multiscales": [{
    "axes": [)") +
           (channels_v<P> > 1 ? channel : "") + R"({"name": "y", "type": "space"}, {"name": "x", "type": "space"}],
    "datasets": [{"path": "0", "coordinateTransformations": [{"type": "scale", "scale": [)" +
           (channels_v<P> > 1 ? "1, " : "") + R"(1, 1]}]}]
  }]}}
}
)";
}

/// The values of a channel in a chunk, and 0 for what is outside of the image.
template <class P, class T>
void copy_chunk(image_view<P const> const& from, int channel, rect chunk, std::vector<T>& to) {
    rect const inside = intersect(chunk, {0, 0, from.width(), from.height()});
    std::fill(to.begin(), to.end(), T{});
    for (index_t y = inside.y; y < inside.bottom(); ++y)
        for (index_t x = inside.x; x < inside.right(); ++x)
            to[static_cast<std::size_t>((y - chunk.y) * chunk.width + x - chunk.x)] =
                from.row(y)[x * channels_v<P> + channel];
}

} // namespace detail

/// Writes a band_image as an OME-Zarr 0.5 (Zarr version 3) of one resolution: a folder with the array "0" of axes y and
/// x, or c, y and x, in chunks of one channel without compression, whose bytes are little endian. A chunk is a file of
/// its own. The rank that has its first row writes it, and gets the other rows from the ranks below. The last chunks of
/// a row and of a column are filled up with 0, as Zarr has it. The array's zarr.json is written last, so that a folder
/// that is not complete is no array. Collective. Memory: the rows of a row of chunks.
/// @throws io_error, and invalid_argument for an empty extent, or a chunk without pixels.
template <class P, class Inner>
void write_zarr_bands(mpi<Inner> const& policy, band_image<P> const& bands, std::filesystem::path const& folder,
                      extent chunk = {1024, 1024}) {
    using T = channel_t<P>;
    static_assert(detail::zarr_type<T>() != nullptr, "quoin::write_zarr_bands: Zarr has no such channels here; write "
                                                     "integers of 8, 16 or 32 bits, float or double");
    static_assert(std::endian::native == std::endian::little);
    if (bands.size().empty() || chunk.empty())
        detail::raise("quoin::write_zarr_bands: ", bands.width(), " x ", bands.height(), " pixels in chunks of ",
                      chunk.width, " x ", chunk.height, "; give at least one pixel in each");
    auto const& group = *policy.group();
    auto const array = folder / "0";
    auto const make_folder = [](std::filesystem::path const& path) {
        std::error_code failed;
        std::filesystem::create_directories(path, failed);
        if (failed)
            detail::raise<io_error>("quoin::write_zarr_bands: ", path.string(), ": cannot be made: ", failed.message(),
                                    "; give a folder that can be written to");
    };
    group.agree([&] {
        if (group.rank() != 0) return;
        make_folder(array);
        std::error_code none;
        std::filesystem::remove(array / "zarr.json", none);
    });
    interval const mine = bands.rows();
    auto const chunk_row_of = [&](index_t y) { return (y + chunk.height - 1) / chunk.height; };
    interval const chunk_rows{chunk_row_of(mine.begin), chunk_row_of(mine.end)};
    auto const source = bands.view();
    index_t const needed_end = min(bands.height(), chunk_rows.end * chunk.height);
    {
        detail::fetched_band const below(source.memory(), chunk_rows.begin < chunk_rows.end
                                                              ? interval{mine.begin, max(mine.end, needed_end)}
                                                              : interval{});
        group.agree([&] {
            auto const rows = source.pixels();
            std::vector<T> values(static_cast<std::size_t>(chunk.area()));
            for (index_t j = chunk_rows.begin; j < chunk_rows.end; ++j)
                for (int c = 0; c < channels_v<P>; ++c) {
                    auto const in = channels_v<P> > 1 ? array / "c" / std::to_string(c) / std::to_string(j)
                                                      : array / "c" / std::to_string(j);
                    make_folder(in);
                    for (index_t i = 0; i * chunk.width < bands.width(); ++i) {
                        detail::copy_chunk(rows, c, {i * chunk.width, j * chunk.height, chunk.width, chunk.height},
                                           values);
                        atomic_file file(in / std::to_string(i), "quoin::write_zarr_bands");
                        file.write(values.data(), values.size() * sizeof(T));
                        file.commit();
                    }
                }
        });
    }
    group.agree([&] {
        if (group.rank() != 0) return;
        auto const write = [](std::filesystem::path const& path, std::string const& text) {
            atomic_file file(path, "quoin::write_zarr_bands");
            file.write(text);
            file.commit();
        };
        write(folder / "zarr.json", detail::zarr_group<P>());
        write(array / "zarr.json", detail::zarr_array<P>(bands.size(), chunk));
    });
}

QUOIN_NAMESPACE_END

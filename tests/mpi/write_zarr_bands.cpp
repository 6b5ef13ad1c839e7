// SPDX-License-Identifier: BSL-1.0
// A Zarr that several processes write, read back chunk by chunk.
#include <quoin/mpi/write_zarr_bands.hpp>

#include "mpi/mpi_support.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>

using namespace quoin;

namespace {

/// The number of pixels, inside and outside of the image, that differ from the chunks' files.
template <class P>
int wrong_pixels(image<P> const& whole, std::filesystem::path const& array, extent chunk) {
    using T = channel_t<P>;
    int wrong = 0;
    for (int c = 0; c < channels_v<P>; ++c)
        for (index_t j = 0; j * chunk.height < whole.height(); ++j)
            for (index_t i = 0; i * chunk.width < whole.width(); ++i) {
                auto in = array / "c";
                if (channels_v<P> > 1) in /= std::to_string(c);
                files::bytes const bytes = files::read(in / std::to_string(j) / std::to_string(i));
                if (bytes.size() != static_cast<std::size_t>(chunk.area()) * sizeof(T)) return -1;
                for (index_t y = 0; y < chunk.height; ++y)
                    for (index_t x = 0; x < chunk.width; ++x) {
                        T value;
                        std::memcpy(&value, bytes.data() + static_cast<std::size_t>(y * chunk.width + x) * sizeof(T),
                                    sizeof(T));
                        index_t const u = i * chunk.width + x, v = j * chunk.height + y;
                        bool const inside = u < whole.width() && v < whole.height();
                        wrong += value != (inside ? whole.view().row(v)[u * channels_v<P> + c] : T{});
                    }
            }
    return wrong;
}

} // namespace

TEST_CASE("mpi: write_zarr_bands") {
    mpi const policy(MPI_COMM_WORLD, serial{});
    test::shared_folder const folder(policy);
    auto const text_of = [](std::filesystem::path const& path) {
        files::bytes const bytes = files::read(path);
        return std::string(reinterpret_cast<char const*>(bytes.data()), bytes.size());
    };
    int written = 0;
    auto const check = [&]<class P>(P, extent size, extent chunk) {
        auto const whole = test::same_noise<P>(size);
        auto const zarr = folder / std::to_string(written++);
        write_zarr_bands(policy, scatter(policy, whole), zarr, chunk);
        CHECK(wrong_pixels(whole, zarr / "0", chunk) == 0);
        CHECK(text_of(zarr / "0" / "zarr.json")
                  .find(std::to_string(size.height) + ", " + std::to_string(size.width) + "]") != std::string::npos);
        CHECK(text_of(zarr / "zarr.json").find("\"multiscales\"") != std::string::npos);
    };
    check(std::uint16_t{}, {70, 33}, {32, 8});
    check(std::uint8_t{}, {5, 3}, {16, 16});
    check(rgb<float>{}, {20, 41}, {7, 4});
    auto const one = scatter(policy, test::same_noise<std::uint8_t>({3, 3}));
    CHECK_THROWS_AS(write_zarr_bands(policy, one, folder / "none", {0, 4}), invalid_argument);
    CHECK_THROWS_AS(write_zarr_bands(policy, one, "/proc/none", {4, 4}), io_error);
}

// For read_zarr.py, which has the same pixels, computed by NumPy.
TEST_CASE("mpi: a Zarr for zarr of Python", "[.zarr]") {
    char const* const folder = std::getenv("QUOIN_ZARR_FOLDER");
    REQUIRE(folder);
    mpi const policy(MPI_COMM_WORLD, serial{});
    auto const write = [&]<class P>(P, char const* name, extent size, extent chunk) {
        image<P> whole(size);
        for (index_t y = 0; y < size.height; ++y)
            for (index_t i = 0; i < size.width * channels_v<P>; ++i)
                whole.view().row(y)[i] = static_cast<channel_t<P>>(
                    (31 * y + 3 * (i / channels_v<P>)+7 * (i % channels_v<P>)) * 257 % 65521);
        write_zarr_bands(policy, scatter(policy, whole), std::filesystem::path(folder) / name, chunk);
    };
    write(std::uint16_t{}, "u16", {70, 33}, {32, 8});
    write(std::int16_t{}, "i16", {41, 2}, {64, 64});
    write(float{}, "f32", {90, 7}, {16, 3});
    write(rgb<std::uint8_t>{}, "rgb", {33, 101}, {20, 17});
}

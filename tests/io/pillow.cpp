// SPDX-License-Identifier: BSL-1.0
// Pillow's files hold for quoin what they hold for Pillow, and the other way round.
#include "files.hpp"

#include <quoin/io.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdlib>
#include <sys/wait.h>

using namespace quoin;

namespace {

/// The exit status of pillow.py.
int pillow(std::string const& verb, files::folder const& folder) {
    auto const script = std::filesystem::path(__FILE__).parent_path() / "pillow.py";
    if (!std::filesystem::exists("/usr/bin/python3") || !std::filesystem::exists(script)) return 77;
    int const status = std::system(
        ("/usr/bin/python3 '" + script.string() + "' " + verb + " '" + folder.path().string() + "'").c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// The largest difference between an image and its channels, as Pillow lists them.
template <class P>
int difference(image<P> const& image, files::bytes const& raw) {
    std::size_t const row = static_cast<std::size_t>(image.width()) * sizeof(P);
    if (raw.size() != row * static_cast<std::size_t>(image.height())) return 1 << 16;
    int most = 0;
    for (index_t y = 0; y < image.height(); ++y) {
        std::vector<channel_t<P>> expected(row / sizeof(channel_t<P>));
        std::memcpy(expected.data(), raw.data() + static_cast<std::size_t>(y) * row, row);
        for (std::size_t i = 0; i < expected.size(); ++i)
            most = std::max(most, std::abs(image.view().row(y)[i] - expected[i]));
    }
    return most;
}

template <class P>
void write_raw(std::filesystem::path const& path, image<P> const& image) {
    std::ofstream out(path, std::ios::binary);
    for (index_t y = 0; y < image.height(); ++y)
        out.write(reinterpret_cast<char const*>(image.view().row(y)), image.width() * static_cast<index_t>(sizeof(P)));
}

} // namespace

TEST_CASE("quoin reads what Pillow writes", "[io]") {
    files::folder const folder;
    int const status = pillow("make", folder);
    if (status == 77) SKIP("/usr/bin/python3 has no Pillow");
    REQUIRE(status == 0);
    int seen = 0;
    for (auto const& entry : std::filesystem::directory_iterator(folder.path())) {
        auto const raw = entry.path();
        if (raw.extension() != ".raw" && raw.extension() != ".raw16") continue;
        auto const file = std::filesystem::path(raw).replace_extension();
        CAPTURE(file.filename().string());
        // JPEG decoders may round differently; the others may not.
        int const allowed = file.extension() == ".jpg" ? 2 : 0;
        if (raw.extension() == ".raw16")
            CHECK(difference(read_image<std::uint16_t>(file), files::read(raw)) <= allowed);
        else CHECK(difference(read_image<rgba8>(file), files::read(raw)) <= allowed);
        ++seen;
    }
    CHECK(seen == 25);
}

TEST_CASE("Pillow reads what quoin writes", "[io]") {
    files::folder const folder;
    auto const color = files::random_image<rgba8>(37, 23, 9);
    write_image(folder / "rgba.png", color.view());
    write_raw(folder / "rgba.png.raw", color);
    write_image(folder / "rgba.tga", color.view());
    write_raw(folder / "rgba.tga.raw", color);
    auto const deep = files::random_image<std::uint16_t>(37, 23, 10);
    for (std::string const name : {"deep.png", "deep.pgm"}) {
        write_image(folder / name, deep.view());
        write_raw(folder / (name + ".raw16"), deep);
    }
    auto const opaque = files::random_image<rgb8>(37, 23, 11);
    for (std::string const name : {"rgb.png", "rgb.bmp", "rgb.tga", "rgb.ppm"}) {
        write_image(folder / name, opaque.view());
        image<rgba8> expected(37, 23);
        for (index_t y = 0; y < 23; ++y)
            for (index_t x = 0; x < 37; ++x) expected(x, y) = {opaque(x, y).r, opaque(x, y).g, opaque(x, y).b, 255};
        write_raw(folder / (name + ".raw"), expected);
    }
    for (std::string const name : {"gray.png", "gray.bmp", "gray.tga", "gray.pgm"}) {
        write_image(folder / name, channel_of<1>(opaque.view()));
        image<rgba8> expected(37, 23);
        for (index_t y = 0; y < 23; ++y)
            for (index_t x = 0; x < 37; ++x) expected(x, y) = {opaque(x, y).g, opaque(x, y).g, opaque(x, y).g, 255};
        write_raw(folder / (name + ".raw"), expected);
    }
    int const status = pillow("check", folder);
    if (status == 77) SKIP("/usr/bin/python3 has no Pillow");
    CHECK(status == 0);
}

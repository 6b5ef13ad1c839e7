// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <quoin/io/read_image.hpp>
#include <quoin/io/write_image.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

using u8 = std::uint8_t;
using u16 = std::uint16_t;

template <class View>
std::string refusal(std::filesystem::path const& path, View const& view, write_options options = {}) {
    try {
        write_image(path, view, options);
        return "";
    } catch (io_error const& e) {
        return e.what();
    }
}

/// 65536 x 65536 times the same pixel.
struct huge {
    using pixel_type = u8;
    u8 value;
    index_t width() const { return 1 << 16; }
    index_t height() const { return 1 << 16; }
    u8 load(index_t, index_t) const { return value; }
};

/// Runs f in a child process; @returns whether it ended with true.
template <class F>
bool in_child(F f) {
    pid_t const child = fork();
    if (child == 0) _exit(f() ? 0 : 1);
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace

TEST_CASE("what a format cannot hold is refused before anything is written", "[io]") {
    files::folder const folder;
    image<u8> const gray(3, 2);
    image<u16> const deep(3, 2);
    image<rgb8> const color(3, 2);
    image<rgba8> const alpha(3, 2);
    for (char const* name : {"a.jpg", "a.bmp", "a.tga"})
        CHECK_THAT(refusal(folder / name, deep.view()), ContainsSubstring("holds 8 bits a channel, not 16; give .png"));
    CHECK_THAT(refusal(folder / "a.jpg", alpha.view()), ContainsSubstring("has no alpha"));
    CHECK_THAT(refusal(folder / "a.pnm", alpha.view()), ContainsSubstring("cannot hold 4 channels; give .pgm"));
    CHECK_THAT(refusal(folder / "a.png", image<float>(2, 2)),
               ContainsSubstring("holds integers, not float; give .pfm"));
    CHECK_THAT(refusal(folder / "a.pfm", gray.view()), ContainsSubstring("holds float, not integers; give .png"));
    CHECK_THAT(refusal(folder / "a.png", image<std::uint32_t>(2, 2)),
               ContainsSubstring("holds 8 or 16 bits a channel, not 32"));
    CHECK_THAT(refusal(folder / "a.pgm", color.view()), ContainsSubstring("cannot hold 3 channels"));
    CHECK_THAT(refusal(folder / "a.ppm", gray.view()), ContainsSubstring("cannot hold 1 channels"));
    CHECK_THAT(refusal(folder / "a.gif", gray.view()), ContainsSubstring("\".gif\" names no format; expected .png"));
    CHECK_THAT(refusal(folder / "png", gray.view()), ContainsSubstring("\"\" names no format"));
    for (char const* name : {"a.png", "a.jpg", "a.bmp", "a.tga", "a.pgm"})
        CHECK_THAT(refusal(folder / name, image<u8>(0, 2)), ContainsSubstring("0 x 2 pixels"));
    CHECK_THAT(refusal(folder / "a.jpg", gray.view(), {.jpeg_quality = 101}), ContainsSubstring("101"));
    for (char const* name : {"a.jpg", "a.tga"})
        CHECK_THAT(refusal(folder / name, image<u8>(65536, 1)), ContainsSubstring("up to 65535 a side"));
    CHECK(folder.count() == 0);
}

TEST_CASE("a size beyond what an encoder counts is refused", "[io]") {
    files::folder const folder;
    CHECK_THAT(refusal(folder / "a.png", huge{0}), ContainsSubstring("65536 x 65536") && ContainsSubstring(".pgm"));
    CHECK_THAT(refusal(folder / "a.bmp", huge{0}), ContainsSubstring("65536 x 65536"));
    CHECK(folder.count() == 0);
}

TEST_CASE("a full disk leaves the old file and nothing else", "[io]") {
    files::folder const folder;
    auto const image = files::random_image<rgb8>(300, 200, 1);
    for (char const* name : {"a.png", "a.jpg", "a.bmp", "a.tga", "a.ppm"}) {
        CAPTURE(name);
        auto const path = folder / name;
        files::write(path, "old");
        CHECK(in_child([&] {
            std::signal(SIGXFSZ, SIG_IGN);
            rlimit const limit{4096, 4096};
            setrlimit(RLIMIT_FSIZE, &limit);
            std::string const message = refusal(path, image.view());
            return message.find(path.string()) != message.npos && message.find("File too large") != message.npos;
        }));
        CHECK(files::read(path) == files::from_text("old"));
        std::filesystem::remove(path);
        CHECK(folder.count() == 0);
    }
}

TEST_CASE("a folder that cannot be written to is an error that says why", "[io]") {
    files::folder const folder;
    image<u8> const gray(3, 2);
    CHECK_THAT(refusal(folder / "missing/a.png", gray.view()), ContainsSubstring("No such file or directory"));
    files::write(folder / "file", "old");
    CHECK_THAT(refusal(folder / "file/a.png", gray.view()), ContainsSubstring("Not a directory"));
    std::filesystem::create_directory(folder / "a.png");
    CHECK_THAT(refusal(folder / "a.png", gray.view()), ContainsSubstring("is a directory"));

    std::filesystem::permissions(folder.path(),
                                 std::filesystem::perms::owner_all | std::filesystem::perms::others_exec);
    std::filesystem::create_directory(folder / "closed");
    files::write(folder / "closed/a.png", "old");
    std::filesystem::permissions(folder / "closed", std::filesystem::perms(0555));
    CHECK(in_child([&] {
        if (geteuid() == 0 && setuid(65534) != 0) return false;
        std::string const message = refusal(folder / "closed/a.png", gray.view());
        return message.find("Permission denied") != message.npos;
    }));
    CHECK(files::read(folder / "closed/a.png") == files::from_text("old"));
    std::filesystem::permissions(folder / "closed", std::filesystem::perms(0755));
}

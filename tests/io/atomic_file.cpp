// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <quoin/io/atomic_file.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <sys/wait.h>
#include <unistd.h>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

TEST_CASE("a committed file replaces the old one, another leaves it", "[io]") {
    files::folder const folder;
    auto const path = folder / "a.csv";
    files::write(path, "old");
    {
        atomic_file out(path);
        out.write("new");
        CHECK(files::read(path) == files::from_text("old"));
    }
    CHECK(files::read(path) == files::from_text("old"));
    CHECK(folder.count() == 1);
    {
        atomic_file out(path);
        out.write("new,");
        out.write("er", 2);
        atomic_file moved(std::move(out));
        moved.write("");
        moved.commit();
        CHECK(files::read(path) == files::from_text("new,er"));
        CHECK_THROWS_MATCHES(moved.write("x"), io_error, MessageMatches(ContainsSubstring("after commit")));
        CHECK_THROWS_MATCHES(moved.commit(), io_error, MessageMatches(ContainsSubstring("committed twice")));
    }
    CHECK(files::read(path) == files::from_text("new,er"));
    CHECK(folder.count() == 1);
}

TEST_CASE("a program that ends at once takes its temporary files along", "[io]") {
    files::folder const folder;
    pid_t const child = fork();
    if (child == 0) {
        atomic_file done(folder / "done"), moved(std::move(done)), left(folder / "left"), other(folder / "other");
        moved.commit();
        detail::temporary_files::of_program().give_up();
        _exit(7);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 7));
    CHECK(std::filesystem::exists(folder / "done"));
    CHECK(folder.count() == 1);
    CHECK(detail::temporary_files::of_program().direct == 0);
}

TEST_CASE("nobody sees half of a file, and two writers do not meet", "[io]") {
    files::folder const folder;
    auto const path = folder / "a.csv";
    atomic_file first(path);
    atomic_file second(path);
    first.write("first");
    second.write("second");
    CHECK_FALSE(std::filesystem::exists(path));
    second.commit();
    CHECK(files::read(path) == files::from_text("second"));
    first.commit();
    CHECK(files::read(path) == files::from_text("first"));
    CHECK(folder.count() == 1);
}

TEST_CASE("permissions and links survive", "[io]") {
    files::folder const folder;
    files::write(folder / "real", "old");
    auto const mode = std::filesystem::perms(0640);
    std::filesystem::permissions(folder / "real", mode);
    std::filesystem::create_symlink("real", folder / "link");
    atomic_file out(folder / "link");
    out.write("new");
    out.commit();
    CHECK(std::filesystem::is_symlink(folder / "link"));
    CHECK(files::read(folder / "real") == files::from_text("new"));
    CHECK(std::filesystem::status(folder / "real").permissions() == mode);
    CHECK(folder.count() == 2);
}

TEST_CASE("a long name is no obstacle", "[io]") {
    files::folder const folder;
    auto const path = folder / std::string(250, 'n');
    atomic_file out(path);
    out.write("new");
    out.commit();
    CHECK(files::read(path) == files::from_text("new"));
}

TEST_CASE("a device is written to, and a full one is an error", "[io]") {
    if (!std::filesystem::is_character_file("/dev/full")) SKIP("this system has no /dev/full");
    files::folder const folder;
    std::filesystem::create_symlink("/dev/full", folder / "full.csv");
    atomic_file out(folder / "full.csv");
    out.write("new");
    CHECK_THROWS_MATCHES(out.commit(), io_error, MessageMatches(ContainsSubstring("No space left on device")));
    CHECK(std::filesystem::is_character_file("/dev/full"));
    atomic_file nowhere("/dev/null");
    nowhere.write("new");
    nowhere.commit();
    CHECK(std::filesystem::is_character_file("/dev/null"));
}

TEST_CASE("a folder is no file", "[io]") {
    files::folder const folder;
    CHECK_THROWS_MATCHES(atomic_file(folder.path()), io_error, MessageMatches(ContainsSubstring("is a directory")));
    CHECK_THROWS_MATCHES(atomic_file(folder / "no/a"), io_error, MessageMatches(ContainsSubstring("No such file")));
}

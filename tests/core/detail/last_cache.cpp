// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/detail/last_cache.hpp>

#include <catch2/catch_test_macros.hpp>

#include <fstream>
#include <string>

using namespace quoin;

TEST_CASE("last_cache: sizes as Linux writes them", "[core]") {
    CHECK(detail::cache_bytes("32768K\n") == 32768u * 1024);
    CHECK(detail::cache_bytes("512K") == 512u * 1024);
    CHECK(detail::cache_bytes("2M\n") == 2u * 1024 * 1024);
    for (char const* text : {"", "K", "12", "12 K", "12G", "many"}) {
        INFO(text);
        CHECK(detail::cache_bytes(text) == 0);
    }
}

TEST_CASE("last_cache: what the system says, or 32 MiB", "[core]") {
    std::string said;
    for (std::string const index : {"index2", "index3"}) {
        std::ifstream in("/sys/devices/system/cpu/cpu0/cache/" + index + "/size");
        if (std::string text; in >> text) said = text;
    }
    CHECK(detail::last_cache() == (said.empty() ? std::size_t{32} << 20 : detail::cache_bytes(said.c_str())));
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/error.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("error: all exceptions have one base, a message of the parts in order", "[core]") {
    STATIC_CHECK(std::is_base_of_v<error, invalid_argument>);
    STATIC_CHECK(std::is_base_of_v<error, io_error>);
    STATIC_CHECK(std::is_base_of_v<std::runtime_error, error>);
    STATIC_CHECK(!std::is_base_of_v<invalid_argument, io_error>);
    try {
        detail::raise("quoin::test: ", -3, " of ", std::string("type"), " ", 4000000000u, "; ",
                      std::string_view("give more"));
        FAIL("raise returned");
    } catch (invalid_argument const& e) {
        CHECK(std::string(e.what()) == "quoin::test: -3 of type 4000000000; give more");
    }
    CHECK_THROWS_AS(detail::raise<io_error>("x"), io_error);
}

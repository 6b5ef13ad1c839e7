// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/error.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>

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

TEST_CASE("error: a message has enough digits to tell numbers apart", "[core]") {
    auto const to_text = [](detail::message_part number) { return detail::joined(&number, 1); };
    CHECK(to_text(42.0) == "42");
    CHECK(to_text(42.00000001) == "42.00000001");
    CHECK(to_text(-1e-46) == "-1e-46");
    CHECK(to_text(0.1) == "0.1");
    CHECK(to_text(0.1f) == "0.1");
    CHECK(to_text(0.1 + 0.2) == "0.30000000000000004");
    CHECK(to_text(16777217.0) == "16777217");
    CHECK(to_text(1.00000012f) == "1.0000001");
    CHECK(to_text(std::numeric_limits<double>::max()) == "1.7976931348623157e+308");
    CHECK(to_text(-std::numeric_limits<double>::infinity()) == "-inf");
    CHECK(to_text(std::numeric_limits<float>::quiet_NaN()) == "nan");
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/detail/nearest_word.hpp>

#include <catch2/catch_test_macros.hpp>

using quoin::detail::nearest_word;

TEST_CASE("nearest_word: a word of which at most a third is wrong", "[core]") {
    std::vector<std::string_view> const words{"gray", "box", "log", "gaussian", "gaussian3", "canny"};
    CHECK(nearest_word("grey", words) == "gray");  // replaced
    CHECK(nearest_word("gry", words) == "gray");   // left out
    CHECK(nearest_word("graay", words) == "gray"); // one more
    CHECK(nearest_word("garussian", words) == "gaussian");
    CHECK(nearest_word("gausian3", words) == "gaussian3");
    CHECK(nearest_word("gaussian", words) == "gaussian");
    CHECK(nearest_word("GRAY", words) == "gray");
    CHECK(nearest_word("Cany", words) == "canny");
    CHECK(nearest_word("lut", words).empty()); // two of three
    CHECK(nearest_word("x", words).empty());
    CHECK(nearest_word("", words).empty());
    CHECK(nearest_word("gray", std::vector<std::string_view>{}).empty());
}

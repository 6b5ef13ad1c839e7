// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/point/absolute.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace quoin;

namespace {

auto const formula = [](auto const& at, test::channel_kind kind) { return kind.stored(std::abs(at(0, 0))); };

} // namespace

TEST_CASE("absolute: every type", "[filter][absolute]") {
    CHECK(test::channel_types::all([]<class T>() { return test::wrong_alone<T>(absolute, formula); }) == "");
    CHECK(test::wrong_alone<rgb<std::int16_t>>(absolute, formula) == "");
}

TEST_CASE("absolute: the smallest values", "[filter][absolute]") {
    STATIC_CHECK(absolute(std::int16_t{-32768}) == 32767);
    STATIC_CHECK(absolute(std::int32_t{-2147483647} - 1) == 2147483647);
    STATIC_CHECK(absolute(-0.0f) == 0.0f);
    test::values in({5, 1}, 1), expected({5, 1}, 1);
    in.data = {-2147483648.0, -2147483647.0, -1, 0, 1};
    expected.data = {2147483647.0, 2147483647.0, 1, 0, 1};
    CHECK(test::wrong_alone<std::int32_t>(absolute, in, expected) == "");
}

TEST_CASE("absolute: in the engine", "[filter][absolute]") {
    CHECK(test::wrong_in_engine<std::int16_t>(absolute, reflect_101) == "");
}

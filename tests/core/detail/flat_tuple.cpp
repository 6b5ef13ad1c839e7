// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/detail/flat_tuple.hpp>

#include <catch2/catch_test_macros.hpp>

#include <type_traits>

using namespace quoin;

namespace {

struct empty_a {};
struct empty_b {};

constexpr bool test_tuple() {
    detail::flat_tuple<int, double, char> const t{{{1}, {2.5}, {'c'}}};
    static_assert(decltype(t)::size == 3 && detail::flat_tuple<>::size == 0);
    static_assert(std::is_trivially_copyable_v<decltype(t)> &&
                  std::is_aggregate_v<std::remove_const_t<decltype(t)>>);
    return detail::get<0>(t) == 1 && detail::get<1>(t) == 2.5 && detail::get<2>(t) == 'c' &&
           detail::apply([](int a, double b, char c) { return a + b + (c == 'c'); }, t) == 4.5 &&
           detail::apply([] { return 9; }, detail::flat_tuple<>{}) == 9;
}

} // namespace

TEST_CASE("flat_tuple: values in order, empty ones without room", "[core]") {
    static_assert(test_tuple());
    CHECK(test_tuple());
    STATIC_CHECK(std::is_empty_v<detail::flat_tuple<empty_a, empty_b>>);
    STATIC_CHECK(sizeof(detail::flat_tuple<empty_a, int, empty_b>) == sizeof(int));
    STATIC_CHECK(sizeof(detail::flat_tuple<int, int>) == 2 * sizeof(int));
}

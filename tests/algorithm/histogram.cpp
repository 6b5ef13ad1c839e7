// SPDX-License-Identifier: BSL-1.0
// histogram against counting one by one.
#include "support/oracle.hpp"

#include <quoin/algorithm/histogram.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class T>
std::size_t bin(T v) {
    return static_cast<std::size_t>(v - std::numeric_limits<T>::min());
}

/// The histogram of the pixels, read in place and through a stage, is `expected` under every policy.
template <class T>
void check_counts(test::plain<T> const& in) {
    CAPTURE(in.size.width, in.size.height);
    std::vector<index_t> expected(std::size_t{1} << (8 * sizeof(T)));
    for (T const v : in.data) ++expected[bin(v)];
    std::vector<index_t> const reversed(expected.rbegin(), expected.rend());
    test::guarded<T> const source(in);
    auto const check = [&](auto const& policies) {
        for (auto const& policy : policies) {
            INFO(policy.name());
            CHECK((histogram(policy, source.view()) == expected));
            CHECK((histogram(policy, source.view() | [](T v) { return static_cast<T>(~v); }) == reversed));
        }
    };
    check(test::scalar_policies());
    check(test::vector_policies());
}

} // namespace

TEMPLATE_TEST_CASE("histogram: every value is counted", "[algorithm]", std::uint8_t, std::uint16_t,
                   std::int16_t) {
    for (extent const size : {extent{0, 3}, extent{1, 1}, extent{131, 70}, extent{64, 300}})
        check_counts(test::random_pixels<TestType>(size, 6));
}

TEMPLATE_TEST_CASE("histogram: an image that several threads share", "[algorithm]", std::uint16_t) {
    check_counts(test::random_pixels<TestType>({1021, 1100}, 8));
}

TEMPLATE_TEST_CASE("histogram: runs of all lengths, of few and of many values", "[algorithm]", std::uint8_t,
                   std::uint16_t, std::int16_t) {
    unsigned const seed = 20240918;
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (unsigned const values : {1u, 2u, 3u, 65536u})
        for (unsigned const length : {1u, 5u, 40u, 1000u}) {
            CAPTURE(values, length);
            test::plain<TestType> in({517, 40});
            TestType v{};
            for (TestType& pixel : in.data) {
                if (random() % length == 0) v = static_cast<TestType>(random() % values * 21845u);
                pixel = v;
            }
            check_counts(in);
        }
}

TEST_CASE("histogram: more pixels of one value than 32 bits count", "[algorithm]") {
    detail::histogram_state<std::uint8_t> state;
    std::uint32_t const most = std::numeric_limits<std::uint32_t>::max();
    state.counts[7 * state.tables] = most;
    state.counted = most;
    state.add<scalar_lanes>(0, 7);
    state.add<scalar_lanes>(1, 7);
    std::vector<index_t> sums = state.totals;
    REQUIRE(sums.size() == 256);
    state.add_to(sums);
    CHECK(sums[7] == index_t{most} + 2);
}

// SPDX-License-Identifier: BSL-1.0
// histogram against counting one by one.
#include "support/oracle.hpp"

#include <quoin/exec/simd.hpp>
#include <quoin/measure/histogram.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

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

TEMPLATE_TEST_CASE("histogram: an image that several threads share", "[algorithm]", std::uint8_t, std::int8_t,
                   std::uint16_t) {
    check_counts(test::random_pixels<TestType>({1021, 1100}, 8));
}

TEST_CASE("histogram: flat parts of an image that is counted in pairs", "[algorithm]") {
    test::plain<std::uint8_t> in = test::random_pixels<std::uint8_t>({1024, 600}, 9);
    for (std::size_t i = 0; i < in.data.size(); ++i)
        if (i / 5000 % 5 == 3) in.data[i] = 200;
    check_counts(in);
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

TEST_CASE("histogram: of each channel, and in bins", "[algorithm]") {
    auto const in = test::random_pixels<rgb<std::uint16_t>>({131, 70}, 10);
    std::vector<index_t> red(65536), blue(65536), hundred(100);
    for (auto const& p : in.data) {
        ++red[p.r];
        ++blue[p.b];
        ++hundred[static_cast<std::size_t>(p.g * 100 / 65536)];
    }
    test::guarded<rgb<std::uint16_t>> const source(in);
    auto const all = histogram(simd{}, source.view());
    CHECK((all.r == red));
    CHECK((all.b == blue));
    CHECK((histogram.bins(100)(simd{}, source.view()).g == hundred));
    CHECK_THROWS_WITH(histogram.bins(0), Catch::Matchers::ContainsSubstring("quoin::histogram: 0 bins; give a number"));
}

TEMPLATE_TEST_CASE("histogram: bytes of pixels that are counted where they lie", "[algorithm]", rgb8, rgba8) {
    // Many pairs of neighbors, few, single values, runs, and a change from one to the other.
    unsigned const seed = 20250611;
    CAPTURE(seed);
    std::mt19937 random(seed);
    constexpr int channels = channels_v<TestType>;
    for (int const kind : {0, 1, 2, 3, 4}) {
        CAPTURE(kind);
        test::plain<TestType> in({kind == 0 ? 61 : 1021, 500});
        std::vector<index_t> expected[channels];
        for (auto& e : expected) e.resize(256);
        for (std::size_t i = 0; i < in.data.size(); ++i)
            for_each_channel<TestType>([&](auto number) {
                constexpr int c = decltype(number)::value;
                bool const narrow = kind == 1 || (kind == 4 && i % 200000 < 120000);
                auto value = static_cast<unsigned>(random());
                if (kind == 2) value = 7u * c;
                else if (kind == 3) value = static_cast<unsigned>(i / 700) + 50u * c;
                else if (narrow) value = value % 4u + static_cast<unsigned>(i >> 14);
                get_channel<c>(in.data[i]) = static_cast<std::uint8_t>(value);
                ++expected[c][value % 256];
            });
        test::guarded<TestType> const source(in);
        auto const check = [&](auto const& policies) {
            for (auto const& policy : policies) {
                INFO(policy.name());
                auto const all = histogram(policy, source.view());
                for_each_channel<TestType>([&](auto c) {
                    constexpr int i = decltype(c)::value;
                    CHECK((detail::channel_of_result<TestType, i>(all) == expected[i]));
                });
            }
        };
        check(test::scalar_policies());
        check(test::vector_policies());
    }
}

TEST_CASE("histogram: pixels of several channels inside a mask", "[algorithm]") {
    auto const in = test::random_pixels<rgb8>({203, 90}, 12);
    image<std::uint8_t> mask(203, 90);
    std::vector<index_t> green(256);
    for (index_t y = 0; y < 90; ++y)
        for (index_t x = 0; x < 203; ++x)
            if (x * x / 50 % 3 == y % 3) {
                mask(x, y) = 1;
                ++green[in(x, y).g];
            }
    test::guarded<rgb8> const source(in);
    for (auto const& policy : test::vector_policies())
        CHECK((histogram(policy, source.view(), within(mask.view())).g == green));
}

TEST_CASE("histogram: more pixels of three channels than 32 bits count", "[algorithm]") {
    detail::histogram_state<rgb8> state(extent{1, 1});
    std::vector<std::uint8_t> const row(3 * 35, 9);
    state.add_pixels(row.data(), 35);
    state.pixels.counted = std::numeric_limits<std::uint32_t>::max() - 34;
    CHECK(state.channels[2].totals.empty());
    state.add_pixels(row.data(), 35);
    CHECK(state.channels[2].totals[9] == 35);
    CHECK(state.pixels.counted == 35);
    std::vector<index_t> blue(256);
    state.add_to(2, blue);
    CHECK(blue[9] == 70);
}

TEST_CASE("histogram: more pixels of one value than 32 bits count", "[algorithm]") {
    detail::value_counts<std::uint8_t> state;
    std::uint32_t const most = std::numeric_limits<std::uint32_t>::max();
    std::uint8_t const values[] = {7, 7};
    state.counts[7 * state.tables] = most;
    state.counted = most;
    state.add<scalar_lanes>(values, 0, 2);
    REQUIRE(state.totals.size() == 256);
    std::vector<index_t> sums(256);
    state.add_to(sums);
    CHECK(sums[7] == index_t{most} + 2);
    detail::value_counts<std::uint8_t> other;
    other.add<scalar_lanes>(values, 0, 1);
    other.join(state);
    other.add<scalar_lanes>(values, 0, 1);
    std::vector<index_t> both(256);
    other.add_to(both);
    CHECK(both[7] == index_t{most} + 4);
}

TEST_CASE("histogram: more pairs of bytes than 32 bits count", "[algorithm]") {
    using lanes = simd::lanes;
    detail::value_counts<std::uint8_t> state;
    std::vector<std::uint8_t> step(lanes::count, 5);
    step[0] = 6, step[1] = 7;
    auto const add = [&] { state.add<lanes>(step.data(), 0, lanes::count); };
    auto const sums = [&] {
        std::vector<index_t> result(256);
        state.add_to(result);
        return result;
    };
    while (state.pairs.empty()) add();
    index_t const more = (state.most - state.counted) / 2;
    state.pairs[256 * 5 + 5] += static_cast<std::uint32_t>(more);
    state.counted += 2 * more;
    std::vector<index_t> expected = sums();
    REQUIRE(state.totals.empty());
    add();
    CHECK_FALSE(state.totals.empty());
    for (std::uint8_t const v : step) ++expected[v];
    CHECK((sums() == expected));
}

// SPDX-License-Identifier: BSL-1.0
// match_descriptors against a sort of all distances.
#include <quoin/feature/match_descriptors.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/image/image.hpp>
#include <quoin/image/subview.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <algorithm>
#include <random>

using namespace quoin;

namespace {

/// Few different bits, so that many distances are equal.
std::vector<binary_descriptor> random_bits(std::size_t n, unsigned seed) {
    std::mt19937_64 random(seed);
    std::vector<binary_descriptor> list(n);
    for (binary_descriptor& d : list)
        for (std::uint64_t& word : d) word = random() & random() & 0x1000040002000801;
    return list;
}

/// Whole numbers, so that sums are exact.
image<float> random_rows(index_t length, index_t n, unsigned seed) {
    std::mt19937 random(seed);
    image<float> rows(length, n);
    for (index_t y = 0; y < n; ++y)
        for (index_t x = 0; x < length; ++x) rows(x, y) = static_cast<float>(random() % 4);
    return rows;
}

/// distance(i, j) of all pairs, sorted.
template <class F>
std::vector<nearest_two> sorted(index_t n, index_t others, F const& distance) {
    std::vector<nearest_two> all;
    for (index_t i = 0; i < n; ++i) {
        std::vector<std::pair<double, index_t>> pairs;
        for (index_t j = 0; j < others; ++j) pairs.push_back({distance(i, j), j});
        std::sort(pairs.begin(), pairs.end());
        nearest_two two;
        if (others > 0) two.best = pairs[0].second, two.best_distance = static_cast<float>(pairs[0].first);
        if (others > 1) two.next = pairs[1].second, two.next_distance = static_cast<float>(pairs[1].first);
        all.push_back(two);
    }
    return all;
}

double bits_apart(binary_descriptor const& a, binary_descriptor const& b) {
    int count = 0;
    for (std::size_t i = 0; i < 256; ++i) count += (a[i / 64] >> i % 64 & 1) != (b[i / 64] >> i % 64 & 1);
    return count;
}
double length_between(image_view<float const> a, index_t i, image_view<float const> b, index_t j) {
    double sum = 0;
    for (index_t x = 0; x < a.width(); ++x) {
        double const d = static_cast<double>(a(x, i)) - static_cast<double>(b(x, j));
        sum += d * d;
    }
    return std::sqrt(sum);
}

} // namespace

TEST_CASE("nearest_descriptors: a sort of all distances, under every policy", "[feature][match_descriptors]") {
    unsigned const seed = 11;
    CAPTURE(seed);
    for (auto const& [n, others] : {std::pair<std::size_t, std::size_t>{0, 5}, {5, 0}, {3, 1}, {1, 2}, {40, 77}}) {
        CAPTURE(n, others);
        auto const a = random_bits(n, seed), b = random_bits(others, seed + 1);
        auto const expected = sorted(static_cast<index_t>(n), static_cast<index_t>(others), [&](index_t i, index_t j) {
            return bits_apart(a[static_cast<std::size_t>(i)], b[static_cast<std::size_t>(j)]);
        });
        for (auto const& policy : test::scalar_policies()) CHECK(nearest_descriptors(policy, a, b) == expected);
        for (auto const& policy : test::vector_policies()) CHECK(nearest_descriptors(policy, a, b) == expected);
    }
    for (index_t const length : {1, 15, 16, 17, 40, 128}) {
        CAPTURE(length);
        image<float> const all = random_rows(length + 3, 61, seed), b = random_rows(length, 90, seed + 1);
        auto const a = subview(all.view(), {2, 1, length, 50});
        auto const expected = sorted(50, 90, [&](index_t i, index_t j) { return length_between(a, i, b.view(), j); });
        for (auto const& policy : test::scalar_policies()) CHECK(nearest_descriptors(policy, a, b.view()) == expected);
        for (auto const& policy : test::vector_policies()) CHECK(nearest_descriptors(policy, a, b.view()) == expected);
    }
}

TEST_CASE("nearest_descriptors: floats that are not numbers are never near", "[feature][match_descriptors]") {
    image<float> a(20, 1), b(20, 3);
    b(3, 0) = std::numeric_limits<float>::quiet_NaN();
    b(5, 1) = 1;
    b(6, 2) = std::numeric_limits<float>::infinity();
    auto const found = nearest_descriptors(serial{}, std::as_const(a).view(), std::as_const(b).view());
    CHECK(found.front() == nearest_two{.best = 1, .best_distance = 1});
}

TEST_CASE("match_descriptors: the ratio, the cross check and the largest distance", "[feature][match_descriptors]") {
    unsigned const seed = 5;
    CAPTURE(seed);
    auto const a = random_bits(60, seed), b = random_bits(45, seed + 1);
    auto const there = nearest_descriptors(serial{}, a, b), back = nearest_descriptors(serial{}, b, a);
    for (match_options const& o :
         {match_options{}, match_options{.ratio = 0.7}, match_options{.cross_check = true},
          match_options{.most_distance = 2}, match_options{.ratio = 0.9, .cross_check = true, .most_distance = 3}}) {
        std::vector<descriptor_match> expected;
        for (std::size_t i = 0; i < a.size(); ++i) {
            auto const& n = there[i];
            bool const near = static_cast<double>(n.best_distance) <= o.most_distance;
            bool const distinct =
                o.ratio == 1 || static_cast<double>(n.best_distance) < o.ratio * static_cast<double>(n.next_distance);
            bool const mutual = back[static_cast<std::size_t>(n.best)].best == static_cast<index_t>(i);
            if (near && distinct && (mutual || !o.cross_check))
                expected.push_back({static_cast<index_t>(i), n.best, n.best_distance});
        }
        CHECK(!expected.empty());
        if (o.ratio < 1 || o.cross_check || o.most_distance < 9) CHECK(expected.size() < a.size());
        for (auto const& policy : test::scalar_policies()) CHECK(match_descriptors(policy, a, b, o) == expected);
    }
    // Without a second one the ratio says nothing.
    CHECK(match_descriptors(serial{}, a, std::span(b).first(1), {.ratio = 0.1}).size() == a.size());
    CHECK(match_descriptors(serial{}, a, {}).empty());
    auto const rows = random_rows(7, 9, seed);
    auto const same = match_descriptors(serial{}, rows.view(), rows.view(), {.cross_check = true});
    CHECK(same.size() > 5);
    for (descriptor_match const& m : same) CHECK((m.first == m.second && m.distance == 0));
}

TEST_CASE("match_descriptors: what is refused", "[feature][match_descriptors]") {
    using Catch::Matchers::ContainsSubstring;
    std::vector<binary_descriptor> const few(2);
    CHECK_THROWS_WITH(match_descriptors(serial{}, few, few, {.ratio = 0}), ContainsSubstring("the ratio 0 is not in"));
    CHECK_THROWS_AS(match_descriptors(serial{}, few, few, {.ratio = 1.5}), invalid_argument);
    CHECK_THROWS_AS(match_descriptors(serial{}, few, few, {.most_distance = -1}), invalid_argument);
    image<float> const a(5, 2), b(6, 2);
    CHECK_THROWS_WITH(nearest_descriptors(serial{}, a.view(), b.view()),
                      ContainsSubstring("descriptors of 5 and of 6 floats"));
    CHECK_THROWS_AS(match_descriptors(serial{}, a.view(), b.view()), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
// otsu against the definition: the between-class variance tried at every level, in long double.
#include "support/oracle.hpp"

#include <quoin/measure/otsu.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

index_t slow_otsu(std::vector<index_t> const& counts) {
    long double best = 0;
    index_t level = 0;
    for (std::size_t t = 0; t < counts.size(); ++t) {
        long double n[2] = {}, s[2] = {};
        for (std::size_t v = 0; v < counts.size(); ++v) {
            n[v > t] += static_cast<long double>(counts[v]);
            s[v > t] += static_cast<long double>(counts[v]) * static_cast<long double>(v);
        }
        if (n[0] == 0 || n[1] == 0) continue;
        long double const distance = s[0] / n[0] - s[1] / n[1];
        long double const variance = n[0] * n[1] * distance * distance;
        if (variance > best * (1 + 1e-12L)) {
            best = variance;
            level = static_cast<index_t>(t);
        }
    }
    return level;
}

} // namespace

TEST_CASE("otsu: two heaps", "[algorithm]") {
    std::vector<index_t> counts(256);
    counts[10] = counts[12] = 50;
    counts[200] = 70;
    CHECK(otsu_level(counts) == 12);
    CHECK(otsu_level(std::vector<index_t>(256)) == 0);
    std::vector<index_t> one(256);
    one[77] = 5;
    CHECK(otsu_level(one) == 0);
}

TEST_CASE("otsu: against the definition on random histograms", "[algorithm]") {
    unsigned const seed = 20240917;
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 200; ++i) {
        std::vector<index_t> counts(64);
        for (index_t& c : counts) c = random() % 3 == 0 ? random() % 1000 : 0;
        CHECK(otsu_level(counts) == slow_otsu(counts));
    }
}

TEST_CASE("otsu: of pixels, under every policy", "[algorithm]") {
    auto const in = test::random_pixels<std::uint8_t>({131, 67}, 7);
    test::guarded<std::uint8_t> const source(in);
    std::vector<index_t> counts(256);
    for (std::uint8_t const v : in.data) ++counts[v];
    for (auto const& policy : test::scalar_policies())
        CHECK(otsu(policy, source.view()) == slow_otsu(counts));
    for (auto const& policy : test::vector_policies())
        CHECK(otsu(policy, source.view()) == slow_otsu(counts));
}

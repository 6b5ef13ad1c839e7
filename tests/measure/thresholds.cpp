// SPDX-License-Identifier: BSL-1.0
// Thresholds from counts: the numbers of scikit-image on photographs, and the definitions on small counts.
#include <quoin/measure/thresholds.hpp>

#include "support/photographs.hpp"

#include <quoin/measure/otsu.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <random>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

using levels = std::vector<index_t>;

std::vector<index_t> random_counts(std::mt19937& random, std::size_t values) {
    std::vector<index_t> counts(values);
    for (index_t& n : counts) n = random() % 3 == 0 ? 0 : static_cast<index_t>(random() % 50);
    counts[values / 3] += 7;
    counts[values / 2] += 9;
    return counts;
}

/// The variance between the classes that end at `ends`, over all choices; the first of the best.
void best_levels(levels const& counts, levels const& values, std::size_t classes, levels& chosen, long double& most,
                 levels& best) {
    if (chosen.size() + 1 < classes) {
        for (index_t v : values)
            if (chosen.empty() || v > chosen.back()) {
                chosen.push_back(v);
                best_levels(counts, values, classes, chosen, most, best);
                chosen.pop_back();
            }
        return;
    }
    long double total = 0;
    for (std::size_t c = 0; c < classes; ++c) {
        long double n = 0, s = 0;
        for (std::size_t v = 0; v < counts.size(); ++v)
            if ((c == 0 || static_cast<index_t>(v) > chosen[c - 1]) &&
                (c + 1 == classes || static_cast<index_t>(v) <= chosen[c])) {
                n += static_cast<long double>(counts[v]);
                s += static_cast<long double>(counts[v]) * static_cast<long double>(v);
            }
        if (n == 0) return;
        total += s * s / n;
    }
    if (total > most * (1 + 1e-15L)) most = total, best = chosen;
}

} // namespace

TEST_CASE("thresholds: the numbers of scikit-image on photographs", "[measure][thresholds]") {
    for (test::photograph const& photo : test::photographs) {
        CAPTURE(photo.name);
        CHECK(triangle_threshold(photo.counts) == photo.triangle);
        CHECK(std::abs(li_threshold(photo.counts) / photo.li - 1) < 1e-6); // its histogram is of floats
        CHECK(yen_threshold(photo.counts) == photo.yen);
        CHECK(isodata_threshold(photo.counts) == photo.isodata);
        CHECK(mean_threshold(photo.counts) == photo.mean);
        if (photo.minimum >= 0) CHECK(minimum_threshold(photo.counts) == photo.minimum);
        else
            CHECK_THROWS_WITH(minimum_threshold(photo.counts),
                              ContainsSubstring("smoothed counts do not have two maxima; choose another threshold"));
        CHECK(multi_otsu(photo.counts, 2) == levels{otsu_level(photo.counts)});
        for (int classes = 2; classes <= 4; ++classes)
            CHECK(multi_otsu(photo.counts, classes) == photo.multi_otsu[static_cast<std::size_t>(classes - 2)]);
    }
}

TEST_CASE("multi_otsu: the best of all choices", "[measure][thresholds]") {
    unsigned const seed = 20261201;
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 60; ++round) {
        auto const counts = random_counts(random, 14);
        levels values;
        for (std::size_t v = 0; v < counts.size(); ++v)
            if (counts[v] > 0) values.push_back(static_cast<index_t>(v));
        for (std::size_t classes = 2; classes <= std::min<std::size_t>(5, values.size()); ++classes) {
            CAPTURE(round, classes);
            levels chosen, best;
            long double most = -1;
            best_levels(counts, values, classes, chosen, most, best);
            CHECK(multi_otsu(counts, static_cast<int>(classes)) == best);
        }
    }
}

TEST_CASE("triangle_threshold: both sides, against distances in long double", "[measure][thresholds]") {
    std::mt19937 random(20261202);
    for (int round = 0; round < 100; ++round) {
        auto const counts = random_counts(random, 60);
        index_t first = 0, last = 59, peak = 0;
        while (counts[static_cast<std::size_t>(first)] == 0) ++first;
        while (counts[static_cast<std::size_t>(last)] == 0) --last;
        for (index_t v = 0; v < 60; ++v)
            if (counts[static_cast<std::size_t>(v)] > counts[static_cast<std::size_t>(peak)]) peak = v;
        bool const right = peak - first < last - peak;
        index_t level = right ? last : first;
        long double most = -1e30L;
        for (index_t v = level; v != peak; v += right ? -1 : 1) {
            long double const height = static_cast<long double>(counts[static_cast<std::size_t>(peak)]);
            long double const along = static_cast<long double>(right ? last - v : v - first);
            long double const width = static_cast<long double>(right ? last - peak : peak - first);
            long double const distance =
                height * along - width * static_cast<long double>(counts[static_cast<std::size_t>(v)]);
            if (distance > most) most = distance, level = v;
        }
        CHECK(triangle_threshold(counts) == level);
    }
}

TEST_CASE("thresholds: one value, none, and bad classes", "[measure][thresholds]") {
    levels one(256), none(256);
    one[77] = 5;
    CHECK(triangle_threshold(one) == 77);
    CHECK(li_threshold(one) == 77);
    CHECK(yen_threshold(one) == 77);
    CHECK(isodata_threshold(one) == 77);
    CHECK(mean_threshold(one) == 77);
    CHECK(minimum_threshold(one) == 77);
    CHECK_THROWS_WITH(yen_threshold(none), ContainsSubstring("quoin::yen_threshold: all 256 counts are 0"));
    CHECK_THROWS_WITH(multi_otsu(one, 2), ContainsSubstring("quoin::multi_otsu: 1 values do not make 2 classes"));
    CHECK_THROWS_WITH(multi_otsu(one, 6), ContainsSubstring("quoin::multi_otsu: 6 classes; give a number in 2..5"));
}

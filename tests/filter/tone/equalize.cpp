// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/tone/equalize.hpp>

#include "support/message.hpp"
#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/measure/histogram.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <algorithm>
#include <cmath>
#include <random>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;
using test::message;

namespace {

/// Values around the middle, few and many of them.
template <class T>
test::plain<T> values(extent size, unsigned seed, double least, double most) {
    test::plain<T> in(size);
    std::mt19937 random(seed);
    std::normal_distribution<double> normal(0.5, 0.2);
    for (T& v : in.data) v = static_cast<T>(least + std::min(std::max(normal(random), 0.0), 1.0) * (most - least));
    return in;
}

/// The table of a stage: its results for all values.
template <class T>
std::vector<T> table(auto const& stage) {
    std::vector<T> all(std::size_t{1} << (8 * sizeof(T)));
    for (std::size_t v = 0; v < all.size(); ++v) all[v] = static_cast<T>(v);
    image_view<T const> const view(all.data(), static_cast<index_t>(all.size()), 1);
    auto const results = to_image(serial{}, view | stage);
    for (std::size_t v = 0; v < all.size(); ++v) all[v] = results(static_cast<index_t>(v), 0);
    return all;
}

template <class T>
std::vector<index_t> counted(test::plain<T> const& in) {
    std::vector<index_t> counts(std::size_t{1} << (8 * sizeof(T)));
    for (T const v : in.data) ++counts[v];
    return counts;
}

/// The results of f(v) for the values that occur, compared with a table.
template <class T>
bool equals(std::vector<T> const& found, std::vector<index_t> const& counts, auto const& f) {
    for (std::size_t v = 0; v < counts.size(); ++v)
        if (counts[v] > 0 && found[v] != f(static_cast<index_t>(v))) return false;
    return true;
}

index_t sum(std::vector<index_t> const& counts, index_t begin, index_t end) {
    index_t total = 0;
    for (index_t v = begin; v < end; ++v) total += counts[static_cast<std::size_t>(v)];
    return total;
}

template <class T>
void check_all(extent size, unsigned seed, double least, double most) {
    CAPTURE(seed, least, most);
    auto const in = values<T>(size, seed, least, most);
    auto const counts = counted(in);
    index_t const white = quoin::white<T>, total = size.width * size.height, all = static_cast<index_t>(counts.size());
    std::vector<T> sorted = in.data;
    std::sort(sorted.begin(), sorted.end());
    index_t const first = sorted.front(), last = sorted.back();

    // OpenCV's, whose scale is a float; of 16 bits in double.
    auto const opencv = [&](index_t v) {
        double const above = static_cast<double>(sum(counts, first + 1, v + 1));
        double const rest = static_cast<double>(total - counts[static_cast<std::size_t>(first)]);
        if (first == last) return static_cast<double>(v);
        if (sizeof(T) > 1) return std::nearbyint(above * (static_cast<double>(white) / rest));
        return std::nearbyint(static_cast<double>(static_cast<float>(above) * (255.f / static_cast<float>(rest))));
    };
    CHECK(equals<T>(table<T>(equalize(counts)), counts, opencv));
    // Pillow's.
    index_t const step = (total - counts[static_cast<std::size_t>(last)]) / white;
    auto const pillow = [&](index_t v) {
        if (first == last || step == 0) return v;
        return std::min((step / 2 + sum(counts, 0, v)) / step, white);
    };
    CHECK(equals<T>(table<T>(equalize(counts, equalize_rule::pillow)), counts, pillow));

    // numpy's percentiles of the sorted values.
    for (auto const& [low, high] : {std::pair{0.0, 100.0}, {2.0, 98.0}, {0.3, 61.7}, {49.0, 51.0}}) {
        auto const percentile = [&, n = static_cast<double>(total - 1)](double q) {
            double const place = q / 100 * n;
            auto const i = static_cast<std::size_t>(place);
            double const a = sorted[i], b = sorted[std::min(i + 1, sorted.size() - 1)];
            return a + (b - a) * (place - static_cast<double>(i));
        };
        double const a = percentile(low), b = percentile(high);
        auto const stretched = [&](index_t v) {
            if (!(a < b)) return static_cast<double>(v);
            double const share = (static_cast<double>(v) - a) * static_cast<double>(white) / (b - a);
            return std::floor(std::min(std::max(share, 0.0), static_cast<double>(white)) + 0.5);
        };
        CHECK(equals<T>(table<T>(stretch(counts, low, high)), counts, stretched));
    }
    for (auto const& [low, high] : {std::pair<index_t, index_t>{0, 0}, {16, 235}, {0, 1}, {7, all - 1}}) {
        auto const normalized = [&, l = low, h = high == 0 ? white : high](index_t v) {
            if (first == last) return static_cast<double>(v);
            return std::floor(static_cast<double>(l) +
                              static_cast<double>((v - first) * (h - l)) / static_cast<double>(last - first) + 0.5);
        };
        CHECK(equals<T>(table<T>(normalize(counts, low, high)), counts, normalized));
    }
}

} // namespace

TEST_CASE("equalize, stretch, normalize: of counts, against their definitions", "[filter][equalize]") {
    check_all<std::uint8_t>({97, 61}, 1, 0, 255);
    check_all<std::uint8_t>({97, 61}, 2, 90, 120);
    check_all<std::uint8_t>({9, 5}, 3, 0, 255);
    check_all<std::uint8_t>({40, 40}, 4, 77, 77);
    check_all<std::uint8_t>({40, 40}, 5, 254, 255.99);
    check_all<std::uint16_t>({400, 300}, 6, 0, 65535);
    check_all<std::uint16_t>({97, 61}, 7, 1000, 4095);
}

TEST_CASE("equalize: no pixels, and counts of channels", "[filter][equalize]") {
    std::vector<index_t> const none(256);
    CHECK(table<std::uint8_t>(equalize(none))[9] == 9);
    CHECK(table<std::uint8_t>(stretch(none, 2, 98))[9] == 9);
    CHECK(table<std::uint8_t>(normalize(none))[9] == 9);

    auto const in = test::random_pixels<rgb8>({67, 9}, 3);
    std::array<std::vector<index_t>, 3> counts{none, none, none};
    for (rgb8 const p : in.data) ++counts[0][p.r], ++counts[1][p.g / 2], ++counts[2][p.b / 4];
    test::plain<rgb8> narrow(in.size), expected(in.size);
    auto const r = table<std::uint8_t>(equalize(counts[0])), g = table<std::uint8_t>(equalize(counts[1])),
               b = table<std::uint8_t>(equalize(counts[2]));
    for (std::size_t i = 0; i < in.data.size(); ++i) {
        rgb8 const p = in.data[i];
        narrow.data[i] = {p.r, static_cast<std::uint8_t>(p.g / 2), static_cast<std::uint8_t>(p.b / 4)};
        rgb8 const n = narrow.data[i];
        expected.data[i] = {r[n.r], g[n.g], b[n.b]};
    }
    CHECK(test::check_pipeline(narrow, expected, [&](auto v) { return v | equalize(counts); }) == "");
}

TEST_CASE("equalize: pixels that are read once more to count them", "[filter][equalize]") {
    auto const in = values<std::uint8_t>({130, 40}, 9, 30, 200);
    test::guarded<std::uint8_t> const source(in);
    auto const v = source.view();
    auto const expected = to_image(serial{}, v | equalize(histogram(serial{}, v)));
    auto const same = [](auto const& a, auto const& b) {
        for (index_t y = 0; y < 40; ++y)
            for (index_t x = 0; x < 130; ++x)
                if (a(x, y) != b(x, y)) return false;
        return true;
    };
    CHECK(same(to_image(simd{}, v | equalize(simd{}, v)), expected));
    CHECK(same(to_image(simd{}, v | stretch(simd{}, v, 5, 95)),
               to_image(serial{}, v | stretch(histogram(serial{}, v), 5, 95))));
    CHECK(same(to_image(simd{}, v | normalize(simd{}, v, 10, 20)),
               to_image(serial{}, v | normalize(histogram(serial{}, v), 10, 20))));
}

TEST_CASE("equalize, stretch, normalize: bad arguments are refused with the values", "[filter][equalize]") {
    std::vector<index_t> const counts(256), shorter(255);
    double const nothing = std::numeric_limits<double>::quiet_NaN();
    CHECK_THAT(message([&] { equalize(shorter); }),
               ContainsSubstring("quoin::equalize: there are 255 counts; give 256 for bytes or 65536 for 16 bits"));
    image<std::uint16_t> const deep(3, 3);
    CHECK_THAT(message([&] { deep.view() | equalize(counts); }),
               ContainsSubstring("quoin::equalize: 256 counts are not those of pixels of 16 bits; give 65536 counts"));
    CHECK_THAT(message([&] { stretch(counts, -1, 98); }),
               ContainsSubstring("quoin::stretch: the percentiles are -1 and 98; give two numbers from 0 to 100"));
    CHECK(message([&] { stretch(counts, 2, 101); }) != "no error");
    CHECK(message([&] { stretch(counts, 50, 50); }) != "no error");
    CHECK(message([&] { stretch(counts, nothing, 50); }) != "no error");
    CHECK(message([&] { stretch(counts, 2, nothing); }) != "no error");
    CHECK_THAT(message([&] { normalize(counts, 0, 256); }),
               ContainsSubstring("quoin::normalize: the range is 0 to 256; give two values from 0 to 255"));
    CHECK(message([&] { normalize(counts, 9, 9); }) != "no error");
    CHECK(message([&] { normalize(counts, -1, 9); }) != "no error");
}

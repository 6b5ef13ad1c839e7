// SPDX-License-Identifier: BSL-1.0
// by_label: statistics of each label in one reading, against plain loops and against masks, and what is refused.
#include <quoin/measure/by_label.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/mean_std.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/moments.hpp>
#include <quoin/measure/sum.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <map>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

constexpr extent size{203, 150}; // three strips of 64 rows
constexpr index_t most = 9;

template <class P>
auto viewed(test::plain<P> const& in) {
    return image_view<P const>(reinterpret_cast<channel_t<P> const*>(in.data.data()), in.size.width, in.size.height);
}

/// Labels in runs of about the length; labels 4 and `most` do not occur, and label 7 has one pixel.
template <class T>
image<T> random_labels(unsigned seed, unsigned length) {
    std::mt19937 random(seed);
    image<T> labels(size);
    T label = 0;
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) {
            if (random() % length == 0) label = static_cast<T>(random() % 4 + (random() % 3 == 0 && y > 100 ? 5 : 0));
            if (label == 4 || label == 7) label = 8;
            labels(x, y) = label;
        }
    labels(12, 140) = 7;
    return labels;
}

/// What a label has, by a plain loop.
struct plain_facts {
    std::int64_t pixels = 0, sum = 0, squares = 0, of_x = 0, of_xy = 0;
    std::vector<index_t> counts = std::vector<index_t>(256);
    int low = 255, high = 0;
};

} // namespace

TEST_CASE("by_label: the statistics of each label, against a plain loop, under every policy", "[measure][by_label]") {
    auto const in = test::random_pixels<std::uint8_t>(size, 31);
    for (unsigned const length : {1u, 3u, 40u, 2000u}) {
        CAPTURE(length);
        auto const labels = random_labels<std::uint32_t>(32 + length, length);
        std::map<std::uint32_t, plain_facts> facts;
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) {
                plain_facts& f = facts[labels(x, y)];
                int const v = in(x, y);
                ++f.pixels;
                f.sum += v;
                f.squares += v * v;
                f.of_x += x * v;
                f.of_xy += x * y * v;
                ++f.counts[static_cast<std::size_t>(v)];
                f.low = std::min(f.low, v);
                f.high = std::max(f.high, v);
            }
        auto const check = [&](auto const& policies) {
            for (auto const& policy : policies) {
                INFO(policy.name());
                auto const [total, mean, counts, range, raw] =
                    statistics(policy, viewed(in), by_label(labels.view(), most), pixel_sum, mean_std, histogram,
                               min_max, moments);
                REQUIRE(total.size() == static_cast<std::size_t>(most + 1));
                REQUIRE(raw.size() == total.size());
                for (std::uint32_t l = 0; l <= most; ++l) {
                    CAPTURE(l);
                    auto const found = facts.find(l);
                    REQUIRE(total[l].has_value() == (found != facts.end()));
                    REQUIRE(mean[l].has_value() == total[l].has_value());
                    if (!total[l]) continue;
                    plain_facts const& f = found->second;
                    CHECK(*total[l] == f.sum);
                    auto const n = static_cast<double>(f.pixels);
                    CHECK(mean[l]->mean == static_cast<double>(f.sum) / n);
                    CHECK(mean[l]->variance == static_cast<double>(f.pixels * f.squares - f.sum * f.sum) / (n * n));
                    CHECK(*counts[l] == f.counts);
                    CHECK((*range[l] == min_max_result<std::uint8_t>{static_cast<std::uint8_t>(f.low),
                                                                     static_cast<std::uint8_t>(f.high)}));
                    CHECK(raw[l]->m10 == static_cast<double>(f.of_x));
                    CHECK(raw[l]->m11 == static_cast<double>(f.of_xy));
                }
            }
        };
        check(test::scalar_policies());
        check(test::vector_policies());
    }
}

TEST_CASE("by_label: ordered sums in images of one strip of 64 rows, and of two", "[measure][by_label]") {
    for (index_t const height : {1, 64, 65}) {
        CAPTURE(height);
        image<float> in(5, height);
        image<std::uint8_t> labels(5, height);
        for (index_t y = 0; y < height; ++y)
            for (index_t x = 0; x < 5; ++x) {
                in(x, y) = static_cast<float>(10 * x + y); // whose sums are exact
                labels(x, y) = static_cast<std::uint8_t>(x);
            }
        for (auto const& policy : test::vector_policies()) {
            INFO(policy.name());
            auto const [mean, total] = statistics(policy, in.view(), by_label(labels.view(), 5), mean_std, pixel_sum);
            for (std::size_t l = 0; l < 5; ++l) {
                double const expected = 10.0 * static_cast<double>(l) + static_cast<double>(height - 1) / 2;
                CHECK(mean[l].value().mean == expected);
                CHECK(total[l].value() == expected * static_cast<double>(height));
            }
            CHECK(!mean[5]);
        }
    }
}

TEST_CASE("by_label: a label is a mask, also where the order of sums matters", "[measure][by_label]") {
    auto const in = test::random_pixels<rgb<float>>(size, 41, true);
    auto const labels = random_labels<std::uint8_t>(42, 15);
    auto const reference = statistics(serial{}, viewed(in), by_label(labels.view(), most), pixel_sum, mean_std, argmax);
    for (std::uint8_t l = 0; l <= most; ++l) {
        CAPTURE(int{l});
        image<std::uint8_t> mask(size);
        index_t pixels = 0;
        rgb<double> plain{0, 0, 0};
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) {
                mask(x, y) = labels(x, y) == l;
                if (labels(x, y) != l) continue;
                ++pixels;
                rgb<float> const p = in(x, y);
                plain = {plain.r + static_cast<double>(p.r), plain.g + static_cast<double>(p.g),
                         plain.b + static_cast<double>(p.b)};
            }
        auto const& total = std::get<0>(reference)[l];
        REQUIRE(total.has_value() == (pixels > 0));
        if (!total) continue;
        CHECK(std::abs(total->r - plain.r) < 1e-6);
        CHECK(std::abs(std::get<1>(reference)[l]->mean.b - plain.b / static_cast<double>(pixels)) < 1e-10);
        auto const masked = statistics(serial{}, viewed(in), within(mask.view()), pixel_sum, mean_std, argmax);
        CHECK(*total == std::get<0>(masked));
        CHECK((*std::get<1>(reference)[l] == std::get<1>(masked)));
        CHECK((std::get<2>(reference)[l]->g == std::get<2>(masked).g));
    }
    auto const same = [&](auto const& policies) {
        for (auto const& policy : policies) {
            INFO(policy.name());
            auto const found =
                statistics(policy, viewed(in), by_label(labels.view(), most), pixel_sum, mean_std, argmax);
            CHECK((std::get<0>(found) == std::get<0>(reference)));
            CHECK((std::get<1>(found) == std::get<1>(reference)));
            for (std::size_t l = 0; l <= most; ++l)
                CHECK((!std::get<2>(found)[l] || std::get<2>(found)[l]->r == std::get<2>(reference)[l]->r));
        }
    };
    same(test::scalar_policies());
    same(test::vector_policies());
}

TEST_CASE("by_label: one statistic, a pipeline, and what is refused", "[measure][by_label]") {
    image<std::uint8_t> pixels(7, 5);
    image<std::uint16_t> labels(7, 5), other(7, 6);
    pixels(3, 4) = 9;
    labels(3, 4) = 2;
    auto const light = mean_std(serial{}, pixels.view(), by_label(labels.view(), 3));
    REQUIRE(light.size() == 4);
    CHECK((light[0]->mean == 0 && !light[1] && light[2]->mean == 9 && !light[3]));
    CHECK_THROWS_WITH(
        pixel_sum(serial{}, pixels.view(), by_label(other.view(), 3)),
        ContainsSubstring("the labels have 7 x 6 pixels, the image 7 x 5; give labels of the same extent"));
    labels(0, 1) = 40;
    labels(6, 4) = 60000;
    CHECK_THROWS_WITH(pixel_sum(serial{}, pixels.view(), by_label(labels.view(), 39)),
                      ContainsSubstring("a pixel has label 60000, and the largest one is to be 39; give by_label the"));
    CHECK_THROWS_WITH(by_label(labels.view(), -1), ContainsSubstring("the largest label is to be -1; give a number"));
    image<std::uint8_t> const none(0, 5);
    image<std::uint16_t> const no_labels(0, 5);
    CHECK(pixel_sum(serial{}, none.view(), by_label(no_labels.view(), 1)).size() == 2);
}

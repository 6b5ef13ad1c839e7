// SPDX-License-Identifier: BSL-1.0
// statistics: many in one reading, regions of interest, and what it refuses.
#include <quoin/measure/statistics.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/mask/bits.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/mean_std.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/projections.hpp>
#include <quoin/measure/sum.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

/// A source that counts how often each pixel is read.
struct counted_view {
    using pixel_type = std::uint8_t;
    image<std::uint8_t> const* pixels;
    image<int>* reads;
    index_t width() const { return pixels->width(); }
    index_t height() const { return pixels->height(); }
    std::uint8_t load(index_t x, index_t y) const {
        __atomic_fetch_add(&(*reads)(x, y), 1, __ATOMIC_RELAXED);
        return (*pixels)(x, y);
    }
};

template <class P>
auto viewed(test::plain<P> const& in) {
    return image_view<P const>(reinterpret_cast<channel_t<P> const*>(in.data.data()), in.size.width, in.size.height);
}

/// The pixels of `in` that `is_set(x, y)` takes, one below the other.
template <class P, class F>
test::plain<P> taken(test::plain<P> const& in, F const& is_set) {
    test::plain<P> out;
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x)
            if (is_set(x, y)) out.data.push_back(in(x, y));
    out.size = {1, static_cast<index_t>(out.data.size())};
    return out;
}

} // namespace

TEST_CASE("statistics: every pixel is read once, however many statistics there are", "[measure][statistics]") {
    image<std::uint8_t> pixels(131, 70);
    for (index_t y = 0; y < 70; ++y)
        for (index_t x = 0; x < 131; ++x) pixels(x, y) = static_cast<std::uint8_t>(x * 7 + y * 13);
    auto const check = [&](auto const& policies) {
        for (auto const& policy : policies) {
            INFO(policy.name());
            image<int> reads(131, 70);
            counted_view const source{&pixels, &reads};
            auto const [total, range, counts, mean, low, high, sums] =
                statistics(policy, source, pixel_sum, min_max, histogram, mean_std, argmin, argmax, projections);
            index_t once = 0;
            for (index_t y = 0; y < 70; ++y)
                for (index_t x = 0; x < 131; ++x) once += reads(x, y) == 1;
            CHECK(once == 131 * 70);

            std::vector<index_t> expected(256);
            index_t sum_of_all = 0;
            for (index_t y = 0; y < 70; ++y)
                for (index_t x = 0; x < 131; ++x) {
                    ++expected[pixels(x, y)];
                    sum_of_all += pixels(x, y);
                }
            CHECK((counts == expected));
            CHECK(total == sum_of_all);
            CHECK(mean.mean == static_cast<double>(sum_of_all) / (131 * 70));
            CHECK((range == min_max_result<std::uint8_t>{0, 255}));
            CHECK((low == placed_value<std::uint8_t>{0, 0, 0}));
            CHECK(high.value == 255);
            CHECK(pixels(high.x, high.y) == 255);
            CHECK(sums.rows.size() == 70);
            CHECK(sums.columns.size() == 131);
        }
    };
    check(test::scalar_policies());
    check(test::vector_policies());
}

TEST_CASE("statistics: ordered and other states beside each other, of rows longer than a part",
          "[measure][statistics]") {
    auto const in = test::random_pixels<float>({5000, 67}, 21, true);
    auto const first = statistics(serial{}, viewed(in), min_max, pixel_sum, argmax, mean_std);
    long double sum_of_all = 0, squares = 0;
    for (float const v : in.data) sum_of_all += v;
    long double const mean = sum_of_all / (5000 * 67);
    for (float const v : in.data) squares += (v - mean) * (v - mean);
    CHECK(std::abs(std::get<1>(first) - static_cast<double>(sum_of_all)) < 1e-6);
    CHECK(std::abs(std::get<3>(first).mean - static_cast<double>(mean)) < 1e-11);
    CHECK(std::abs(std::get<3>(first).variance / static_cast<double>(squares / (5000 * 67)) - 1) < 1e-13);
    auto const largest = std::max_element(in.data.begin(), in.data.end());
    auto const place = largest - in.data.begin();
    CHECK((std::get<2>(first) == placed_value<float>{*largest, place % 5000, place / 5000}));
    for (auto const& policy : test::scalar_policies())
        CHECK(statistics(policy, viewed(in), min_max, pixel_sum, argmax, mean_std) == first);
    for (auto const& policy : test::vector_policies())
        CHECK(statistics(policy, viewed(in), min_max, pixel_sum, argmax, mean_std) == first);
}

TEST_CASE("statistics: the pixels of a mask only", "[measure][statistics]") {
    unsigned const seed = 20261129;
    CAPTURE(seed);
    std::mt19937 random(seed);
    auto const in = test::random_pixels<rgb8>({203, 90}, 22);
    for (unsigned const length : {1u, 3u, 40u, 700u}) {
        CAPTURE(length);
        bit_image bits(203, 90);
        image<std::uint8_t> bytes(203, 90);
        bool set = false;
        for (index_t y = 0; y < 90; ++y)
            for (index_t x = 0; x < 203; ++x) {
                if (random() % length == 0) set = !set;
                bits.set(x, y, set);
                bytes(x, y) = set ? static_cast<std::uint8_t>(1 + random() % 255) : 0;
            }
        bits.set(202, 89);
        bytes(202, 89) = 1;
        auto const inside = taken(in, [&](index_t x, index_t y) { return bits.get(x, y); });
        rgb<std::int64_t> total{0, 0, 0};
        min_max_result<rgb8> range{{255, 255, 255}, {0, 0, 0}};
        std::vector<index_t> red(256);
        for (rgb8 const& p : inside.data) {
            total = {total.r + p.r, total.g + p.g, total.b + p.b};
            range.min = {std::min(range.min.r, p.r), std::min(range.min.g, p.g), std::min(range.min.b, p.b)};
            range.max = {std::max(range.max.r, p.r), std::max(range.max.g, p.g), std::max(range.max.b, p.b)};
            ++red[p.r];
        }
        auto const check = [&](auto const& policies) {
            for (auto const& policy : policies) {
                INFO(policy.name());
                auto const found =
                    statistics(policy, viewed(in), within(bits), pixel_sum, min_max, histogram, mean_std);
                CHECK(std::get<0>(found) == total);
                CHECK((std::get<1>(found) == range));
                CHECK((std::get<2>(found).r == red));
                CHECK(std::get<3>(found).mean.g ==
                      static_cast<double>(total.g) / static_cast<double>(inside.data.size()));
                auto const same =
                    statistics(policy, viewed(in), within(bytes.view()), pixel_sum, min_max, histogram, mean_std);
                CHECK(std::get<0>(same) == total);
                CHECK((std::get<2>(same).r == red));
                CHECK((std::get<3>(same) == std::get<3>(found)));
            }
        };
        check(test::scalar_policies());
        check(test::vector_policies());
    }
}

TEST_CASE("statistics: what is refused", "[measure][statistics]") {
    image<std::uint8_t> const pixels(7, 5), none(0, 5);
    bit_image const empty(7, 5), other(7, 6);
    CHECK_THROWS_WITH(statistics(serial{}, pixels.view(), within(other), min_max),
                      ContainsSubstring("the mask has 7 x 6 pixels, the image 7 x 5; give a mask of the same extent"));
    CHECK_THROWS_WITH(mean_std(serial{}, pixels.view(), within(empty)),
                      ContainsSubstring("quoin::mean_std: no pixel of the 7 x 5 lies inside the mask"));
    CHECK_THROWS_WITH(argmax(serial{}, none.view()),
                      ContainsSubstring("quoin::argmax: an image of 0 x 5 has no pixel"));
    CHECK(sum(serial{}, none.view()) == 0);
    CHECK(pixel_sum(serial{}, pixels.view(), within(empty)) == 0);
}

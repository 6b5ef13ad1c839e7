// SPDX-License-Identifier: BSL-1.0
// sum, min_max, histogram and otsu: against plain loops, and the same under every policy.
#include <quoin/exec/to_image.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/otsu.hpp>
#include <quoin/measure/sum.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian3.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>

using namespace quoin;

namespace {

std::vector<extent> const sizes{{1, 1}, {3, 2}, {63, 1}, {64, 65}, {65, 64}, {131, 130}, {17, 200}};

/// what(policy) under every policy, as long as all agree with the first; use(result) sees that one.
template <class What>
auto under_every_policy(What const& what) {
    auto const first = what(test::scalar_policies().front());
    bool same = true;
    for (auto const& p : test::scalar_policies()) same = same && what(p) == first;
    for (auto const& p : test::vector_policies()) same = same && what(p) == first;
    CHECK(same);
    return first;
}

template <class P>
auto viewed(test::plain<P> const& in) {
    return image_view<P const>(reinterpret_cast<channel_t<P> const*>(in.data.data()), in.size.width,
                               in.size.height);
}

} // namespace

TEST_CASE("sum: exact for integers, channel by channel", "[algorithm]") {
    for (extent const size : sizes) {
        auto const gray_pixels = test::random_pixels<std::int16_t>(size, 2);
        std::int64_t expected = 0;
        for (auto const v : gray_pixels.data) expected += v;
        CHECK(under_every_policy([&](auto const& p) { return sum(p, viewed(gray_pixels)); }) == expected);

        auto const colors = test::random_pixels<rgb8>(size, 3);
        rgb<std::int64_t> total{0, 0, 0};
        for (auto const v : colors.data) total = {total.r + v.r, total.g + v.g, total.b + v.b};
        CHECK(under_every_policy([&](auto const& p) { return sum(p, viewed(colors)); }) == total);
    }
    CHECK(sum(serial{}, image_view<std::uint8_t const>()) == 0);
}

TEST_CASE("sum: floating point has the same bits under every policy and is close to a plain loop",
          "[algorithm]") {
    for (extent const size : sizes) {
        auto const in = test::random_pixels<float>(size, 4, true);
        long double expected = 0;
        for (auto const v : in.data) expected += v;
        double const got = under_every_policy([&](auto const& p) { return sum(p, viewed(in)); });
        CHECK(std::abs(got - static_cast<double>(expected)) <= 1e-9 * static_cast<double>(size.area()) * 300);
    }
}

TEST_CASE("min_max: the smallest and largest value of each channel", "[algorithm]") {
    for (extent const size : sizes) {
        auto const colors = test::random_pixels<rgb<std::int16_t>>(size, 5);
        rgb<std::int16_t> low{32767, 32767, 32767}, high{-32768, -32768, -32768};
        for (auto const v : colors.data) {
            low = {std::min(low.r, v.r), std::min(low.g, v.g), std::min(low.b, v.b)};
            high = {std::max(high.r, v.r), std::max(high.g, v.g), std::max(high.b, v.b)};
        }
        auto const got = under_every_policy([&](auto const& p) { return min_max(p, viewed(colors)); });
        CHECK(got.min == low);
        CHECK(got.max == high);

        auto const floats = test::random_pixels<float>(size, 6, true);
        auto const [least, most] = std::minmax_element(floats.data.begin(), floats.data.end());
        auto const range = under_every_policy([&](auto const& p) { return min_max(p, viewed(floats)); });
        CHECK(range.min == *least);
        CHECK(range.max == *most);
    }
    CHECK_THROWS_AS(min_max(serial{}, image_view<float const>()), invalid_argument);
}

TEST_CASE("histogram: counts of every value, signed ones from the smallest", "[algorithm]") {
    for (extent const size : sizes) {
        auto const bytes = test::random_pixels<std::uint8_t>(size, 7);
        std::vector<index_t> expected(256);
        for (auto const v : bytes.data) ++expected[v];
        CHECK(under_every_policy([&](auto const& p) { return histogram(p, viewed(bytes)); }) == expected);
    }
    auto const signed_values = test::random_pixels<std::int16_t>({70, 70}, 8);
    std::vector<index_t> expected(65536);
    for (auto const v : signed_values.data) ++expected[static_cast<std::size_t>(v + 32768)];
    CHECK(under_every_policy([&](auto const& p) { return histogram(p, viewed(signed_values)); }) == expected);
    auto const none = histogram(serial{}, image_view<std::uint8_t const>());
    CHECK(none == std::vector<index_t>(256));
}

TEST_CASE("histogram: of a pipeline", "[algorithm]") {
    auto const in = test::random_pixels<rgb8>({131, 70}, 9);
    auto const blurred = to_image(serial{}, viewed(in) | gray | gaussian3);
    auto const expected = histogram(serial{}, std::as_const(blurred).view());
    CHECK(under_every_policy([&](auto const& p) { return histogram(p, viewed(in) | gray | gaussian3); }) ==
          expected);
}

TEST_CASE("otsu: maximizes the variance between the classes", "[algorithm]") {
    std::mt19937 random(12);
    for (int round = 0; round < 20; ++round) {
        test::plain<std::uint8_t> in({97, 31});
        for (auto& v : in.data) { // two humps
            int const middle = random() % 3 == 0 ? 60 + 3 * round : 180;
            v = static_cast<std::uint8_t>(std::clamp(middle + static_cast<int>(random() % 61) - 30, 0, 255));
        }
        // The definition, with probabilities and means of the classes, in long double.
        long double best = 0;
        int level = 0;
        for (int t = 0; t < 255; ++t) {
            long double below = 0, above = 0, below_sum = 0, above_sum = 0;
            for (auto const v : in.data) (v <= t ? below : above) += 1, (v <= t ? below_sum : above_sum) += v;
            if (below == 0 || above == 0) continue;
            long double const d = below_sum / below - above_sum / above;
            if (below * above * d * d > best * (1 + 1e-12L)) {
                best = below * above * d * d;
                level = t;
            }
        }
        CHECK(under_every_policy([&](auto const& p) { return otsu(p, viewed(in)); }) == level);
    }
    test::plain<std::uint8_t> flat({5, 5});
    CHECK(otsu(serial{}, viewed(flat)) == 0);
    CHECK(otsu_level({4, 0, 0, 4}) == 0);
    CHECK(otsu_level({}) == 0);
}

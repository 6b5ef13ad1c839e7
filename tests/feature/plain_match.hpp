// SPDX-License-Identifier: BSL-1.0
// match_template by its definition, and checks against that.
#pragma once

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/feature/match_template.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>

namespace test {

using namespace quoin;

/// The score of a place by its definition: of integers with sums of 128 bits and one quotient of long double.
template <class P>
long double plain_score(test::plain<P> const& in, index_t x, index_t y, test::plain<P> const& pattern,
                        test::plain<std::uint8_t> const& mask, match_method method) {
    using big = std::conditional_t<std::floating_point<channel_t<P>>, long double, __int128_t>;
    auto const n = static_cast<big>(mask.size.area() - std::count(mask.data.begin(), mask.data.end(), 0));
    big differences = 0, products = 0, squares_in = 0, squares_of = 0, covariance = 0, variance_in = 0, variance_of = 0;
    for_each_channel<P>([&](auto c) {
        big st = 0, si = 0, stt = 0, sii = 0, sit = 0;
        for (index_t v = 0; v < pattern.size.height; ++v)
            for (index_t u = 0; u < pattern.size.width; ++u) {
                if (mask(u, v) == 0) continue;
                auto const t = static_cast<big>(get_channel<decltype(c)::value>(pattern(u, v)));
                auto const i = static_cast<big>(get_channel<decltype(c)::value>(in(x + u, y + v)));
                differences += (i - t) * (i - t);
                st += t, si += i, stt += t * t, sii += i * i, sit += i * t;
            }
        products += sit, squares_in += sii, squares_of += stt;
        covariance += n * sit - si * st;
        variance_in += n * sii - si * si;
        variance_of += n * stt - st * st;
    });
    auto const quotient = [](big a, big b, big c) -> long double {
        if (b == 0 || c == 0) return 0;
        return static_cast<long double>(a) / std::sqrt(static_cast<long double>(b) * static_cast<long double>(c));
    };
    if (method == match_method::squared_differences) return static_cast<long double>(differences);
    if (method == match_method::correlation) return quotient(products, squares_in, squares_of);
    return quotient(covariance, variance_in, variance_of);
}

inline constexpr match_method all_methods[] = {match_method::squared_differences, match_method::correlation,
                                               match_method::zero_mean_correlation};

/// Integers: off by at most the rounding to float and a little. Floats: by so much of a score of 1, or of the sum of
/// squares.
template <class P>
void check_match(extent size, extent part, unsigned seed, bool masked = false) {
    CAPTURE(size.width, size.height, part.width, part.height, seed, masked);
    constexpr bool floats = std::floating_point<channel_t<P>>;
    auto in = test::random_pixels<P>(size, seed, true);
    auto pattern = test::random_pixels<P>(part, seed + 1, true);
    if (seed % 2 == 0) // a place that fits
        for (index_t v = 0; v < part.height; ++v)
            for (index_t u = 0; u < part.width; ++u)
                pattern(u, v) = in(size.width - part.width + u, (size.height - part.height) / 2 + v);
    auto mask = test::random_pixels<std::uint8_t>(part, seed + 2);
    for (auto& v : mask.data) v = masked ? v & 130 : 1;
    mask(part.width - 1, 0) = 2;
    test::guarded<P> const source(in), shape(pattern);
    test::guarded<std::uint8_t> const in_mask(mask);
    auto const matched = [&](auto const& policy, match_method method) {
        if (masked) return match_template(policy, source.view(), shape.view(), in_mask.view(), method);
        return match_template(policy, source.view(), shape.view(), method);
    };
    for (match_method const method : all_methods) {
        CAPTURE(static_cast<int>(method));
        image<float> const found = matched(serial{}, method);
        REQUIRE(found.size() == extent{size.width - part.width + 1, size.height - part.height + 1});
        long double worst = 0;
        for (index_t y = 0; y < found.height(); ++y)
            for (index_t x = 0; x < found.width(); ++x) {
                long double const expected = plain_score(in, x, y, pattern, mask, method);
                long double const unit = method == match_method::squared_differences
                                             ? std::max<long double>(std::abs(expected), floats ? 1e4L : 0)
                                         : floats ? 1
                                                  : std::abs(expected);
                long double const off = std::abs(expected - static_cast<long double>(found(x, y)));
                worst = std::max(worst, unit > 0 ? off / unit : off);
            }
        CHECK(worst <= 0x1p-24L * 1.001L);
        auto const check_same = [&](auto const& policies) {
            for (auto const& policy : policies) {
                INFO(policy.name());
                auto const same = matched(policy, method);
                REQUIRE(same.size() == found.size());
                index_t differing = 0;
                for (index_t y = 0; y < found.height(); ++y)
                    for (index_t x = 0; x < found.width(); ++x)
                        differing += std::memcmp(&found(x, y), &same(x, y), sizeof(float)) != 0;
                CHECK(differing == 0);
            }
        };
        check_same(test::scalar_policies());
        check_same(test::vector_policies());
    }
    CHECK(source.guards_intact());
    CHECK(shape.guards_intact());
}

/// Images and templates of many extents.
template <class P>
void check_matches() {
    unsigned seed = 5;
    for (auto const& [size, part] : {std::pair{extent{1, 1}, extent{1, 1}},
                                     {extent{7, 5}, extent{7, 5}},
                                     {extent{40, 9}, extent{3, 2}},
                                     {extent{66, 70}, extent{1, 8}},
                                     {extent{81, 75}, extent{8, 1}},
                                     {extent{90, 80}, extent{11, 13}},
                                     {extent{131, 21}, extent{64, 17}},
                                     {extent{530, 12}, extent{5, 4}}})
        check_match<P>(size, part, ++seed);
    check_match<P>({84, 75}, {11, 6}, 70, true);
    check_match<P>({530, 11}, {3, 5}, 71, true);
    check_match<P>({9, 9}, {1, 1}, 72, true);
}

} // namespace test

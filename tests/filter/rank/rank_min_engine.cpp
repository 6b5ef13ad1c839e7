// SPDX-License-Identifier: BSL-1.0
// rank_min and rank_max in the engine: borders, NaN, and the bits of percentile.
#include <quoin/filter/rank/percentile.hpp>
#include <quoin/filter/rank/rank_min.hpp>

#include "support/model_stages.hpp"

#include <catch2/catch_test_macros.hpp>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace quoin;

namespace {

/// In the order of ranks: -0 before +0, NaN behind all numbers.
template <class T>
bool before(T a, T b) {
    if constexpr (std::floating_point<T>) {
        if (std::isnan(a) || std::isnan(b)) return !std::isnan(a);
        if (a == b) return std::signbit(a) && !std::signbit(b);
    }
    return a < b;
}

/// The least or the greatest value over the columns x - w / 2 ... x + (w - 1) / 2, and rows alike.
template <class T>
auto end_of(int w, int h, bool greatest) {
    return [=](auto const& at) {
        T found = at(0, 0);
        for (int j = -(h / 2); j <= (h - 1) / 2; ++j)
            for (int i = -(w / 2); i <= (w - 1) / 2; ++i)
                if (T const v = at(i, j); greatest ? before(found, v) : before(v, found)) found = v;
        return found;
    };
}

std::vector<std::uint32_t> bits_of(test::plain<float> const& in) {
    std::vector<std::uint32_t> bits;
    for (float const v : in.data) bits.push_back(std::bit_cast<std::uint32_t>(v));
    return bits;
}

} // namespace

TEST_CASE("rank_min, rank_max: in the engine, under borders", "[filter][rank_min][rank_max]") {
    for (extent const side : {extent{1, 1}, {3, 3}, {4, 2}, {2, 5}, {15, 24}, {51, 51}}) {
        int const w = static_cast<int>(side.width), h = static_cast<int>(side.height);
        for (extent const size : {extent{1, 1}, {3, 2}, {75, 30}, {131, 9}}) {
            auto const in = test::random_pixels<std::uint8_t>(size, 4);
            auto const check = [&](auto border) {
                CHECK(test::check_pipeline(in, test::local<std::uint8_t>(in, border, end_of<std::uint8_t>(w, h, false)),
                                           [=](auto v) { return v | extend(border) | rank_min(w, h); }) == "");
            };
            check(replicate);
            check(constant(90));
            // Without an extend the border is that of ranks.
            CHECK(test::check_pipeline(in, test::local<std::uint8_t>(in, reflect_101, end_of<std::uint8_t>(w, h, true)),
                                       [=](auto v) { return v | rank_max(w, h); }) == "");
        }
    }
}

TEST_CASE("rank_min, rank_max: NaN, zeros of both signs, and the bits of percentile", "[filter][rank_min][rank_max]") {
    float const nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    float const values[] = {0.0f, -0.0f, 1.5f, -1.5f, infinity, -infinity, 1e-40f, nan, -nan, nan};
    for (unsigned const few : {2u, 7u, 10u}) { // kinds of values, and most are NaN for the first
        std::mt19937 random(few);
        test::plain<float> in(extent{71, 23});
        for (float& v : in.data)
            v = few == 2u ? random() % 9 != 0 ? nan : 1.0f : values[static_cast<std::size_t>(random() % few)];
        auto const view = image_view<float const>(in.data.data(), in.size.width, in.size.height);
        for (int const side : {3, 5, 9}) {
            INFO(few << ' ' << side);
            auto const same = [&](auto const& ours, bool greatest, double percent) {
                auto const got = test::evaluated(view | ours);
                auto want = test::local<float>(in, reflect_101, end_of<float>(side, side, greatest));
                for (float& v : want.data)
                    if (v != v) v = std::bit_cast<float>(0x7fffffffu);
                CHECK(bits_of(got) == bits_of(want));
                CHECK(bits_of(got) == bits_of(test::evaluated(view | percentile(side, percent))));
            };
            same(rank_min(side), false, 0);
            same(rank_max(side), true, 100);
        }
        CHECK(test::check_pipeline(in, test::evaluated(view | rank_min(5, 4)),
                                   [](auto v) { return v | rank_min(5, 4); }) == "");
    }
}

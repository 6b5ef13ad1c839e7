// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/smooth/bilateral_grid.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cmath>
#include <map>

using namespace quoin;
using test::plain;

namespace {

/// The contract in double, cell by cell: each pixel adds to the nearest cell, which spreads to those around it.
template <class T>
std::vector<double> gridded(plain<T> const& in, double color, double space) {
    auto const value = [&](index_t x, index_t y) { return static_cast<double>(in(x, y)); };
    double least = 1e300;
    for (T const v : in.data)
        if (std::isfinite(static_cast<double>(v))) least = std::min(least, static_cast<double>(v));
    std::map<std::array<long, 3>, std::array<double, 2>> cells;
    auto const nearest = [](double place) { return static_cast<long>(std::floor(place + 0.5)); };
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) {
            double const v = value(x, y) - least;
            if (!std::isfinite(v)) continue;
            auto& c = cells[{nearest(static_cast<double>(x) / space), nearest(static_cast<double>(y) / space),
                             nearest(v / color)}];
            c[0] += v;
            c[1] += 1;
        }
    constexpr double weight[5] = {5, 28, 62, 28, 5};
    std::map<std::array<long, 3>, std::array<double, 2>> blurred;
    for (auto const& [at, sums] : cells)
        for (long k = -2; k <= 2; ++k)
            for (long j = -2; j <= 2; ++j)
                for (long i = -2; i <= 2; ++i) {
                    auto& to = blurred[{at[0] + i, at[1] + j, at[2] + k}];
                    double const w = weight[i + 2] * weight[j + 2] * weight[k + 2];
                    to[0] += w * sums[0];
                    to[1] += w * sums[1];
                }
    std::vector<double> out;
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) {
            double const place[3] = {static_cast<double>(x) / space, static_cast<double>(y) / space,
                                     (value(x, y) - least) / color};
            double sum = 0, count = 0;
            for (int corner = 0; corner < 8 && std::isfinite(place[2]); ++corner) {
                double share = 1;
                std::array<long, 3> at{};
                for (std::size_t a = 0; a < 3; ++a) {
                    double const before = std::floor(place[a]);
                    long const step = (corner >> a) & 1;
                    at[a] = static_cast<long>(before) + step;
                    share *= step == 1 ? place[a] - before : 1 - (place[a] - before);
                }
                auto const found = blurred.find(at);
                if (found == blurred.end()) continue;
                sum += share * found->second[0];
                count += share * found->second[1];
            }
            out.push_back(std::isfinite(place[2]) ? sum / count + least : value(x, y));
        }
    return out;
}

/// The largest distance from the contract, under two policies, relative to white.
template <class T>
double distance(plain<T> const& in, double color, double space) {
    auto const image = test::image_of(in);
    auto const expected = gridded(in, color, space);
    auto const one = to_image(serial{}, image.view() | bilateral_grid(color, space));
    auto const other = to_image(simd{}, image.view() | bilateral_grid(color, space));
    double most = 0;
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) {
            if (one(x, y) != other(x, y)) return 1e9;
            most = std::max(most, std::abs(static_cast<double>(one(x, y)) -
                                           expected[static_cast<std::size_t>(y * in.size.width + x)]));
        }
    return most;
}

} // namespace

TEST_CASE("bilateral_grid: the cells of the contract", "[filter][bilateral_grid]") {
    for (double color : {7.3, 40.0, 1000.0})
        for (double space : {1.0, 2.5, 8.0, 100.0})
            for (extent const size : {extent{1, 1}, extent{5, 3}, extent{61, 37}}) {
                CAPTURE(color, space, size.width);
                CHECK(distance(test::random_pixels<std::uint8_t>(size, 4), color, space) <= 0.501);
            }
    CHECK(distance(test::random_pixels<std::uint16_t>({61, 37}, 4), 2000, 4.5) <= 0.6);
    CHECK(distance(test::random_pixels<float>({61, 37}, 4, true), 60, 4.5) <= 2e-3);
}

TEST_CASE("bilateral_grid: equal pixels stay, and a step far above sigma, too", "[filter][bilateral_grid]") {
    plain<std::uint8_t> step({80, 30});
    for (int const value : {0, 1, 100, 254, 255})
        for (double space : {1.0, 3.0, 50.0}) {
            for (auto& v : step.data) v = static_cast<std::uint8_t>(value);
            auto const flat = test::image_of(step);
            auto const same = to_image(simd{}, flat.view() | bilateral_grid(0.5, space));
            int wrong = 0;
            for (index_t y = 0; y < 30; ++y)
                for (index_t x = 0; x < 80; ++x) wrong += same(x, y) != value;
            CHECK(wrong == 0);
        }
    for (index_t y = 0; y < 30; ++y)
        for (index_t x = 0; x < 80; ++x) step(x, y) = x < 33 ? 50 : 200;
    auto const in = test::image_of(step);
    auto const out = to_image(simd{}, in.view() | bilateral_grid(20, 10));
    int wrong = 0;
    for (index_t y = 0; y < 30; ++y)
        for (index_t x = 0; x < 80; ++x) wrong += out(x, y) != in(x, y);
    CHECK(wrong == 0);
}

TEST_CASE("bilateral_grid: what is no number or infinite stays, and counts nowhere", "[filter][bilateral_grid]") {
    image<float> in(20, 10);
    for (index_t y = 0; y < 10; ++y)
        for (index_t x = 0; x < 20; ++x) in(x, y) = 3;
    in(4, 4) = std::numeric_limits<float>::infinity();
    in(5, 4) = -std::numeric_limits<float>::infinity();
    in(15, 8) = std::numeric_limits<float>::quiet_NaN();
    auto const out = to_image(simd{}, in.view() | bilateral_grid(1, 3));
    CHECK(out(4, 4) == in(4, 4));
    CHECK(out(5, 4) == in(5, 4));
    CHECK(std::isnan(out(15, 8)));
    CHECK(out(5, 5) == 3);
    CHECK(out(15, 9) == 3);
}

TEST_CASE("bilateral_grid: under every policy, and each channel by itself", "[filter][bilateral_grid]") {
    auto const in = test::random_pixels<rgb8>({67, 21}, 6);
    plain<rgb8> expected(in.size);
    for_each_channel<rgb8>([&](auto c) {
        constexpr int i = decltype(c)::value;
        plain<std::uint8_t> one(in.size);
        for (std::size_t k = 0; k < in.data.size(); ++k) one.data[k] = get_channel<i>(in.data[k]);
        auto const out = gridded(one, 33, 5);
        for (std::size_t k = 0; k < out.size(); ++k)
            get_channel<i>(expected.data[k]) = static_cast<std::uint8_t>(std::floor(out[k] + 0.5));
    });
    CHECK(test::check_pipeline(in, expected, [](auto v) { return v | bilateral_grid(33, 5); }) == "");
}

TEST_CASE("bilateral_grid: what is out of range is refused", "[filter][bilateral_grid]") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    for (double bad : {0.0, -1.0, 2e6, nan}) CHECK_THROWS_AS(bilateral_grid(bad, 3), invalid_argument);
    for (double bad : {0.0, 0.9, 10001.0, nan}) CHECK_THROWS_AS(bilateral_grid(3, bad), invalid_argument);
    image<float> in(3, 1);
    in(0, 0) = -1e30f;
    in(2, 0) = 1e30f;
    CHECK_THROWS_AS(to_image(serial{}, in.view() | bilateral_grid(1, 3)), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/smooth/tv.hpp>

#include "support/squares.hpp"
#include "support/swept_image.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/crop.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>
#include <random>

using namespace quoin;

namespace {

/// Chambolle's method on a whole image in N, with the steps of skimage.restoration.denoise_tv_chambolle.
template <class N>
std::vector<N> chambolle(std::vector<N> const& f, index_t w, index_t h, int n, N slope) {
    std::vector<N> p(f.size()), q(f.size()), u(f.size());
    auto const place = [w](index_t x, index_t y) { return static_cast<std::size_t>(y * w + x); };
    for (int t = 0;; ++t) {
        for (index_t y = 0; y < h; ++y)
            for (index_t x = 0; x < w; ++x) {
                N d = -(p[place(x, y)] + q[place(x, y)]);
                if (y > 0) d += p[place(x, y - 1)];
                if (x > 0) d += q[place(x - 1, y)];
                u[place(x, y)] = f[place(x, y)] + d;
            }
        if (t == n - 1) return u;
        for (index_t y = 0; y < h; ++y)
            for (index_t x = 0; x < w; ++x) {
                N const v = u[place(x, y)];
                N const g = y + 1 < h ? u[place(x, y + 1)] - v : N(0), k = x + 1 < w ? u[place(x + 1, y)] - v : N(0);
                N const shrink = N(1) / (std::sqrt(g * g + k * k) * slope + N(1));
                p[place(x, y)] = (p[place(x, y)] - g * N(0.25)) * shrink;
                q[place(x, y)] = (q[place(x, y)] - k * N(0.25)) * shrink;
            }
    }
}

/// The greatest distance of tv under simd from the real value.
template <class T>
double distance(image<T> const& in, int n, double weight) {
    std::vector<double> f;
    for (index_t y = 0; y < in.height(); ++y)
        for (index_t x = 0; x < in.width(); ++x) f.push_back(static_cast<double>(in(x, y)));
    auto const expected = chambolle<double>(f, in.width(), in.height(), n, 0.25 / weight);
    auto const got = to_image(simd{}, in.view() | tv(n, weight));
    return test::greatest_distance(got, expected);
}

} // namespace

TEST_CASE("tv: windows and rows are the loop in float", "[filter][tv]") {
    for (int n : {1, 2, 3, 6}) {
        float const slope = 0.25f / 30;
        int const r = n - 1, side = 2 * r + 1;
        auto const loop = [=](auto const& at) {
            std::vector<float> f;
            for (int y = -r; y <= r; ++y)
                for (int x = -r; x <= r; ++x) f.push_back(at(x, y));
            return chambolle<float>(f, side, side, n, slope)[static_cast<std::size_t>(r * side + r)];
        };
        for (index_t width : {1, 40}) {
            test::swept_image<float> const image(r, {width, 5}, [generator = std::mt19937(3)]() mutable {
                return static_cast<float>(generator() % 5000) / 16;
            });
            CHECK(image.wrong(detail::total_variation{n - 1, slope}, loop) == "");
        }
    }
}

TEST_CASE("tv: an image is the loop in double", "[filter][tv]") {
    for (extent const size : {extent{150, 23}, extent{3, 40}, extent{1, 1}})
        for (int n : {1, 2, 5, 32}) {
            CAPTURE(size.width, n);
            CHECK(distance(test::squares<float>(size, 1, 5), n, 25) < 2e-4);
            CHECK(distance(test::squares<std::uint8_t>(size, 1, 6), n, 25) < 0.501);
        }
    CHECK(distance(test::squares<std::uint16_t>({90, 20}, 250, 7), 9, 6000) < 0.55);
}

TEST_CASE("tv: the numbers of scikit-image", "[filter][tv]") {
    // skimage.restoration.denoise_tv_chambolle(image, weight=30, eps=0, max_num_iter=10)
    image<float> in(4, 3);
    for (index_t y = 0; y < 3; ++y)
        for (index_t x = 0; x < 4; ++x) in(x, y) = static_cast<float>((37 * x + 91 * y + 13 * x * y) % 100);
    auto const got = to_image(serial{}, in.view() | tv(10, 30));
    double const expected[3][4] = {{37.1445086, 47.3810571, 48.6717056, 45.7392708},
                                   {55.5594852, 51.2280732, 50.2068952, 47.9559916},
                                   {57.3533302, 52.381708, 49.5315177, 48.846457}};
    for (index_t y = 0; y < 3; ++y)
        for (index_t x = 0; x < 4; ++x) CHECK(std::abs(static_cast<double>(got(x, y)) - expected[y][x]) < 1e-4);
}

TEST_CASE("tv: NaN divides an image", "[filter][tv]") {
    auto const in = test::squares<float>({41, 19}, 1, 8);
    auto divided = to_image(serial{}, in.view());
    for (index_t y = 0; y < 19; ++y) divided(20, y) = std::numeric_limits<float>::quiet_NaN();
    auto const all = to_image(simd{}, divided.view() | tv(9, 20));
    auto const left = to_image(serial{}, in.view() | crop(0, 0, 20, 19) | tv(9, 20));
    auto const right = to_image(serial{}, in.view() | crop(21, 0, 20, 19) | tv(9, 20));
    for (index_t y = 0; y < 19; ++y) {
        for (index_t x = 0; x < 20; ++x) {
            REQUIRE(all(x, y) == left(x, y));
            REQUIRE(all(x + 21, y) == right(x, y));
        }
        REQUIRE(std::isnan(all(20, y)));
    }
}

TEST_CASE("tv: in the engine, and what is refused", "[filter][tv]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(tv(4, 40), reflect_101) == "");
    for (int n : {-1, 0, 33}) CHECK_THROWS_AS(tv(n, 1), invalid_argument);
    for (double weight : {0.0, -1.0, 1e7, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(tv(1, weight), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/smooth/anisotropic.hpp>

#include "support/squares.hpp"
#include "support/swept_image.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>
#include <random>

using namespace quoin;

namespace {

/// The loop of the contract in N, on the pixels at(dx, dy) with |dx|, |dy| <= n. Those at the ends stay, which the
/// middle does not notice.
template <class N>
N loop(auto const& at, int n, auto const& flow, N rate) {
    int const side = 2 * n + 1;
    std::vector<N> u(static_cast<std::size_t>(side * side));
    auto const cell = [side](std::vector<N>& v, int x, int y) -> N& {
        return v[static_cast<std::size_t>(y * side + x)];
    };
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) cell(u, x, y) = static_cast<N>(at(x - n, y - n));
    for (int t = 0; t < n; ++t) {
        auto last = u;
        for (int y = 1; y + 1 < side; ++y)
            for (int x = 1; x + 1 < side; ++x) {
                N const c = cell(last, x, y);
                cell(u, x, y) = c + ((flow(cell(last, x, y + 1) - c) - flow(c - cell(last, x, y - 1))) +
                                     (flow(cell(last, x + 1, y) - c) - flow(c - cell(last, x - 1, y)))) *
                                        rate;
            }
    }
    return cell(u, n, n);
}

/// An image in which nothing flows over the edge, in double.
template <class T>
std::vector<double> whole(image<T> const& in, int n, auto const& flow, double rate) {
    index_t const w = in.width(), h = in.height();
    std::vector<double> u;
    for (index_t y = 0; y < h; ++y)
        for (index_t x = 0; x < w; ++x) u.push_back(static_cast<double>(in(x, y)));
    for (int t = 0; t < n; ++t) {
        auto const last = u;
        for (index_t y = 0; y < h; ++y)
            for (index_t x = 0; x < w; ++x) {
                auto const c = last[static_cast<std::size_t>(y * w + x)];
                auto const from = [&](index_t i, index_t j) {
                    bool const inside = i >= 0 && i < w && j >= 0 && j < h;
                    return inside ? flow(last[static_cast<std::size_t>(j * w + i)] - c) : 0.0;
                };
                u[static_cast<std::size_t>(y * w + x)] +=
                    rate * (from(x, y - 1) + from(x, y + 1) + from(x - 1, y) + from(x + 1, y));
            }
    }
    return u;
}

} // namespace

TEST_CASE("anisotropic: windows and rows are the loop in float", "[filter][anisotropic]") {
    for (int n : {1, 2, 6}) {
        float const factor = 1.0f / 400, rate = 0.2f;
        auto const flow = [=](float d) { return d / (d * d * factor + 1.0f); };
        for (index_t width : {1, 40}) {
            test::swept_image<float> const image(n, {width, 5}, [generator = std::mt19937(3)]() mutable {
                return static_cast<float>(generator() % 5000) / 16;
            });
            CHECK(image.wrong(detail::diffusion{n, factor, rate, true},
                              [=](auto const& at) { return loop<float>(at, n, flow, rate); }) == "");
        }
    }
}

TEST_CASE("anisotropic: an image is the loop in double", "[filter][anisotropic]") {
    for (extent const size : {extent{150, 23}, extent{3, 40}, extent{1, 1}})
        for (int n : {1, 4, 32}) {
            CAPTURE(size.width, n);
            double const k = 15;
            auto const slow = [=](double d) { return d * std::exp(-d * d / (k * k)); };
            auto const rational = [=](double d) { return d / (1 + d * d / (k * k)); };
            auto const floats = test::squares<float>(size, 1, 5);
            auto const of = [&](auto const& stage) { return to_image(simd{}, floats.view() | stage); };
            CHECK(test::greatest_distance(of(anisotropic(n, k)), whole(floats, n, slow, 0.25)) < 2e-4);
            CHECK(test::greatest_distance(of(anisotropic(n, k, conductance::rational, 0.1)),
                                          whole(floats, n, rational, 0.1)) < 2e-4);
            auto const bytes = test::squares<std::uint8_t>(size, 1, 6);
            CHECK(test::greatest_distance(to_image(simd{}, bytes.view() | anisotropic(n, k)),
                                          whole(bytes, n, slow, 0.25)) < 0.501);
        }
    auto const wide = test::squares<std::uint16_t>({90, 20}, 250, 7);
    double const k = 4000;
    auto const slow = [=](double d) { return d * std::exp(-d * d / (k * k)); };
    CHECK(test::greatest_distance(to_image(simd{}, wide.view() | anisotropic(9, k)), whole(wide, 9, slow, 0.25)) <
          0.55);
}

TEST_CASE("anisotropic: stages one behind the other are one", "[filter][anisotropic]") {
    auto const in = test::squares<float>({75, 33}, 1, 8);
    auto const once = to_image(serial{}, in.view() | anisotropic(7, 20));
    auto const twice = to_image(serial{}, in.view() | anisotropic(3, 20) | anisotropic(4, 20));
    for (index_t y = 0; y < in.height(); ++y)
        for (index_t x = 0; x < in.width(); ++x) REQUIRE(once(x, y) == twice(x, y));
}

TEST_CASE("anisotropic: what is no number or infinite goes one pixel an iteration", "[filter][anisotropic]") {
    auto const clean = test::squares<float>({60, 40}, 1, 9);
    for (conductance const rule : {conductance::exponential, conductance::rational})
        for (float const odd : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()})
            for (int n : {1, 5}) {
                CAPTURE(odd, n, static_cast<int>(rule));
                auto in = test::squares<float>({60, 40}, 1, 9);
                in(31, 17) = odd;
                auto const stage = anisotropic(n, 15, rule);
                auto const out = to_image(simd{}, in.view() | stage);
                auto const expected = to_image(simd{}, clean.view() | stage);
                int lost = 0, other = 0;
                for (index_t y = 0; y < 40; ++y)
                    for (index_t x = 0; x < 60; ++x) {
                        bool const reached = std::abs(x - 31) + std::abs(y - 17) <= n;
                        lost += reached && std::isfinite(out(x, y));
                        other += !reached && out(x, y) != expected(x, y);
                    }
                CHECK((lost == 0 && other == 0));
            }
}

TEST_CASE("anisotropic: in the engine", "[filter][anisotropic]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(anisotropic(3, 40), reflect_101) == "");
}

TEST_CASE("anisotropic: what is refused", "[filter][anisotropic]") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    for (int n : {-1, 0, 33}) CHECK_THROWS_AS(anisotropic(n, 1), invalid_argument);
    for (double k : {0.0, -1.0, 1e7, nan}) CHECK_THROWS_AS(anisotropic(1, k), invalid_argument);
    for (double rate : {0.0, 0.26, nan})
        CHECK_THROWS_AS(anisotropic(1, 1, conductance::rational, rate), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/smooth/nl_means.hpp>

#include "support/functor.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <random>

using namespace quoin;

namespace {

/// The real value of a gray pixel; at(dx, dy) is the pixel at an offset.
double real_mean(int patch, int search, double h, auto const& at) {
    int const p = patch / 2, s = search / 2;
    double sum = 0, total = 0;
    for (int j = -s; j <= s; ++j)
        for (int i = -s; i <= s; ++i) {
            double d = 0;
            for (int y = -p; y <= p; ++y)
                for (int x = -p; x <= p; ++x) {
                    double const difference = at(x, y) - at(x + i, y + j);
                    d += difference * difference;
                }
            double const w = std::exp(-d / (patch * patch * h * h));
            if (w < 0.001) continue;
            sum += w * at(i, j);
            total += w;
        }
    return sum / total;
}

template <class T>
std::string wrong(int patch, int search, double h, double tolerance) {
    return test::wrong_alone<T>(
        nl_means(patch, search, h),
        [=](auto const& at, test::channel_kind kind) { return kind.stored(real_mean(patch, search, h, at)); },
        tolerance, {90, 25});
}

/// Areas with noise.
template <class P>
image<P> noisy_areas(extent size, unsigned seed) {
    std::mt19937 random(seed);
    image<P> areas(size);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) {
            int const level = (x / 9 + y / 7) % 3 * 80;
            areas(x, y) =
                make_pixel<P>([&](auto) { return static_cast<channel_t<P>>(level + static_cast<int>(random() % 40)); });
        }
    return areas;
}

} // namespace

TEST_CASE("nl_means: weights are within 16 of 32768 of the real ones", "[filter][nl_means]") {
    for (double h : {0.3, 1.0, 7.0, 20.0, 90.0}) {
        detail::patch_numbers<std::uint8_t> const n(7, h);
        double worst = 0;
        for (std::int32_t d = 0; d < 49 * 255 * 255; d += 1 + d / 500) {
            double const real = std::exp(-d / (49 * h * h));
            double const w = detail::patch_weight(d, n.per(1)), kept = real < 0.001 ? 0 : 32768 * real;
            if (std::abs(real - 0.001) > 2e-5) worst = std::max(worst, std::abs(w - kept));
        }
        CAPTURE(h);
        CHECK(worst <= 16);
    }
}

TEST_CASE("nl_means: windows of every type are near the real mean", "[filter][nl_means]") {
    for (auto const& [patch, search, h] : {std::tuple{1, 3, 20.0}, {3, 5, 60.0}, {5, 7, 150.0}}) {
        CAPTURE(patch, search, h);
        CHECK(wrong<std::uint8_t>(patch, search, h, 0.6) == "");
        CHECK(wrong<std::uint16_t>(patch, search, h * 257, 30) == ""); // 0.12 / 255
        CHECK(wrong<float>(patch, search, h, 0.15) == "");
    }
}

TEST_CASE("nl_means: sweeps are near the real mean, on areas with noise", "[filter][nl_means]") {
    index_t const width = 50, height = 31;
    image<std::uint8_t> const in = noisy_areas<std::uint8_t>({width, height}, 3);
    for (auto const& [patch, search, h] : {std::tuple{7, 21, 12.0}, {11, 3, 20.0}, {1, 21, 10.0}}) {
        image<std::uint8_t> const out = to_image(serial{}, in.view() | extend(replicate) | nl_means(patch, search, h));
        double worst = 0;
        for (index_t y = 0; y < height; y += 3)
            for (index_t x = 0; x < width; x += 2)
                worst = std::max(worst,
                                 std::abs(out(x, y) - real_mean(patch, search, h, [&](int i, int j) {
                                              return static_cast<double>(in(std::clamp<index_t>(x + i, 0, width - 1),
                                                                            std::clamp<index_t>(y + j, 0, height - 1)));
                                          })));
        CAPTURE(patch, search, h);
        CHECK(worst <= 0.55);
    }
}

TEST_CASE("nl_means: the channels of a pixel have the same weights", "[filter][nl_means]") {
    // The three channels are those of one image, so each has the mean of its own.
    image<std::uint8_t> const in = noisy_areas<std::uint8_t>({40, 22}, 4);
    image<rgb8> colors(40, 22);
    for (index_t y = 0; y < 22; ++y)
        for (index_t x = 0; x < 40; ++x) {
            std::uint8_t const v = in(x, y);
            colors(x, y) = {v, static_cast<std::uint8_t>(255 - v), v};
        }
    auto const gray = to_image(serial{}, in.view() | nl_means(3, 7, 15));
    auto const of_colors = to_image(serial{}, colors.view() | nl_means(3, 7, 15));
    int worst = 0;
    for (index_t y = 0; y < 22; ++y)
        for (index_t x = 0; x < 40; ++x) {
            rgb8 const c = of_colors(x, y);
            worst =
                std::max({worst, std::abs(c.r - gray(x, y)), std::abs(255 - c.g - gray(x, y)), std::abs(c.r - c.b)});
        }
    CHECK(worst <= 1); // weights are rounded
}

TEST_CASE("nl_means: NaN stays where it is", "[filter][nl_means]") {
    image<float> in(30, 30);
    for (index_t y = 0; y < 30; ++y)
        for (index_t x = 0; x < 30; ++x) in(x, y) = static_cast<float>(x < 15);
    in(20, 15) = std::numeric_limits<float>::quiet_NaN();
    auto const out = to_image(serial{}, in.view() | nl_means(3, 7, 0.1));
    for (index_t y = 0; y < 30; ++y)
        for (index_t x = 0; x < 30; ++x)
            if (x != 20 || y != 15) CHECK(out(x, y) == static_cast<float>(x < 15));
    CHECK(out(20, 15) != out(20, 15));
}

TEST_CASE("nl_means: what is out of range is refused", "[filter][nl_means]") {
    for (int bad : {-1, 0, 2, 13}) CHECK_THROWS_AS(nl_means(bad, 21, 10), invalid_argument);
    for (int bad : {-3, 0, 1, 4, 23}) CHECK_THROWS_AS(nl_means(7, bad, 10), invalid_argument);
    for (double bad : {0.0, -1.0, 1e7, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(nl_means(7, 21, bad), invalid_argument);
}

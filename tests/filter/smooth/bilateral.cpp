// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/smooth/bilateral.hpp>

#include "support/functor.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <random>

using namespace quoin;

namespace {

/// The real value of a channel of a gray pixel.
auto real_mean(int diameter, double sigma_color, double sigma_space) {
    int const r = diameter / 2;
    return [=](auto const& at, test::channel_kind kind) {
        double sum = 0, total = 0;
        for (int j = -r; j <= r; ++j)
            for (int i = -r; i <= r; ++i) {
                if (i * i + j * j > r * r) continue;
                double const d = at(i, j) - at(0, 0);
                double const w = std::exp(-d * d / (2 * sigma_color * sigma_color) -
                                          (i * i + j * j) / (2 * sigma_space * sigma_space));
                sum += w * at(i, j);
                total += w;
            }
        return kind.stored(sum / total);
    };
}

template <class T>
std::string wrong(int diameter, double sigma_color, double sigma_space, double tolerance) {
    return test::wrong_alone<T>(bilateral(diameter, sigma_color, sigma_space),
                                real_mean(diameter, sigma_color, sigma_space), tolerance, {150, 23});
}

/// An image of a few areas, with noise.
image<rgb8> noisy_areas(extent size, unsigned seed) {
    std::mt19937 random(seed);
    image<rgb8> areas(size);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) {
            int const level = (x / 9 + y / 7) % 3 * 80;
            auto const noise = [&] { return static_cast<std::uint8_t>(level + static_cast<int>(random() % 40)); };
            areas(x, y) = {noise(), noise(), noise()};
        }
    return areas;
}

} // namespace

TEST_CASE("bilateral: weights are within 14 or 20 of 32768 of the real ones", "[filter][bilateral]") {
    int worst = 0, before = 32768;
    for (int e = 0; e < 65536; ++e) {
        int const w = detail::faded(static_cast<std::uint16_t>(e));
        worst = std::max(worst, static_cast<int>(std::abs(w - 32768 * std::exp2(-e / 4096.0))));
        CHECK((w <= before && w <= 32767));
        before = w;
    }
    CHECK(worst <= 3);
    auto const farthest = []<class T>(std::type_identity<T>, double color, double space, int channels) {
        detail::bilateral_numbers<T> const n(9, color, space);
        double most = 0;
        int const end = sizeof(T) == 1 ? 255 * channels : 65535;
        for (int square = 0; square <= 81; square += square < 10 ? 1 : 9)
            for (int d = 0; d <= end; d += sizeof(T) == 1 ? 1 : 7) {
                if (!n.reaches(square)) continue;
                auto const part = n.distance(static_cast<std::uint16_t>(std::min(d, end / channels)), std::uint16_t{0});
                auto const w = n.weight_of(channels == 1 ? part : static_cast<std::uint16_t>(d), square);
                double const real =
                    std::exp(-static_cast<double>(d) * d / (2 * color * color) - square / (2 * space * space));
                most = std::max(most, std::abs(32768 * real - w));
            }
        return most;
    };
    for (double color : {0.01, 0.7, 3.0, 10.0, 25.0, 54.0, 75.0, 200.0, 1e6})
        for (double space : {0.3, 1.0, 3.0, 1e6}) {
            CAPTURE(color, space);
            for (int channels : {1, 3, 4})
                CHECK(farthest(std::type_identity<std::uint8_t>{}, color, space, channels) <= 14);
            CHECK(farthest(std::type_identity<std::uint16_t>{}, color * 257, space, 1) <= 20);
        }
}

TEST_CASE("bilateral: windows of every type are near the real mean", "[filter][bilateral]") {
    for (auto const& [diameter, color, space] :
         {std::tuple{3, 30.0, 1.0}, {5, 12.0, 2.0}, {9, 75.0, 75.0}, {19, 40.0, 4.0}}) {
        CAPTURE(diameter, color, space);
        CHECK(wrong<std::uint8_t>(diameter, color, space, 0.55) == "");
        CHECK(wrong<std::uint16_t>(diameter, color * 257, space, 10) == ""); // 0.04 / 255
        CHECK(wrong<std::int16_t>(diameter, color * 257, space, 10) == "");
        CHECK(wrong<float>(diameter, color, space, 1e-3) == "");
    }
}

TEST_CASE("bilateral: the channels of a pixel have the same weights", "[filter][bilateral]") {
    image<rgb8> const in = noisy_areas({41, 24}, 5);
    image<rgb8> const out = to_image(serial{}, in.view() | extend(replicate) | bilateral(7, 30, 2));
    int worst = 0;
    for (index_t y = 0; y < 24; ++y)
        for (index_t x = 0; x < 41; ++x) {
            double sum[3] = {}, total = 0;
            rgb8 const here = in(x, y);
            for (int j = -3; j <= 3; ++j)
                for (int i = -3; i <= 3; ++i) {
                    if (i * i + j * j > 9) continue;
                    rgb8 const q = in(std::clamp<index_t>(x + i, 0, 40), std::clamp<index_t>(y + j, 0, 23));
                    int const d = std::abs(here.r - q.r) + std::abs(here.g - q.g) + std::abs(here.b - q.b);
                    double const w = std::exp(-d * d / (2 * 30.0 * 30.0) - (i * i + j * j) / 8.0);
                    sum[0] += w * q.r, sum[1] += w * q.g, sum[2] += w * q.b, total += w;
                }
            rgb8 const got = out(x, y);
            worst = std::max({worst, static_cast<int>(1000 * std::abs(got.r - sum[0] / total)),
                              static_cast<int>(1000 * std::abs(got.g - sum[1] / total)),
                              static_cast<int>(1000 * std::abs(got.b - sum[2] / total))});
        }
    CHECK(worst <= 505);
}

TEST_CASE("bilateral: infinities and NaN do not spread", "[filter][bilateral]") {
    for (float const odd : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
        image<float> in(12, 12);
        for (index_t y = 0; y < 12; ++y)
            for (index_t x = 0; x < 12; ++x) in(x, y) = static_cast<float>(x < 6);
        in(5, 5) = odd;
        auto const out = to_image(serial{}, in.view() | bilateral(5, 0.05, 2));
        for (index_t y = 0; y < 12; ++y)
            for (index_t x = 0; x < 12; ++x)
                if (x != 5 || y != 5) CHECK(out(x, y) == static_cast<float>(x < 6));
        CHECK((odd == odd ? out(5, 5) == odd : out(5, 5) != out(5, 5)));
    }
}

TEST_CASE("bilateral: what is out of range is refused", "[filter][bilateral]") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    for (int bad : {-3, 0, 1, 4, 20, 21}) CHECK_THROWS_AS(bilateral(bad, 1, 1), invalid_argument);
    for (double bad : {0.0, -1.0, 1e7, nan}) {
        CHECK_THROWS_AS(bilateral(5, bad, 1), invalid_argument);
        CHECK_THROWS_AS(bilateral(5, 1, bad), invalid_argument);
    }
}

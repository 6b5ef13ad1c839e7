// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/arithmetic/over.hpp>

#include "support/zipped.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// The rational of integers, half up; a color or the alpha.
template <class T>
struct exact {
    static constexpr std::int64_t white = std::numeric_limits<T>::max();

    static rgba<T> over(rgba<T> p, rgba<T> q) {
        if (p.a == 0) return q;
        std::int64_t const top = p.a * white, below = q.a * (white - p.a), sum = top + below;
        auto const color = [&](std::int64_t a, std::int64_t b) {
            __int128 const n = static_cast<__int128>(a) * top + static_cast<__int128>(b) * below;
            return static_cast<T>((2 * n + sum) / (2 * sum));
        };
        return {color(p.r, q.r), color(p.g, q.g), color(p.b, q.b), static_cast<T>((2 * sum + white) / (2 * white))};
    }
    static rgba<T> premultiplied(rgba<T> p, rgba<T> q) {
        auto const sum = [&](std::int64_t a, std::int64_t b) {
            return test::clamped<T>(a + (2 * b * (white - p.a) + white) / (2 * white));
        };
        return {sum(p.r, q.r), sum(p.g, q.g), sum(p.b, q.b), sum(p.a, q.a)};
    }
};

template <class T>
std::vector<rgba<T>> random_colors(std::size_t count, unsigned seed) {
    auto const channels = test::random_channels<T>(4 * count, seed);
    std::vector<rgba<T>> all(count);
    for (std::size_t i = 0; i < count; ++i)
        all[i] = {channels[4 * i], channels[4 * i + 1], channels[4 * i + 2], channels[4 * i + 3]};
    return all;
}

template <class T>
std::string wrong(std::vector<rgba<T>> const& a, std::vector<rgba<T>> const& b) {
    return test::wrong_zipped(over, exact<T>::over, a, b) +
           test::wrong_zipped(over_premultiplied, exact<T>::premultiplied, a, b);
}

} // namespace

TEST_CASE("over: bytes of all pairs of alphas are the exact rational, half up", "[filter][arithmetic]") {
    std::mt19937 random(31);
    std::vector<rgba8> a, b;
    auto const byte = [&](unsigned i) { return static_cast<std::uint8_t>(i); };
    for (unsigned top = 0; top < 256; ++top)
        for (unsigned below = 0; below < 256; ++below)
            for (int i = 0; i < 4; ++i) {
                a.push_back({byte(random()), byte(random()), byte(random() % 2 * 255), byte(top)});
                b.push_back({byte(random()), byte(random()), byte(random() % 2 * 255), byte(below)});
            }
    CHECK(wrong(a, b) == "");
}

TEST_CASE("over: bytes whose quotient is nearest to a half, or is one", "[filter][arithmetic]") {
    std::vector<rgba8> a, b;
    for (int top = 1; top < 256; ++top)
        for (int below = 1; below < 256; below += 2) {
            int const one = top * 255, two = below * (255 - top), sum = one + two;
            int found = 0;
            for (int p = 0; p < 256 && found < 3; ++p)
                for (int q = top % 7; q < 256 && found < 3; q += 7) {
                    int const over_half = 2 * (p * one + q * two) % (2 * sum) - sum;
                    if (std::abs(over_half) > 255) continue;
                    ++found;
                    auto const byte = [](int i) { return static_cast<std::uint8_t>(i); };
                    a.push_back({byte(p), byte(p), byte(255 - p), byte(top)});
                    b.push_back({byte(q), byte(255), byte(q), byte(below)});
                }
        }
    CHECK(a.size() > 50000);
    CHECK(wrong(a, b) == "");
}

TEST_CASE("over: other types of channels", "[filter][arithmetic]") {
    CHECK(wrong(random_colors<std::uint16_t>(20000, 32), random_colors<std::uint16_t>(20000, 33)) == "");
    auto const one = [](rgbaf p, rgbaf q) {
        float const t = q.a * (1 - p.a), r = p.a + t;
        auto const color = [&](float a, float b) { return p.a == 0 ? b : (a * p.a + b * t) / r; };
        return rgbaf{color(p.r, q.r), color(p.g, q.g), color(p.b, q.b), r};
    };
    auto const weighed = [](rgbaf p, rgbaf q) {
        float const t = 1 - p.a;
        return rgbaf{p.r + q.r * t, p.g + q.g * t, p.b + q.b * t, p.a + q.a * t};
    };
    auto const a = random_colors<float>(5000, 34), b = random_colors<float>(5000, 35);
    CHECK(test::wrong_zipped(over, one, a, b) == "");
    CHECK(test::wrong_zipped(over_premultiplied, weighed, a, b) == "");
    constexpr std::int16_t half = 16384, white = 32767;
    STATIC_CHECK(over(rgba<std::int16_t>{100, 0, 0, half}, rgba<std::int16_t>{0, 100, 0, white}) ==
                 rgba<std::int16_t>{50, 50, 0, white});
    STATIC_CHECK(!concepts::stage_for<over_fn, zipped<rgb8, rgb8>>);
    STATIC_CHECK(!concepts::stage_for<over_premultiplied_fn, zipped<std::uint8_t, std::uint8_t>>);
}

TEST_CASE("over: in the engine", "[filter][arithmetic]") {
    CHECK(test::wrong_zipped_in_engine<rgba8>(over, exact<std::uint8_t>::over) == "");
    CHECK(test::wrong_zipped_in_engine<rgba8>(over_premultiplied, exact<std::uint8_t>::premultiplied) == "");
}

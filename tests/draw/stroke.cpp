// SPDX-License-Identifier: BSL-1.0
#include <quoin/draw/stroke.hpp>

#include <quoin/draw/box.hpp>
#include <quoin/image/image.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;

namespace {

template <class T>
T blended_by(T old, T color, int alpha) {
    image<T> pixel(1, 1);
    pixel(0, 0) = old;
    fill_box(pixel.view(), {0, 0, 1, 1}, color, alpha);
    return pixel(0, 0);
}

} // namespace

TEST_CASE("stroke: every blend of bytes is the nearest byte", "[draw][stroke]") {
    image<std::uint8_t> all(256, 1);
    index_t wrong = 0;
    for (int color = 0; color < 256; ++color)
        for (int alpha = 0; alpha < 256; ++alpha) {
            for (int old = 0; old < 256; ++old) all(old, 0) = static_cast<std::uint8_t>(old);
            fill_box(all.view(), {0, 0, 256, 1}, static_cast<std::uint8_t>(color), alpha);
            for (int old = 0; old < 256; ++old)
                wrong += all(old, 0) != (2 * ((255 - alpha) * old + alpha * color) + 255) / 510;
        }
    CHECK(wrong == 0);
}

TEST_CASE("stroke: other integers are rounded to nearest, also below zero", "[draw][stroke]") {
    auto const check = []<class T>(T) {
        using limits = std::numeric_limits<T>;
        std::int64_t const ends[] = {limits::lowest(),  limits::lowest() + 1, limits::lowest() / 3, 0, 1, 17, 254, 1000,
                                     limits::max() / 5, limits::max() - 1,    limits::max()};
        index_t wrong = 0;
        for (std::int64_t const old : ends)
            for (std::int64_t const color : ends)
                for (int alpha = 0; alpha < 256; ++alpha) {
                    // The nearest q has |255 q - n| <= 127.
                    std::int64_t const n = (255 - alpha) * old + alpha * color;
                    auto const q = std::int64_t{blended_by(static_cast<T>(old), static_cast<T>(color), alpha)};
                    wrong += std::abs(255 * q - n) > 127;
                }
        CHECK(wrong == 0);
    };
    check(std::uint16_t{});
    check(std::int16_t{});
    check(std::int32_t{});
    check(std::uint32_t{});
}

TEST_CASE("stroke: floating point is rounded once, and alpha 0 and 255 need no arithmetic", "[draw][stroke]") {
    CHECK(blended_by(1.0f, 2.0f, 51) == 1.2f);
    CHECK(blended_by(-3.0, 7.0, 102) == 1.0);
    CHECK(static_cast<float>(blended_by(half(1.0f), half(2.0f), 51)) == static_cast<float>(half(1.2f)));
    float const nan = std::numeric_limits<float>::quiet_NaN(), most = std::numeric_limits<float>::max();
    CHECK(blended_by(nan, 2.0f, 255) == 2.0f);
    CHECK(blended_by(2.0f, nan, 0) == 2.0f);
    CHECK(std::isnan(blended_by(nan, 2.0f, 254)));
    CHECK(blended_by(most, most, 100) == most);
}

TEST_CASE("stroke: all channels are blended alike", "[draw][stroke]") {
    image<rgba8> pixel(1, 1);
    pixel(0, 0) = {0, 100, 200, 255};
    fill_box(pixel.view(), {0, 0, 1, 1}, {255, 0, 200, 0}, 51);
    CHECK(pixel(0, 0) == rgba8{51, 80, 200, 204});
}

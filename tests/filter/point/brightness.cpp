// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/point/brightness.hpp>

#include "support/oracle.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>
#include <random>

using namespace quoin;

namespace {

template <class T>
T brightened(T v, float gain) {
    if constexpr (std::floating_point<T>) return v * static_cast<T>(gain);
    else return test::clamped<T>(std::round(static_cast<double>(gain) * static_cast<double>(v)));
}

template <class P>
std::string check(float gain, std::vector<extent> const& sizes) {
    return test::sweep<P>(
        sizes, [=](auto v) { return v | brightness(gain); },
        [=](auto const& in) {
            return test::pointwise<channel_t<P>>(in, [=](auto v) { return brightened(v, gain); });
        });
}

std::vector<float> gains() {
    std::vector<float> all{0.0f,       1.0f / 3,   1e-45f, 1e-30f, 1e-3f, 0.5f,
                           1.0f,       1.2f,       1.5f,   2.0f,   2.5f,  0.1f,
                           127.5f,     254.99998f, 255.0f, 256.0f, 1e10f, std::numeric_limits<float>::max(),
                           1.0f / 510, 1.0f / 512};
    for (int v = 1; v < 256; v += 3) // gains at which v is a tie, and its neighbors
        for (int half = 1; half < 4; half += 2) {
            float const tie = static_cast<float>(half) * 0.5f / static_cast<float>(v);
            all.insert(all.end(), {tie, std::nextafter(tie, 0.0f), std::nextafter(tie, 1e9f)});
        }
    std::mt19937 random(7);
    for (int i = 0; i < 200; ++i)
        all.push_back(static_cast<float>(random()) / 4294967296.0f * static_cast<float>(1 << (i % 8)));
    return all;
}

} // namespace

TEST_CASE("brightness: all 256 values equal double arithmetic for hundreds of gains",
          "[filter][brightness]") {
    test::plain<std::uint8_t> ramp({256, 1});
    for (int v = 0; v < 256; ++v) ramp(v, 0) = static_cast<std::uint8_t>(v);
    test::guarded<std::uint8_t> const source(ramp);
    std::string wrong;
    for (float const gain : gains()) {
        auto const expected =
            test::pointwise<std::uint8_t>(ramp, [=](auto v) { return brightened(v, gain); });
        test::guarded<std::uint8_t> one(ramp.size), many(ramp.size);
        run(test::scalar_policies().front(), source.view() | brightness(gain), one.view());
        run(test::vector_policies().front(), source.view() | brightness(gain), many.view());
        std::string const found = test::difference(expected, std::as_const(one).view());
        if (!found.empty()) wrong += "gain " + std::to_string(gain) + " serial " + found + "\n";
        if (!(one == many)) wrong += "gain " + std::to_string(gain) + " differs under simd\n";
    }
    CHECK(wrong == "");
    CHECK(gains().size() > 400);
}

TEST_CASE("brightness: all 65536 values of 16 bits equal double arithmetic", "[filter][brightness]") {
    std::string wrong;
    for (float const gain : {0.0f, 0.5f, 1.0f / 3, 1.2f, 2.5f, 1e-5f, 1e9f}) {
        for (int v = 0; v < 65536; ++v) {
            auto const u = static_cast<std::uint16_t>(v);
            auto const i = static_cast<std::int16_t>(v - 32768);
            if (brightness(gain)(u) != brightened(u, gain) || brightness(gain)(i) != brightened(i, gain)) {
                wrong += "gain " + std::to_string(gain) + " value " + std::to_string(v) + "\n";
                break;
            }
        }
    }
    CHECK(wrong == "");
}

TEST_CASE("brightness: every pixel type, at every width", "[filter][brightness]") {
    CHECK(check<std::uint8_t>(1.2f, test::many_extents()) == "");
    CHECK(check<float>(1.2f, test::many_extents()) == "");
    CHECK(check<rgb8>(2.5f, test::few_extents()) == "");
    CHECK(check<std::int16_t>(0.5f, test::few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::uint16_t>(0.5f, test::few_extents()) == "");
    CHECK(check<std::int32_t>(2.5f, test::few_extents()) == "");
    CHECK(check<double>(1.2f, test::few_extents()) == "");
    CHECK(check<test::yuv<std::uint8_t>>(1.2f, test::few_extents()) == "");
#endif
}

TEST_CASE("brightness: a gain that is no finite number >= 0 is refused", "[filter][brightness]") {
    CHECK_THROWS_AS(brightness(-0.1f), invalid_argument);
    CHECK_THROWS_AS(brightness(std::numeric_limits<float>::infinity()), invalid_argument);
    CHECK_THROWS_AS(brightness(std::numeric_limits<float>::quiet_NaN()), invalid_argument);
    CHECK_NOTHROW(brightness(0.0f));
    CHECK_NOTHROW(brightness(-0.0f));
    STATIC_CHECK(brightness(1.2f)(std::uint8_t{100}) == 120);
    STATIC_CHECK(brightness(2.5f)(std::uint8_t{1}) == 3);
}

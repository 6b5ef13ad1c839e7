// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/point/brightness.hpp>

#include "support/functor.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>
#include <random>

using namespace quoin;
using test::values;

namespace {

double brightened(double v, float gain, test::channel_kind kind) {
    if (!kind.integral)
        return kind.bytes == 4 ? static_cast<double>(static_cast<float>(v) * gain) : v * static_cast<double>(gain);
    return kind.stored(std::round(static_cast<double>(gain) * v));
}

template <class P>
std::string wrong(float gain) {
    return test::wrong_alone<P>(
        brightness(gain), [=](auto const& at, test::channel_kind kind) { return brightened(at(0, 0), gain, kind); });
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

TEST_CASE("brightness: all 256 values equal double arithmetic for hundreds of gains", "[filter][brightness]") {
    values ramp({256, 1}, 1);
    for (int v = 0; v < 256; ++v) ramp.row(0, 0)[v] = v;
    std::string wrong;
    for (float const gain : gains()) {
        values expected = ramp;
        for (double& v : expected.data) v = brightened(v, gain, test::kind_of_channel<std::uint8_t>());
        std::string const found = test::wrong_alone<std::uint8_t>(brightness(gain), ramp, expected);
        if (!found.empty()) wrong += "gain " + std::to_string(gain) + ", " + found;
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
            if (brightness(gain)(u) != brightened(u, gain, test::kind_of_channel<std::uint16_t>()) ||
                brightness(gain)(i) != brightened(i, gain, test::kind_of_channel<std::int16_t>())) {
                wrong += "gain " + std::to_string(gain) + " value " + std::to_string(v) + "\n";
                break;
            }
        }
    }
    CHECK(wrong == "");
}

TEST_CASE("brightness: every type of channel", "[filter][brightness]") {
    for (float gain : {0.5f, 1.2f, 2.5f}) {
        CAPTURE(gain);
        CHECK(test::channel_types::all([&]<class T>() { return wrong<T>(gain); }) == "");
    }
    CHECK(wrong<test::yuv<std::uint8_t>>(1.2f) == "");
}

TEST_CASE("brightness: in the engine", "[filter][brightness]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(brightness(1.2f), reflect_101) == "");
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

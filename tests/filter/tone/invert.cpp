// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/tone/invert.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <cmath>
#include <limits>

using namespace quoin;
using Catch::Matchers::Message;

namespace {

/// Whether f of every value of T is formula(value).
template <class T>
bool all_equal(auto const& f, auto const& formula) {
    for (int v = std::numeric_limits<T>::min(); v <= std::numeric_limits<T>::max(); ++v)
        if (f(static_cast<T>(v)) != formula(v)) return false;
    return true;
}

} // namespace

TEST_CASE("invert: every value of 8 and 16 bits, and every type of channel", "[filter][invert]") {
    CHECK(all_equal<std::uint8_t>(invert, [](int v) { return 255 - v; }));
    CHECK(all_equal<std::uint16_t>(invert, [](int v) { return 65535 - v; }));
    CHECK(all_equal<std::int16_t>(invert, [](int v) { return -1 - v; }));
    CHECK(test::channel_types::all([]<class T>() {
              return test::wrong_alone<T>(invert, [](auto const& at, test::channel_kind) {
                  if constexpr (std::floating_point<T>) return static_cast<double>(T(1) - static_cast<T>(at(0, 0)));
                  else return static_cast<double>(lowest<T>) + static_cast<double>(highest<T>) - at(0, 0);
              });
          }) == "");
    CHECK(std::isnan(invert(std::numeric_limits<float>::quiet_NaN())));
    CHECK(test::wrong_in_engine<rgb8>(invert, reflect_101) == "");
}

TEST_CASE("solarize: every value of 8 and 16 bits, thresholds of every kind", "[filter][solarize]") {
    double const inf = std::numeric_limits<double>::infinity();
    for (double const t : {128.0, 0.0, -5.0, 0.5, 77.25, 255.0, 255.5, 256.0, 65535.0, 1e12, -1e12, inf, -inf}) {
        CHECK(all_equal<std::uint8_t>(solarize(t), [=](int v) { return v < t ? v : 255 - v; }));
        CHECK(all_equal<std::uint16_t>(solarize(t), [=](int v) { return v < t ? v : 65535 - v; }));
        CHECK(all_equal<std::int16_t>(solarize(t), [=](int v) { return v < t ? v : -1 - v; }));
    }
    CHECK(test::channel_types::all([]<class T>() {
              return test::wrong_alone<T>(solarize(0.75), [](auto const& at, test::channel_kind) {
                  double const v = at(0, 0);
                  if (v < 0.75) return v;
                  if constexpr (std::floating_point<T>) return static_cast<double>(T(1) - static_cast<T>(v));
                  else return static_cast<double>(lowest<T>) + static_cast<double>(highest<T>) - v;
              });
          }) == "");
    CHECK(std::isnan(solarize(0.5)(std::numeric_limits<float>::quiet_NaN())));
    CHECK_THROWS_MATCHES(solarize(std::numeric_limits<double>::quiet_NaN()), invalid_argument,
                         Message("quoin::solarize: the threshold is NaN; give a number"));
    CHECK(test::wrong_in_engine<std::uint8_t>(solarize(100), reflect_101, {{67, 3}}) == "");
}

TEST_CASE("posterize: Pillow's masks, more bits, and floats", "[filter][posterize]") {
    for (int bits = 1; bits <= 8; ++bits) {
        int const mask = ~((1 << (8 - bits)) - 1); // Pillow's
        CHECK(all_equal<std::uint8_t>(posterize(bits), [=](int v) { return v & mask; }));
        int const step = 1 << (16 - bits);
        CHECK(all_equal<std::uint16_t>(posterize(bits), [=](int v) { return v / step * step; }));
        CHECK(all_equal<std::int16_t>(posterize(bits), [=](int v) {
            return static_cast<int>(std::floor(static_cast<double>(v) / step)) * step;
        }));
    }
    CHECK(all_equal<std::uint8_t>(posterize(13), [](int v) { return v; }));
    CHECK(test::wrong_alone<float>(posterize(3), [](auto const& at, test::channel_kind) {
              return static_cast<double>(std::floor(static_cast<float>(at(0, 0)) * 8) / 8);
          }) == "");
    CHECK(test::wrong_alone<std::int32_t>(posterize(3), [](auto const& at, test::channel_kind) {
              return std::floor(at(0, 0) / 536870912.0) * 536870912.0;
          }) == "");
    CHECK(posterize(2)(1.0f) == 1);
    CHECK(posterize(2)(0.999f) == 0.75f);
    CHECK(posterize(2)(-0.1f) == -0.25f);
    CHECK(posterize(2)(std::numeric_limits<float>::infinity()) == std::numeric_limits<float>::infinity());
    CHECK(std::isnan(posterize(2)(std::numeric_limits<float>::quiet_NaN())));
    CHECK_THROWS_MATCHES(posterize(0), invalid_argument, Message("quoin::posterize: 0 bits; give 1 to 16"));
    CHECK_THROWS_AS(posterize(17), invalid_argument);
    CHECK(test::wrong_in_engine<std::uint8_t>(posterize(3), reflect_101) == "");
}

TEST_CASE("clamp: bounds of every kind", "[filter][clamp]") {
    double const inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
    struct {
        double low, high;
    } const cases[] = {{5, 200}, {-3, 77.5}, {0.5, 1e9}, {9, 9}, {-inf, inf}, {-1e9, -5}};
    for (auto const& c : cases) {
        auto const clamped = [&](double v, double least, double most) {
            auto const bound = [&](double b) { return std::min(std::max(std::floor(b + 0.5), least), most); };
            return std::min(std::max(v, bound(c.low)), bound(c.high));
        };
        CHECK(all_equal<std::uint8_t>(clamp(c.low, c.high), [&](int v) { return clamped(v, 0, 255); }));
        CHECK(all_equal<std::int16_t>(clamp(c.low, c.high), [&](int v) { return clamped(v, -32768, 32767); }));
    }
    CHECK(test::wrong_alone<float>(clamp(-0.25, 99.5), [](auto const& at, test::channel_kind) {
              return std::min(std::max(at(0, 0), -0.25), 99.5);
          }) == "");
    CHECK(test::wrong_alone<std::uint16_t>(clamp(999.6, 55000), [](auto const& at, test::channel_kind) {
              return std::min(std::max(at(0, 0), 1000.0), 55000.0);
          }) == "");
    CHECK(clamp(0, 1)(std::numeric_limits<float>::infinity()) == 1);
    CHECK(clamp(0, 1)(-std::numeric_limits<float>::infinity()) == 0);
    CHECK(std::isnan(clamp(0, 1)(std::numeric_limits<float>::quiet_NaN())));
    CHECK_THROWS_MATCHES(clamp(2, 1), invalid_argument,
                         Message("quoin::clamp: the bounds 2 and 1; give a lower one that is not above the upper one"));
    CHECK_THROWS_AS(clamp(nan, 1), invalid_argument);
    CHECK_THROWS_AS(clamp(0, nan), invalid_argument);
}

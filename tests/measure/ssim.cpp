// SPDX-License-Identifier: BSL-1.0
// ssim against scikit-image, and against the definition, window by window in long double.
#include <quoin/measure/ssim.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <limits>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

constexpr ssim_options wang{.window = ssim_window::gaussian};

/// The definition for one channel.
template <class T, class F>
double slow_ssim(test::plain<T> const& a, test::plain<T> const& b, F const& channel, bool gaussian, double range) {
    index_t const radius = gaussian ? 5 : 3;
    long double const c1 = 1e-4L * range * range, c2 = 9e-4L * range * range;
    long double total = 0;
    for (index_t y = radius; y < a.size.height - radius; ++y)
        for (index_t x = radius; x < a.size.width - radius; ++x) {
            long double w = 0, ux = 0, uy = 0, xx = 0, yy = 0, xy = 0;
            for (index_t dy = -radius; dy <= radius; ++dy)
                for (index_t dx = -radius; dx <= radius; ++dx) {
                    long double const k = gaussian ? std::exp(-static_cast<long double>(dx * dx + dy * dy) / 4.5L) : 1;
                    long double const p = channel(a(x + dx, y + dy)), q = channel(b(x + dx, y + dy));
                    w += k, ux += k * p, uy += k * q, xx += k * p * p, yy += k * q * q, xy += k * p * q;
                }
            long double const sample = gaussian ? 1 : 49.0L / 48;
            ux /= w, uy /= w;
            long double const vx = sample * (xx / w - ux * ux), vy = sample * (yy / w - uy * uy);
            long double const vxy = sample * (xy / w - ux * uy);
            total += (2 * ux * uy + c1) * (2 * vxy + c2) / ((ux * ux + uy * uy + c1) * (vx + vy + c2));
        }
    return static_cast<double>(total /
                               static_cast<long double>((a.size.width - 2 * radius) * (a.size.height - 2 * radius)));
}

/// Two images that a script for scikit-image makes, too: the value at each place by a formula in whole numbers.
template <class T, class F>
image<T> made(F const& value) {
    image<T> result(97, 61);
    for (index_t y = 0; y < 61; ++y)
        for (index_t x = 0; x < 97; ++x) result(x, y) = static_cast<T>(value(x, y));
    return result;
}

} // namespace

TEST_CASE("ssim: the numbers of scikit-image 0.26", "[measure][ssim]") {
    auto const shape = [](index_t x, index_t y) { return x * x + 3 * y * y + x * y; };
    auto const first = [=](index_t x, index_t y) { return shape(x, y) / 37 % 256; };
    auto const second = [=](index_t x, index_t y) {
        return std::clamp<index_t>(first(x, y) + (x * 7 + y * 13) % 23 - 11, 0, 255);
    };
    auto const a = made<std::uint8_t>(first), b = made<std::uint8_t>(second);
    CHECK(std::abs(ssim(serial{}, a, b) - 0.9006910618172169) < 2e-14);
    CHECK(std::abs(ssim(serial{}, a, b, wang) - 0.8668920854237265) < 2e-14);

    auto const first16 = [=](index_t x, index_t y) { return shape(x, y) * 61 % 65536; };
    auto const c = made<std::uint16_t>(first16);
    auto const d = made<std::uint16_t>([=](index_t x, index_t y) {
        return std::clamp<index_t>(first16(x, y) + (x * 7 + y * 13) % 2301 - 1100, 0, 65535);
    });
    CHECK(std::abs(ssim(serial{}, c, d) - 0.9998268755708044) < 2e-14);
    CHECK(std::abs(ssim(serial{}, c, d, wang) - 0.9998787636374286) < 2e-14);

    auto const e = made<float>([=](index_t x, index_t y) { return static_cast<float>(first(x, y)) / 256 - 0.25f; });
    auto const f = made<float>([=](index_t x, index_t y) { return static_cast<float>(second(x, y)) / 256 - 0.25f; });
    CHECK(std::abs(ssim(serial{}, e, f, {.range = 2}) - 0.938741767522526) < 2e-14);
    CHECK(std::abs(ssim(serial{}, e, f, {ssim_window::gaussian, 2}) - 0.9236737790585094) < 2e-14);
}

TEMPLATE_TEST_CASE("ssim: the definition, under every policy", "[measure][ssim]", std::uint8_t, float,
                   rgb<std::uint16_t>) {
    double const range = std::same_as<channel_t<TestType>, std::uint8_t> ? 255 : 65535;
    for (extent const size : {extent{11, 11}, extent{47, 150}}) {
        CAPTURE(size.width, size.height);
        auto const a = test::random_pixels<TestType>(size, 81, true);
        auto b = test::random_pixels<TestType>(size, 82, true);
        for (std::size_t i = 0; i < a.data.size(); i += 3) b.data[i] = a.data[i];
        test::guarded<TestType> const one(a), other(b);
        for (bool const gaussian : {false, true}) {
            ssim_options const options{gaussian ? ssim_window::gaussian : ssim_window::uniform, range};
            double expected = 0;
            for_each_channel<TestType>([&](auto c) {
                auto const channel = [](TestType const& p) {
                    return static_cast<long double>(get_channel<decltype(c)::value>(p));
                };
                expected += slow_ssim(a, b, channel, gaussian, range) / channels_v<TestType>;
            });
            double const found = ssim(serial{}, one.view(), other.view(), options);
            CHECK(std::abs(found - expected) < 1e-12);
            for (auto const& policy : test::scalar_policies())
                CHECK(ssim(policy, one.view(), other.view(), options) == found);
            for (auto const& policy : test::vector_policies())
                CHECK(ssim(policy, one.view(), other.view(), options) == found);
        }
    }
}

TEST_CASE("ssim: equal images, NaN, and what is refused", "[measure][ssim]") {
    image<std::uint8_t> a(20, 12), b(20, 13), narrow(6, 30);
    for (index_t x = 0; x < 20; ++x) a(x, 5) = static_cast<std::uint8_t>(x * 11);
    CHECK(ssim(serial{}, a, a) == 1);
    CHECK(ssim(serial{}, a, a, wang) == 1);
    image<float> c(20, 12);
    CHECK(ssim(serial{}, c, c, {.range = 1}) == 1);
    c(10, 6) = std::numeric_limits<float>::quiet_NaN();
    CHECK(std::isnan(ssim(serial{}, c, c, {.range = 1})));
    CHECK_THROWS_WITH(ssim(serial{}, a, b), ContainsSubstring("quoin::ssim: an image of 20 x 12 and one of 20 x 13"));
    CHECK_THROWS_WITH(ssim(serial{}, narrow, narrow),
                      ContainsSubstring("no window of 7 x 7 lies inside an image of 6 x 30"));
    CHECK_THROWS_WITH(ssim(serial{}, c, c), ContainsSubstring("quoin::ssim: the range is 0; give the largest"));
}

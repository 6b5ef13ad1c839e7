// SPDX-License-Identifier: BSL-1.0
// ms_ssim against numbers that SciPy's convolutions give, and against the definition, window by window in long double.
#include <quoin/measure/ms_ssim.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/measure/ssim.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <limits>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

struct plane {
    index_t width, height;
    std::vector<long double> values;
    long double at(index_t x, index_t y) const {
        return values[static_cast<std::size_t>(std::min(y, height - 1) * width + std::min(x, width - 1))];
    }
};

plane half_of(plane const& in) {
    plane half{(in.width + 1) / 2, (in.height + 1) / 2, {}};
    for (index_t y = 0; y < half.height; ++y)
        for (index_t x = 0; x < half.width; ++x)
            half.values.push_back((in.at(2 * x, 2 * y) + in.at(2 * x + 1, 2 * y) + in.at(2 * x, 2 * y + 1) +
                                   in.at(2 * x + 1, 2 * y + 1)) /
                                  4);
    return half;
}

/// The mean of contrast and structure over all windows, and that of ssim.
std::pair<long double, long double> slow_means(plane const& a, plane const& b, double range) {
    long double const c1 = 1e-4L * range * range, c2 = 9e-4L * range * range;
    long double contrast = 0, all = 0;
    for (index_t y = 5; y < a.height - 5; ++y)
        for (index_t x = 5; x < a.width - 5; ++x) {
            long double w = 0, ux = 0, uy = 0, vx = 0, vy = 0, vxy = 0;
            auto const each = [&](auto const& f) {
                for (index_t dy = -5; dy <= 5; ++dy)
                    for (index_t dx = -5; dx <= 5; ++dx) {
                        static auto const weights = [] {
                            std::vector<long double> k;
                            for (index_t d = 0; d <= 50; ++d)
                                k.push_back(std::exp(-static_cast<long double>(d) / 4.5L));
                            return k;
                        }();
                        f(weights[static_cast<std::size_t>(dx * dx + dy * dy)], a.at(x + dx, y + dy),
                          b.at(x + dx, y + dy));
                    }
            };
            each([&](long double k, long double p, long double q) { w += k, ux += k * p, uy += k * q; });
            ux /= w, uy /= w;
            each([&](long double k, long double p, long double q) {
                vx += k / w * (p - ux) * (p - ux), vy += k / w * (q - uy) * (q - uy),
                    vxy += k / w * (p - ux) * (q - uy);
            });
            long double const cs = (2 * vxy + c2) / (vx + vy + c2);
            contrast += cs;
            all += cs * (2 * ux * uy + c1) / (ux * ux + uy * uy + c1);
        }
    auto const windows = static_cast<long double>((a.width - 10) * (a.height - 10));
    return {contrast / windows, all / windows};
}

double slow_ms_ssim(plane a, plane b, double range) {
    double const weights[] = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
    long double product = 1;
    for (int scale = 0; scale < 5; ++scale) {
        auto const [contrast, all] = slow_means(a, b, range);
        product *= std::pow(std::max(0.0L, scale < 4 ? contrast : all), static_cast<long double>(weights[scale]));
        a = half_of(a), b = half_of(b);
    }
    return static_cast<double>(product);
}

template <class T, class F>
image<T> made(extent size, F const& value) {
    image<T> result(size.width, size.height);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) result(x, y) = static_cast<T>(value(x, y));
    return result;
}

template <class P>
plane plane_of(test::plain<P> const& in, auto const& channel) {
    plane out{in.size.width, in.size.height, {}};
    for (P const& p : in.data) out.values.push_back(static_cast<long double>(channel(p)));
    return out;
}

} // namespace

TEST_CASE("ms_ssim: the numbers of SciPy's convolutions", "[measure][ms_ssim]") {
    auto const shape = [](index_t x, index_t y) { return x * x + 3 * y * y + x * y; };
    auto const first = [=](index_t x, index_t y) { return shape(x, y) / 37 % 256; };
    auto const second = [=](index_t x, index_t y) {
        return std::clamp<index_t>(first(x, y) + (x * 7 + y * 13) % 23 - 11, 0, 255);
    };
    auto const first16 = [=](index_t x, index_t y) { return shape(x, y) * 61 % 65536; };
    auto const second16 = [=](index_t x, index_t y) {
        return std::clamp<index_t>(first16(x, y) + (x * 7 + y * 13) % 23001 - 11000, 0, 65535);
    };
    struct {
        extent size;
        double bytes, words, floats;
    } const cases[] = {{{176, 192}, 0.998027202308636, 0.9848757031689546, 0.9985707412644836},
                       {{197, 163}, 0.9978949152456955, 0.9846868937504837, 0.9984761476088705}};
    for (auto const& c : cases) {
        CAPTURE(c.size.width);
        auto const a = made<std::uint8_t>(c.size, first), b = made<std::uint8_t>(c.size, second);
        CHECK(std::abs(ms_ssim(serial{}, a, b) - c.bytes) < 2e-14);
        auto const d = made<std::uint16_t>(c.size, first16), e = made<std::uint16_t>(c.size, second16);
        CHECK(std::abs(ms_ssim(serial{}, d, e) - c.words) < 2e-14);
        auto const share = [](auto const& f) {
            return [&f](index_t x, index_t y) { return static_cast<float>(f(x, y)) / 256 - 0.25f; };
        };
        auto const f = made<float>(c.size, share(first)), g = made<float>(c.size, share(second));
        CHECK(std::abs(ms_ssim(serial{}, f, g, {.range = 2}) - c.floats) < 2e-14);
    }
}

TEST_CASE("ms_ssim: the definition, under every policy", "[measure][ms_ssim]") {
    using P = rgb8;
    extent const size{161, 163};
    auto const a = test::random_pixels<P>(size, 81);
    auto b = test::random_pixels<P>(size, 82);
    for (std::size_t i = 0; i < a.data.size(); ++i)
        if (i % 4 != 0) b.data[i] = a.data[i];
    double expected = 0;
    for_each_channel<P>([&](auto c) {
        auto const channel = [](P const& p) { return get_channel<decltype(c)::value>(p); };
        expected += slow_ms_ssim(plane_of(a, channel), plane_of(b, channel), 255) / 3;
    });
    test::guarded<P> const one(a), other(b);
    double const found = ms_ssim(serial{}, one.view(), other.view());
    CHECK(std::abs(found - expected) < 1e-12);
    for (auto const& policy : test::scalar_policies()) CHECK(ms_ssim(policy, one.view(), other.view()) == found);
    for (auto const& policy : test::vector_policies()) CHECK(ms_ssim(policy, one.view(), other.view()) == found);
}

TEST_CASE("ms_ssim: equal images, opposite ones, NaN, and what is refused", "[measure][ms_ssim]") {
    auto const a = made<std::uint8_t>({170, 161}, [](index_t x, index_t y) { return x * y * 7 % 251; });
    auto const opposite = made<std::uint8_t>({170, 161}, [&](index_t x, index_t y) { return 255 - a(x, y); });
    CHECK(ms_ssim(serial{}, a, a) == 1);
    CHECK(ms_ssim(serial{}, a, opposite) == 0); // means below 0 count as 0
    image<float> c(161, 161);
    CHECK(ms_ssim(serial{}, c, c, {.range = 1}) == 1);
    CHECK_THROWS_WITH(ms_ssim(serial{}, c, c), ContainsSubstring("quoin::ms_ssim: the range is 0; give the largest"));
    c(80, 80) = std::numeric_limits<float>::quiet_NaN();
    CHECK(std::isnan(ms_ssim(serial{}, c, c, {.range = 1})));
    image<std::uint8_t> small(160, 400), other(161, 170);
    CHECK_THROWS_WITH(
        ms_ssim(serial{}, small, small),
        ContainsSubstring("an image of 160 x 400 has no window of 11 x 11 at a sixteenth of its sides; give "
                          "one of 161 x 161 or more"));
    CHECK_THROWS_WITH(ms_ssim(serial{}, a, other),
                      ContainsSubstring("quoin::ms_ssim: an image of 170 x 161 and one of 161 x 170"));
}

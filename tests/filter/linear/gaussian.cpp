// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/gaussian.hpp>

#include "support/oracle.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <vector>

using namespace quoin;

namespace {

std::vector<double> weights(double sigma) {
    int const r = static_cast<int>(std::ceil(3 * sigma));
    std::vector<double> w;
    double total = 0;
    for (int i = -r; i <= r; ++i) w.push_back(std::exp(-i * i / (2 * sigma * sigma)));
    for (double const x : w) total += x;
    for (double& x : w) x /= total;
    return w;
}

/// The real-valued filter: one sum over the square.
template <class P, class Border>
auto blurred(test::plain<P> const& in, double sigma, Border border) {
    auto const w = weights(sigma);
    int const r = static_cast<int>(w.size()) / 2;
    return test::local<double>(in, border, [&](auto const& at) {
        double sum = 0;
        for (int j = -r; j <= r; ++j)
            for (int i = -r; i <= r; ++i)
                sum += w[static_cast<std::size_t>(j + r)] * w[static_cast<std::size_t>(i + r)] *
                       static_cast<double>(at(i, j));
        return sum;
    });
}

/// The largest distance from the real-valued filter, and a word where the policies disagree.
template <class P, class Border>
double worst(test::plain<P> const& in, double sigma, Border border) {
    test::guarded<P> const source(in);
    test::guarded<P> one(in.size), many(in.size);
    auto const p = source.view() | extend(border) | gaussian(sigma);
    run(test::scalar_policies().front(), p, one.view());
    run(test::vector_policies().front(), p, many.view(), {2, 64});
    CHECK(one == many);
    auto const exact = blurred(in, sigma, border);
    double distance = 0;
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x)
            for_each_channel<P>([&, got = one.view().load(x, y)](auto c) {
                auto const value = static_cast<double>(get_channel<decltype(c)::value>(got));
                distance = std::max(distance, std::abs(get_channel<decltype(c)::value>(exact(x, y)) - value));
            });
    return distance;
}

} // namespace

TEST_CASE("gaussian: u8 is within 1 of the real-valued filter", "[filter][gaussian]") {
    for (double sigma : {0.05, 0.3, 0.5, 1.0, 1.4, 2.0, 5.0}) {
        CAPTURE(sigma);
        for (extent const size : {extent{1, 1}, extent{3, 2}, extent{66, 9}, extent{130, 4}})
            CHECK(worst(test::random_pixels<std::uint8_t>(size, 3), sigma, reflect_101) <= 1.0);
    }
}

TEST_CASE("gaussian: u8 is within 1 even where every rounded weight errs to the same side",
          "[filter][gaussian]") {
    for (double sigma : {3.0, 10.0, 20.0, 42.0}) {
        CAPTURE(sigma);
        auto const w = weights(sigma);
        int const r = static_cast<int>(w.size()) / 2;
        auto const fixed = detail::make_gaussian_weights(sigma, r, 1);
        test::plain<std::uint8_t> high({2 * r + 1, 2 * r + 1}), low = high;
        double real_high = 0, real_low = 0;
        for (int y = -r; y <= r; ++y)
            for (int x = -r; x <= r; ++x) {
                double const real = w[static_cast<std::size_t>(y + r)] * w[static_cast<std::size_t>(x + r)];
                double const used = static_cast<double>(fixed.high()[y]) * fixed.high()[x] / (1 << 14) / (1 << 14);
                high(x + r, y + r) = used > real ? 255 : 0;
                low(x + r, y + r) = used > real ? 0 : 255;
                (used > real ? real_high : real_low) += 255 * real;
            }
        auto const middle = [&](test::plain<std::uint8_t> const& in) {
            test::guarded<std::uint8_t> const source(in);
            test::guarded<std::uint8_t> out(in.size);
            run(test::scalar_policies().front(), source.view() | gaussian(sigma), out.view());
            return static_cast<double>(out.view().load(r, r));
        };
        CHECK(std::abs(middle(high) - real_high) <= 1.0);
        CHECK(std::abs(middle(low) - real_low) <= 1.0);
    }
}

TEST_CASE("gaussian: an image stays as it is where neighbors weigh nothing", "[filter][gaussian]") {
    for (double sigma : {1e-2, 1e-100, 1e-155, 1e-300, std::numeric_limits<double>::denorm_min()}) {
        CAPTURE(sigma);
        auto const same = [&](auto const& in) {
            return test::check_pipeline(in, in, [=](auto v) { return v | gaussian(sigma); });
        };
        CHECK(same(test::random_pixels<std::uint8_t>({70, 5}, 1)) == "");
        CHECK(same(test::random_pixels<std::uint16_t>({70, 5}, 2)) == "");
        CHECK(same(test::random_pixels<float>({70, 5}, 3)) == "");
    }
}

TEST_CASE("gaussian: a constant u8 image stays as it is, for every sigma", "[filter][gaussian]") {
    for (double sigma : {0.01, 0.5, 1.0, 2.5, 7.3, 20.0, 42.0})
        for (int value : {0, 1, 77, 127, 128, 254, 255}) {
            CAPTURE(sigma, value);
            test::plain<std::uint8_t> in({67, 3});
            for (auto& p : in.data) p = static_cast<std::uint8_t>(value);
            CHECK(test::check_pipeline(in, in, [=](auto v) { return v | gaussian(sigma); }) == "");
        }
}

TEST_CASE("gaussian: every border", "[filter][gaussian]") {
    auto const in = test::random_pixels<std::uint8_t>({70, 9}, 11);
    CHECK(worst(in, 1.0, constant(200)) <= 1.0);
#if !QUOIN_SANITIZED
    CHECK(worst(in, 1.0, replicate) <= 1.0);
    CHECK(worst(in, 1.0, reflect) <= 1.0);
    CHECK(worst(in, 1.0, wrap) <= 1.0);
#endif
}

TEST_CASE("gaussian: the other pixel types", "[filter][gaussian]") {
    // Each pass errs by 1/2 when rounded, and by a few 2^-22 of its range, as the weights do.
    for (double sigma : {0.3, 1.4, 3.0, 12.0})
        CHECK(worst(test::random_pixels<std::uint16_t>({66, 5}, 4), sigma, reflect_101) <= 2.0);
    CHECK(worst(test::random_pixels<std::uint16_t>({66, 5}, 4), 1.4, constant(60000)) <= 2.0);
    CHECK(worst(test::random_pixels<float>({66, 5}, 4, true), 1.4, reflect_101) <= 1e-3);
#if !QUOIN_SANITIZED
    CHECK(worst(test::random_pixels<std::int16_t>({66, 5}, 4), 1.4, reflect_101) <= 2.0);
    CHECK(worst(test::random_pixels<std::int32_t>({66, 5}, 4), 1.4, reflect_101) <= 1.0);
    CHECK(worst(test::random_pixels<double>({66, 5}, 4, true), 1.4, reflect_101) <= 1e-10);
    CHECK(worst(test::random_pixels<rgb8>({66, 5}, 4), 1.4, reflect_101) <= 1.0);
    CHECK(worst(test::random_pixels<test::yuv<std::uint8_t>>({66, 5}, 4), 1.4, reflect_101) <= 1.0);
#endif
}

TEST_CASE("gaussian: a sigma out of range is refused", "[filter][gaussian]") {
    for (double sigma : {0.0, -1.0, 42.1, std::numeric_limits<double>::infinity(),
                         std::numeric_limits<double>::quiet_NaN()}) {
        CAPTURE(sigma);
        CHECK_THROWS_AS(gaussian(sigma), invalid_argument);
    }
    CHECK_NOTHROW(gaussian(42.0));
    CHECK_NOTHROW(gaussian(1e-3));
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/gaussian.hpp>

#include "support/functor.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <vector>

using namespace quoin;
using test::values;

namespace {

/// The radius of the kernel for channels T.
template <class T>
index_t radius(double sigma) {
    double const cut = std::same_as<T, std::uint8_t> ? (sigma <= 3 ? 3 : 3.5) : sizeof(T) == 2 ? 3 : 4;
    index_t const r = static_cast<index_t>(std::ceil(cut * sigma));
    return std::same_as<T, std::uint8_t> ? std::min<index_t>(r, 127) : r;
}

std::vector<double> weights(double sigma, index_t r) {
    std::vector<double> w;
    double total = 0;
    for (index_t i = -r; i <= r; ++i) w.push_back(std::exp(-static_cast<double>(i * i) / (2 * sigma * sigma)));
    for (double const x : w) total += x;
    for (double& x : w) x /= total;
    return w;
}

/// The real-valued filter: one sum over the square.
values blurred(values const& in, std::vector<double> const& w) {
    int const r = static_cast<int>(w.size()) / 2;
    return test::inner(in, {r, r}, [&](auto const& at) {
        double sum = 0;
        for (int j = -r; j <= r; ++j)
            for (int i = -r; i <= r; ++i)
                sum += w[static_cast<std::size_t>(j + r)] * w[static_cast<std::size_t>(i + r)] * at(i, j);
        return sum;
    });
}

/// `inside` pixels, and around them what the filter reads.
extent around(extent inside, index_t r) {
    return {inside.width + 2 * r, inside.height + 2 * r};
}

/// The largest distance from the real-valued filter, and a word where the lanes disagree.
template <class T>
double worst(double sigma, extent inside, bool fractions = false) {
    index_t const r = radius<T>(sigma);
    values const in = test::random_values<T>(around(inside, r), 1, 3, fractions);
    test::ways const got = test::all_ways<T>(gaussian(sigma), in);
    CHECK(test::difference(got.one, got, 0) == "");
    values const exact = blurred(in, weights(sigma, r));
    double distance = 0;
    for (std::size_t i = 0; i < exact.data.size(); ++i)
        distance = std::max(distance, std::abs(exact.data[i] - got.one.data[i]));
    return distance;
}

/// An image of one value, with all that is read around it.
values flat(extent inside, index_t r, double value) {
    values v(around(inside, r), 1);
    for (double& x : v.data) x = value;
    return v;
}

} // namespace

TEST_CASE("gaussian: u8 is within 1 of the real-valued filter", "[filter][gaussian]") {
    for (double sigma : {0.05, 0.3, 0.5, 1.0, 1.4, 2.0, 5.0}) {
        CAPTURE(sigma);
        CHECK(worst<std::uint8_t>(sigma, {130, 9}) <= 1.0);
    }
}

TEST_CASE("gaussian: u8 is within 1 even where every rounded weight errs to the same side", "[filter][gaussian]") {
    for (double sigma : {3.0, 10.0, 20.0, 42.0}) {
        CAPTURE(sigma);
        int const r = static_cast<int>(radius<std::uint8_t>(sigma));
        auto const w = weights(sigma, r);
        auto const fixed = detail::make_gaussian_weights(sigma, r, 1);
        auto const weight_of = [&](int i) { return (fixed.high()[i] >> 16) / 16384.0; }; // the second of a pair
        values high({2 * r + 1, 2 * r + 1}, 1), low = high;
        double real_high = 0, real_low = 0;
        for (int y = -r; y <= r; ++y)
            for (int x = -r; x <= r; ++x) {
                double const real = w[static_cast<std::size_t>(y + r)] * w[static_cast<std::size_t>(x + r)];
                double const used = weight_of(y) * weight_of(x);
                high.row(y + r, 0)[x + r] = used > real ? 255 : 0;
                low.row(y + r, 0)[x + r] = used > real ? 0 : 255;
                (used > real ? real_high : real_low) += 255 * real;
            }
        auto const middle = [&](values const& in) {
            return test::alone<scalar_lanes, test::words::none, std::uint8_t>(gaussian(sigma), in).data.at(0);
        };
        CHECK(std::abs(middle(high) - real_high) <= 1.0);
        CHECK(std::abs(middle(low) - real_low) <= 1.0);
    }
}

TEST_CASE("gaussian: an image stays as it is where neighbors weigh nothing", "[filter][gaussian]") {
    for (double sigma : {1e-2, 1e-100, 1e-155, 1e-300, std::numeric_limits<double>::denorm_min()}) {
        CAPTURE(sigma);
        test::types<std::uint8_t, std::uint16_t, float>::each([&]<class T>() {
            values const in = test::random_values<T>(around({70, 5}, radius<T>(sigma)), 1, 1, false);
            CHECK(test::wrong_alone<T>(gaussian(sigma), in,
                                       test::inner(in, {1, 1}, [](auto const& at) { return at(0, 0); })) == "");
        });
    }
}

TEST_CASE("gaussian: a constant u8 image stays as it is, for every sigma", "[filter][gaussian]") {
    for (double sigma : {0.01, 0.5, 1.0, 2.5, 7.3, 20.0, 42.0})
        for (int value : {0, 1, 77, 127, 128, 254, 255}) {
            CAPTURE(sigma, value);
            values expected({67, 3}, 1);
            for (double& x : expected.data) x = value;
            CHECK(test::wrong_alone<std::uint8_t>(gaussian(sigma), flat({67, 3}, radius<std::uint8_t>(sigma), value),
                                                  expected) == "");
        }
}

TEST_CASE("gaussian: the other pixel types", "[filter][gaussian]") {
    // Each pass errs by 1/2 when rounded, and by a few 2^-22 of its range, as the weights do.
    for (double sigma : {0.3, 1.4, 3.0, 12.0}) CHECK(worst<std::uint16_t>(sigma, {66, 5}) <= 2.0);
    CHECK(worst<float>(1.4, {66, 5}, true) <= 1e-3);
    CHECK(worst<std::int16_t>(1.4, {66, 5}) <= 2.0);
    CHECK(worst<std::int32_t>(1.4, {66, 5}) <= 1.0);
    CHECK(worst<double>(1.4, {66, 5}, true) <= 1e-10);
    STATIC_CHECK(std::same_as<decltype(image_view<test::yuv<std::uint8_t> const>{} | gaussian(1))::pixel_type,
                              test::yuv<std::uint8_t>>);
}

TEST_CASE("gaussian: another sigma down columns", "[filter][gaussian]") {
    auto const wx = weights(2.2, radius<std::uint8_t>(2.2)), wy = weights(0.7, radius<std::uint8_t>(0.7));
    index_t const rx = static_cast<index_t>(wx.size()) / 2, ry = static_cast<index_t>(wy.size()) / 2;
    auto const formula = [&](auto const& at, auto) {
        double sum = 0;
        for (index_t j = -ry; j <= ry; ++j)
            for (index_t i = -rx; i <= rx; ++i)
                sum += wx[static_cast<std::size_t>(i + rx)] * wy[static_cast<std::size_t>(j + ry)] *
                       at(static_cast<int>(i), static_cast<int>(j));
        return sum;
    };
    CHECK(test::wrong_alone<std::uint8_t>(gaussian(2.2, 0.7), formula, 1.0, {130, 20}) == "");
    CHECK(test::wrong_in_engine<std::uint8_t>(gaussian(2.2, 0.7), constant(77), {{40, 9}}) == "");
}

TEST_CASE("gaussian: what its columns make of a constant is what stands outside of them", "[filter][gaussian]") {
    test::channel_types::each([]<class T>() {
        auto const [columns, rows] = [] {
            return detail::apply([](auto const&... stage) { return std::pair{stage...}; },
                                 gaussian(1.4).expand<T>().stages);
        }();
        double const value = std::floating_point<T> ? 0.3 : 101;
        values const made = test::alone<simd_lanes, test::words::none, T>(columns, flat({1, 1}, radius<T>(1.4), value));
        CHECK(made.data.at(0) == static_cast<double>(rows.outside(static_cast<T>(value))));
    });
}

TEST_CASE("gaussian: in the engine, around which a constant stands, or itself", "[filter][gaussian]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(gaussian(1), reflect_101) == "");
    CHECK(test::wrong_in_engine<std::uint8_t>(gaussian(1), constant(200)) == "");
}

TEST_CASE("gaussian: a sigma out of range is refused", "[filter][gaussian]") {
    for (double sigma :
         {0.0, -1.0, 42.1, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
        CAPTURE(sigma);
        CHECK_THROWS_AS(gaussian(sigma), invalid_argument);
    }
    CHECK_THROWS_AS(gaussian(1, 0), invalid_argument);
    CHECK_THROWS_AS(gaussian(43, 1), invalid_argument);
    CHECK_NOTHROW(gaussian(42.0));
    CHECK_NOTHROW(gaussian(1e-3));
}

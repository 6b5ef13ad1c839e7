// SPDX-License-Identifier: BSL-1.0
// moments against sums of 128 bits, one pixel after the other.
#include <quoin/measure/moments.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;

namespace {

__extension__ typedef __int128 wide;

/// Sums of x^p y^q v, and those around the exact centroid in long double.
struct slow_moments {
    wide m[4][4] = {};
    long double mu[4][4] = {};

    template <class T>
    explicit slow_moments(test::plain<T> const& in) {
        each(in, [&](index_t x, index_t y, T v) {
            wide a = v;
            for (int p = 0; p < 4; ++p, a *= x) {
                wide b = a;
                for (int q = 0; p + q < 4; ++q, b *= y) m[p][q] += b;
            }
        });
        if (m[0][0] == 0) return;
        auto const n = static_cast<long double>(m[0][0]);
        long double const cx = static_cast<long double>(m[1][0]) / n, cy = static_cast<long double>(m[0][1]) / n;
        each(in, [&](index_t x, index_t y, T v) {
            long double const u = static_cast<long double>(x) - cx, w = static_cast<long double>(y) - cy;
            for (int p = 0; p < 4; ++p)
                for (int q = 0; p + q < 4; ++q)
                    mu[p][q] += std::pow(u, p) * std::pow(w, q) * static_cast<long double>(v);
        });
    }
    template <class T, class F>
    static void each(test::plain<T> const& in, F const& f) {
        for (index_t y = 0; y < in.size.height; ++y)
            for (index_t x = 0; x < in.size.width; ++x) f(x, y, in(x, y));
    }
};

/// Whether the raw moments are the rounded sums, and the central ones near the sums around the centroid.
bool agrees(image_moments const& found, slow_moments const& s) {
    auto const raw = [&](int p, int q) { return static_cast<double>(s.m[p][q]); };
    bool same = found.m00 == raw(0, 0) && found.m10 == raw(1, 0) && found.m01 == raw(0, 1) && found.m20 == raw(2, 0) &&
                found.m11 == raw(1, 1) && found.m02 == raw(0, 2) && found.m30 == raw(3, 0) && found.m21 == raw(2, 1) &&
                found.m12 == raw(1, 2) && found.m03 == raw(0, 3);
    auto const near = [&](double v, int p, int q, double nu) {
        double const expected = static_cast<double>(s.mu[p][q]);
        double const scale = static_cast<double>(std::sqrt(s.mu[2][0] + s.mu[0][2])) + 1;
        double const allowed = 1e-13 * (std::abs(expected) + scale * scale * scale);
        double const power = std::pow(found.m00, 1 + (p + q) / 2.0);
        return std::abs(v - expected) <= allowed && std::abs(nu - v / power) <= 1e-14 * std::abs(nu);
    };
    return same && near(found.mu20, 2, 0, found.nu20) && near(found.mu11, 1, 1, found.nu11) &&
           near(found.mu02, 0, 2, found.nu02) && near(found.mu30, 3, 0, found.nu30) &&
           near(found.mu21, 2, 1, found.nu21) && near(found.mu12, 1, 2, found.nu12) &&
           near(found.mu03, 0, 3, found.nu03);
}

template <class T>
auto viewed(test::plain<T> const& in) {
    return image_view<T const>(in.data.data(), in.size.width, in.size.height);
}

} // namespace

TEMPLATE_TEST_CASE("moments: integers are exact", "[measure][moments]", std::uint8_t, std::uint16_t) {
    for (extent const size : {extent{1, 1}, extent{3, 200}, extent{1021, 5}, extent{2100, 70}, extent{20000, 2}}) {
        CAPTURE(size.width, size.height);
        auto in = test::random_pixels<TestType>(size, 41);
        if (size.width == 2100) // the largest sums
            for (TestType& v : in.data) v = std::numeric_limits<TestType>::max();
        slow_moments const expected(in);
        auto const first = moments(serial{}, viewed(in));
        CHECK(agrees(first, expected));
        for (auto const& policy : test::vector_policies()) {
            INFO(policy.name());
            CHECK(moments(policy, viewed(in)) == first);
        }
    }
}

TEST_CASE("moments: signed integers, far from the origin, and each channel", "[measure][moments]") {
    auto const in = test::random_pixels<std::int16_t>({1100, 40}, 42);
    auto const found = moments(serial{}, viewed(in));
    CHECK(found.m30 == static_cast<double>(slow_moments(in).m[3][0]));
    CHECK(found.m12 == static_cast<double>(slow_moments(in).m[1][2]));

    // A small spot in a corner: its central moments are those of the spot alone.
    image<std::uint8_t> spot(9000, 9000), alone(4, 3);
    for (index_t y = 0; y < 3; ++y)
        for (index_t x = 0; x < 4; ++x)
            alone(x, y) = spot(8990 + x, 8990 + y) = static_cast<std::uint8_t>(x * x + 3 * y + 1);
    auto const far = moments(serial{}, spot.view()), here = moments(serial{}, alone.view());
    CHECK(std::abs(far.mu30 - here.mu30) < 1e-10);
    CHECK(std::abs(far.mu21 - here.mu21) < 1e-10);
    CHECK(far.nu11 == here.nu11);

    auto const colors = test::random_pixels<rgb8>({70, 20}, 43);
    test::plain<std::uint8_t> green({70, 20});
    for (std::size_t i = 0; i < green.data.size(); ++i) green.data[i] = colors.data[i].g;
    CHECK(moments(serial{}, test::guarded<rgb8>(colors).view()).g == moments(serial{}, viewed(green)));
    CHECK(moments(serial{}, image_view<std::uint8_t const>()) == image_moments{});
}

TEST_CASE("moments: floating point has the same bits under every policy", "[measure][moments]") {
    auto in = test::random_pixels<float>({203, 131}, 44, true);
    for (float& v : in.data) v += 400;
    auto const first = moments(serial{}, viewed(in));
    long double m21 = 0, m03 = 0;
    slow_moments::each(in, [&](index_t x, index_t y, float v) {
        m21 += static_cast<long double>(x * x * y) * v;
        m03 += static_cast<long double>(y * y * y) * v;
    });
    CHECK(std::abs(first.m21 / static_cast<double>(m21) - 1) < 1e-13);
    CHECK(std::abs(first.m03 / static_cast<double>(m03) - 1) < 1e-13);
    for (auto const& policy : test::scalar_policies()) CHECK(moments(policy, viewed(in)) == first);
    for (auto const& policy : test::vector_policies()) CHECK(moments(policy, viewed(in)) == first);
    in(5, 5) = std::numeric_limits<float>::infinity();
    CHECK_FALSE(std::isfinite(moments(serial{}, viewed(in)).m00));
    CHECK_FALSE(std::isfinite(moments(serial{}, viewed(in)).m11));
    CHECK(std::isnan(moments(serial{}, viewed(in)).mu20));
}

TEST_CASE("hu_moments: the numbers of OpenCV, and what they do not change with", "[measure][moments]") {
    image<std::uint8_t> shape(40, 30), mirrored(40, 30), turned(30, 40);
    for (index_t y = 0; y < 30; ++y)
        for (index_t x = 0; x < 40; ++x)
            if (x > 5 && y > 4 && x + 2 * y < 50)
                shape(x, y) = mirrored(39 - x, y) = turned(29 - y, x) = static_cast<std::uint8_t>(10 + x * y % 50);
    auto const hu = hu_moments(moments(serial{}, shape.view()));
    auto const mirror = hu_moments(moments(serial{}, mirrored.view()));
    auto const turn = hu_moments(moments(serial{}, turned.view()));
    std::array<double, 7> const opencv{0.008214762760249218,   3.5243277993087617e-05, 2.597473730414078e-07,
                                       8.080245862997373e-08,  1.1627661640761861e-14, 4.641016206208296e-10,
                                       -1.3529220212164073e-15};
    for (std::size_t i = 0; i < 7; ++i) {
        CAPTURE(i);
        CHECK(std::abs(hu[i] - opencv[i]) <= 1e-12 * std::abs(opencv[i]));
        CHECK(std::abs(turn[i] - hu[i]) <= 1e-12 * std::abs(hu[i]));
        CHECK(std::abs((i == 6 ? -1 : 1) * mirror[i] - hu[i]) <= 1e-12 * std::abs(hu[i]));
    }
}

// SPDX-License-Identifier: BSL-1.0
// moments, hu_moments: the moments of an image to the third order.
#pragma once

#include <quoin/measure/detail/moment_sums.hpp>

#include <array>

QUOIN_NAMESPACE_BEGIN

/// The moments of one channel. Raw: m_pq = sum of x^p y^q v(x, y), from the pixel (0, 0). Central: mu_pq = sum of
/// (x - cx)^p (y - cy)^q v(x, y), with the centroid (cx, cy) = (m10 / m00, m01 / m00). Normalized: nu_pq = mu_pq /
/// m00^(1 + (p + q) / 2). If m00 is 0, the centroid is (0, 0) and mu and nu are 0, as in OpenCV.
struct image_moments {
    double m00 = 0, m10 = 0, m01 = 0, m20 = 0, m11 = 0, m02 = 0, m30 = 0, m21 = 0, m12 = 0, m03 = 0;
    double centroid_x = 0, centroid_y = 0;
    double mu20 = 0, mu11 = 0, mu02 = 0, mu30 = 0, mu21 = 0, mu12 = 0, mu03 = 0;
    double nu20 = 0, nu11 = 0, nu02 = 0, nu30 = 0, nu21 = 0, nu12 = 0, nu03 = 0;
    friend constexpr bool operator==(image_moments const&, image_moments const&) = default;
};

/// The seven invariants of Hu, which do not change if the image is moved, scaled or rotated. The seventh changes its
/// sign if the image is mirrored.
///
/// Source: M. Hu, "Visual pattern recognition by moment invariants", 1962.
constexpr std::array<double, 7> hu_moments(image_moments const& m) {
    double const a = m.nu30 + m.nu12, b = m.nu21 + m.nu03, aa = a * a, bb = b * b;
    double const c = m.nu30 - 3 * m.nu12, d = 3 * m.nu21 - m.nu03, e = m.nu20 - m.nu02;
    return {m.nu20 + m.nu02,
            e * e + 4 * m.nu11 * m.nu11,
            c * c + d * d,
            aa + bb,
            c * a * (aa - 3 * bb) + d * b * (3 * aa - bb),
            e * (aa - bb) + 4 * m.nu11 * a * b,
            d * a * (aa - 3 * bb) - c * b * (3 * aa - bb)};
}

namespace detail {

/// From sums of i128, which are moved by whole pixels to the centroid before they are rounded, or of double.
template <class S>
image_moments moments_of(S const (&m)[4][4]) {
    image_moments r;
    auto const real = [](S const& v) { return static_cast<double>(v); };
    r.m00 = real(m[0][0]), r.m10 = real(m[1][0]), r.m01 = real(m[0][1]);
    r.m20 = real(m[2][0]), r.m11 = real(m[1][1]), r.m02 = real(m[0][2]);
    r.m30 = real(m[3][0]), r.m21 = real(m[2][1]), r.m12 = real(m[1][2]), r.m03 = real(m[0][3]);
    if (m[0][0] == 0) return r;

    S const s00 = m[0][0];
    S const cx = m[1][0] / s00, cy = m[0][1] / s00; // of integers whole numbers, at most one pixel away
    S const s10 = m[1][0] - cx * s00, s01 = m[0][1] - cy * s00;
    S const s20 = m[2][0] - cx * (2 * m[1][0] - cx * s00), s02 = m[0][2] - cy * (2 * m[0][1] - cy * s00);
    S const s11 = m[1][1] - cx * m[0][1] - cy * s10;
    S const s30 = m[3][0] - cx * (3 * m[2][0] - cx * (3 * m[1][0] - cx * s00));
    S const s03 = m[0][3] - cy * (3 * m[0][2] - cy * (3 * m[0][1] - cy * s00));
    S const s21 = m[2][1] - cx * (2 * m[1][1] - cx * m[0][1]) - cy * s20;
    S const s12 = m[1][2] - cy * (2 * m[1][1] - cy * m[1][0]) - cx * s02;

    double const dx = real(s10) / r.m00, dy = real(s01) / r.m00;
    double const a = real(s10), b = real(s01);
    r.centroid_x = real(cx) + dx, r.centroid_y = real(cy) + dy;
    r.mu20 = real(s20) - dx * a, r.mu02 = real(s02) - dy * b, r.mu11 = real(s11) - dx * b;
    r.mu30 = real(s30) - dx * (3 * real(s20) - 2 * dx * a), r.mu03 = real(s03) - dy * (3 * real(s02) - 2 * dy * b);
    r.mu21 = real(s21) - dx * (2 * real(s11) - dx * b) - dy * r.mu20;
    r.mu12 = real(s12) - dy * (2 * real(s11) - dy * a) - dx * r.mu02;

    double const second = r.m00 * r.m00, third = second * sqrt(r.m00 < 0 ? -r.m00 : r.m00);
    r.nu20 = r.mu20 / second, r.nu11 = r.mu11 / second, r.nu02 = r.mu02 / second;
    r.nu30 = r.mu30 / third, r.nu21 = r.mu21 / third, r.nu12 = r.mu12 / third, r.nu03 = r.mu03 / third;
    return r;
}

} // namespace detail

/// The moments of each channel to the third order: one image_moments for gray, otherwise a pixel of them. Integers: the
/// sums are exact, in 128 bits, so the raw moments are correctly rounded; the sums must fit, as they do for sides up to
/// 2^20 and 16 bits. Central moments are computed from exact sums around a pixel beside the centroid, so they do not
/// lose digits far from the origin. Floating point: in double, in the order of sum, and mu has the rounding errors of
/// m. If a pixel is NaN or infinite, so are the moments, and the central ones are NaN. No pixel: all are 0. Cost: four
/// multiplications and additions per pixel and channel.
struct moments_fn : statistic<moments_fn> {
    template <class P>
    using state = detail::moments_state<P>;
    template <class P>
    auto result(state<P> const& s, detail::statistics_of const&) const {
        return make_pixel<P>([&](auto c) { return detail::moments_of(s.m[decltype(c)::value]); });
    }
};
inline constexpr moments_fn moments{};

QUOIN_NAMESPACE_END

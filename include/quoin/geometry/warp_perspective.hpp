// SPDX-License-Identifier: BSL-1.0
// warp_perspective: the image seen from elsewhere, by a map that keeps lines straight.
#pragma once

#include <quoin/geometry/detail/resampling.hpp>
#include <quoin/geometry/detail/warp.hpp>

QUOIN_NAMESPACE_BEGIN

/// A perspective map: (x, y) becomes ((a x + b y + c) / w, (d x + e y + f) / w) with w = g x + h y + i. The center of a
/// pixel is a whole number.
struct perspective {
    double a = 1, b = 0, c = 0;
    double d = 0, e = 1, f = 0;
    double g = 0, h = 0, i = 1;

    constexpr double determinant() const { return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g); }

    /// The map that first applies this one and then `next`.
    constexpr perspective then(perspective const& next) const {
        perspective const& n = next;
        return {n.a * a + n.b * d + n.c * g, n.a * b + n.b * e + n.c * h, n.a * c + n.b * f + n.c * i,
                n.d * a + n.e * d + n.f * g, n.d * b + n.e * e + n.f * h, n.d * c + n.e * f + n.f * i,
                n.g * a + n.h * d + n.i * g, n.g * b + n.h * e + n.i * h, n.g * c + n.h * f + n.i * i};
    }
    /// @throws invalid_argument if the map is singular or a number is not finite.
    constexpr perspective inverse() const {
        double const det = determinant();
        if (!(det * det > 0) || det * 0 != 0)
            detail::raise("quoin::perspective::inverse: the map ", a, " ", b, " ", c, " ", d, " ", e, " ", f, " ", g,
                          " ", h, " ", i, " is singular; its determinant is ", det);
        return {(e * i - f * h) / det, (c * h - b * i) / det, (b * f - c * e) / det,
                (f * g - d * i) / det, (a * i - c * g) / det, (c * d - a * f) / det,
                (d * h - e * g) / det, (b * g - a * h) / det, (a * e - b * d) / det};
    }
};

namespace detail {

class perspective_places : public computed_places<perspective_places> {
public:
    static constexpr char const* name = "warp_perspective";

    /// Of an image of this extent, or, where that is {0, 0}, of the input's.
    constexpr perspective_places(perspective const& m, extent size) : m_(m), size_(size) {
        for (double const n : {m.a, m.b, m.c, m.d, m.e, m.f, m.g, m.h, m.i}) check_finite(name, "map has", n);
        if (!(m.determinant() != 0))
            raise("quoin::", name, ": the map ", m.a, ":", m.b, ":", m.c, ":", m.d, ":", m.e, ":", m.f, ":", m.g, ":",
                  m.h, ":", m.i, " is singular; give one whose determinant is not 0");
        if (size != extent{}) check_result(name, size);
    }

    constexpr extent result(extent input) const {
        check_input(name, input);
        return size_ != extent{} ? size_ : input;
    }
    QUOIN_FN real_place near(double x, double y) const {
        double const w = m_.g * x + m_.h * y + m_.i;
        double const u = m_.a * x + m_.b * y + m_.c, v = m_.d * x + m_.e * y + m_.f;
        double const divisor = either(w == 0, 1.0, w);
        return {u / divisor, v / divisor, w != 0};
    }
    /// With one division for a place, where that cannot round it to another one: products with 1 / w are off by two
    /// units of the last of 53 bits.
    bool step(place_step& to, place_bits bits, index_t column, index_t row, int count) const {
        double const first = static_cast<double>(column), y = static_cast<double>(row);
        bool const known = round_near_places<true>(to, bits, [&](int k) QUOIN_LAMBDA_INLINE -> real_place {
            double const x = first + static_cast<double>(k), r = 1 / (m_.g * x + m_.h * y + m_.i);
            return {(m_.a * x + m_.b * y + m_.c) * r, (m_.d * x + m_.e * y + m_.f) * r};
        });
        return known || computed_places<perspective_places>::step(to, bits, column, row, count);
    }

private:
    perspective m_;
    extent size_;
};

} // namespace detail

/// The stage made by warp_perspective().
using warp_perspective_fn = detail::warp_fn<detail::perspective_places>;

/// Gathering stage. out(x, y) = in((a x + b y + c) / w, (d x + e y + f) / w) with w = g x + h y + i, with size.width x
/// size.height pixels, or those of the input. The map leads from the result to the input; give m.inverse() for one that
/// leads from the input to the result. `how` says what lies between pixels (interpolation.hpp), and the last extend()
/// before the stage what lies outside; under a constant border, edges are blended with the constant. There is no
/// antialiasing: a map that shrinks skips pixels. Same pixel type. Channels are treated alike; premultiply rgba before.
/// Places are computed in double, from the left as written, and are rounded to multiples of 2^-32, half to even; they
/// are at most 2^30 pixels from the first pixel along each axis. Where w is 0 or a number is NaN, both coordinates are
/// -2^30. Bytes are the same on every machine if the compiler fuses no products into sums (-ffp-contract=off).
/// OpenCV 4 rounds places to 1/32: with `linear`, 5 to 8 % of the bytes of photographs differ, by up to 4, and 0.3 % by
/// more than 1.
/// Cost: for bytes and `linear`, two divisions, four loads and six products for each channel. Memory: none, if the
/// input is a view or a part of one. Otherwise an image of it.
/// @throws invalid_argument if the map is singular, a number is not finite, or the size is neither empty nor from 1 to
/// 2^31 - 1. The pipeline throws it when it is made, if its input is empty.
constexpr warp_perspective_fn warp_perspective(perspective const& m, interpolation how = interpolation::linear,
                                               extent size = {}) {
    return {detail::perspective_places(m, size), how};
}

/// The catalogue's entry.
struct warp_perspective_entry : entry_of<warp_perspective_entry> {
    static constexpr operation about{
        .name = "warp_perspective",
        .about = "in((A x + B y + C) / W, (D x + E y + F) / W) at each place (x, y), W = G x + H y + I",
        .parameters = {detail::map_parameter("A", "of the column, for a column"),
                       detail::map_parameter("B", "of the column, for a row"),
                       detail::map_parameter("C", "of the column, at the first pixel"),
                       detail::map_parameter("D", "of the row, for a column"),
                       detail::map_parameter("E", "of the row, for a row"),
                       detail::map_parameter("F", "of the row, at the first pixel"),
                       detail::map_parameter("G", "of the divisor, for a column"),
                       detail::map_parameter("H", "of the divisor, for a row"),
                       detail::map_parameter("I", "of the divisor, at the first pixel"),
                       detail::interpolation_parameter},
        .rounding = detail::warp_rounding,
        .floating = detail::warp_floating,
        .opencv =
            "cv::warpPerspective(src, dst, map, src.size(), cv::INTER_LINEAR + cv::WARP_INVERSE_MAP), with places "
            "rounded to 1/32",
        .pillow =
            "image.transform(image.size, Image.PERSPECTIVE, (A, B, C, D, E, F, G, H), Image.BILINEAR), where I is "
            "1, and the center of a pixel lies at a half",
        .scikit_image = "skimage.transform.warp(image, matrix)"};
    static warp_perspective_fn stage(double const* v) {
        return warp_perspective({v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]}, detail::interpolation_of(v[9]));
    }
};

QUOIN_NAMESPACE_END

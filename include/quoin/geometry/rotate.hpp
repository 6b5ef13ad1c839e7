// SPDX-License-Identifier: BSL-1.0
// rotate90, rotate180, rotate270: the image turned clockwise by quarters. rotate: by any angle.
#pragma once

#include <quoin/geometry/flip.hpp>
#include <quoin/geometry/transpose.hpp>
#include <quoin/geometry/warp_affine.hpp>

QUOIN_NAMESPACE_BEGIN

/// Rearranging stage. out(x, y) = in(y, height - 1 - x), with height x width pixels: a quarter turn clockwise. Same
/// pixel type, exact. Cost: that of transpose.
struct rotate90_fn : detail::exchange<false, true> {};
inline constexpr rotate90_fn rotate90{};

/// Rearranging stage. out(x, y) = in(width - 1 - x, height - 1 - y): half a turn. Same extent and pixel type, exact.
/// Cost: one copy of each row within the caches. Behind other stages the rows are computed from the bottom upwards.
struct rotate180_fn : detail::flip<true, true> {};
inline constexpr rotate180_fn rotate180{};

/// Rearranging stage. out(x, y) = in(width - 1 - y, x), with height x width pixels: a quarter turn counterclockwise.
/// Same pixel type, exact. Cost: that of transpose.
struct rotate270_fn : detail::exchange<true, false> {};
inline constexpr rotate270_fn rotate270{};

namespace detail {

struct rotated_places : affine_places {
    static constexpr char const* name = "rotate";
    constexpr rotated_places(affine const& m) : affine_places(name, m, {}) {}
};

/// The angle in quarter turns, exactly: the whole ones and the rest, which has the sign of the angle.
struct quarters {
    int whole;
    double rest;

    constexpr explicit quarters(double degrees) : whole(0), rest(0) {
        if (!(degrees - degrees == 0)) raise("quoin::rotate: an angle of ", degrees, " degrees; give a finite number");
        double far = degrees < 0 ? -degrees : degrees;
        for (double turn = 360; far >= 360;) { // each difference is exact
            while (turn <= far / 2) turn *= 2;
            while (turn > far) turn /= 2;
            far -= turn;
        }
        whole = static_cast<int>(far / 90);
        rest = (far - 90 * whole) / 90;
        if (degrees < 0) {
            whole = -whole;
            rest = -rest;
        }
    }
};

} // namespace detail

/// The stage made by rotate().
class rotate_fn {
public:
    using expands = void;

    constexpr rotate_fn(double degrees, interpolation how) : angle_(degrees), how_(how) {}

    template <class P>
    constexpr auto expand(extent input) const {
        detail::check_input("rotate", input);
        double const part = angle_.rest < 0 ? -angle_.rest : angle_.rest;
        int const whole = angle_.whole < 0 ? -angle_.whole : angle_.whole;
        detail::direction d = detail::turned(whole, part);
        if (angle_.whole < 0 || angle_.rest < 0) d.y = -d.y;
        double const x = static_cast<double>(input.width - 1) / 2, y = static_cast<double>(input.height - 1) / 2;
        affine const m{d.x, d.y, x - d.x * x - d.y * y, -d.y, d.x, y + d.y * x - d.x * y};
        return compose(detail::warp_fn<detail::rotated_places>(m, how_));
    }

private:
    detail::quarters angle_;
    interpolation how_;
};

/// Gathering stage: the image turned clockwise about its center ((width - 1) / 2, (height - 1) / 2), with the extent of
/// the input. What leaves it is cut off. With c and s the cosine and the sine of the angle, out(center + (x, y)) =
/// in(center + (c x + s y, c y - s x)). It is warp_affine() with that map, whose contract holds. Multiples of 90
/// degrees are exact: rotate(180) is rotate180, and rotate(90) of a square is rotate90.
/// @throws invalid_argument if the angle is not finite. The pipeline throws it when it is made, if its input is empty
/// or, for some angles, has a side of more than 2^28 pixels.
constexpr rotate_fn rotate(double degrees, interpolation how = interpolation::linear) {
    return {degrees, how};
}

/// The catalogue's entries.
struct rotate90_entry : entry_of<rotate90_entry> {
    static constexpr operation about{.name = "rotate90",
                                     .about = "a quarter turn clockwise",
                                     .rounding = "none",
                                     .opencv = "cv::rotate(src, dst, cv::ROTATE_90_CLOCKWISE)",
                                     .pillow = "image.transpose(Image.ROTATE_270)",
                                     .scikit_image = "numpy.rot90(image, 3)"};
    static rotate90_fn stage(double const*) { return rotate90; }
};
struct rotate180_entry : entry_of<rotate180_entry> {
    static constexpr operation about{.name = "rotate180",
                                     .about = "half a turn",
                                     .rounding = "none",
                                     .opencv = "cv::rotate(src, dst, cv::ROTATE_180)",
                                     .pillow = "image.transpose(Image.ROTATE_180)",
                                     .scikit_image = "numpy.rot90(image, 2)"};
    static rotate180_fn stage(double const*) { return rotate180; }
};
struct rotate270_entry : entry_of<rotate270_entry> {
    static constexpr operation about{.name = "rotate270",
                                     .about = "a quarter turn counterclockwise",
                                     .rounding = "none",
                                     .opencv = "cv::rotate(src, dst, cv::ROTATE_90_COUNTERCLOCKWISE)",
                                     .pillow = "image.transpose(Image.ROTATE_90)",
                                     .scikit_image = "numpy.rot90(image)"};
    static rotate270_fn stage(double const*) { return rotate270; }
};

struct rotate_entry : entry_of<rotate_entry> {
    static constexpr operation about{
        .name = "rotate",
        .about = "turned clockwise about the center, in the same extent",
        .parameters = {detail::map_parameter("DEGREES", "the angle"), detail::interpolation_parameter},
        .rounding = detail::warp_rounding,
        .floating = detail::warp_floating,
        .opencv = "cv::warpAffine by cv::getRotationMatrix2D(center, -DEGREES, 1), with places rounded to 1/32",
        .pillow = "image.rotate(-DEGREES, Image.BILINEAR)",
        .scikit_image = "skimage.transform.rotate(image, -DEGREES)"};
    static rotate_fn stage(double const* v) { return rotate(v[0], detail::interpolation_of(v[1])); }
};

QUOIN_NAMESPACE_END

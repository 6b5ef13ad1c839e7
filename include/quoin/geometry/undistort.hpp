// SPDX-License-Identifier: BSL-1.0
// undistort: the image of a camera without the distortion of its lens.
#pragma once

#include <quoin/geometry/detail/resampling.hpp>
#include <quoin/geometry/detail/warp.hpp>

QUOIN_NAMESPACE_BEGIN

/// A camera: the focal lengths in pixels, and the place of the optical axis.
struct camera {
    double fx, fy, cx, cy;
};

/// The distortion of a lens by Brown's model, in the order of OpenCV: k radial, p tangential.
struct distortion {
    double k1 = 0, k2 = 0, p1 = 0, p2 = 0, k3 = 0;
};

namespace detail {

class undistorted_places : public computed_places<undistorted_places> {
public:
    static constexpr char const* name = "undistort";

    constexpr undistorted_places(camera const& c, distortion const& d) : c_(c), d_(d) {
        for (double const n : {c.fx, c.fy, c.cx, c.cy}) check_finite(name, "camera has", n);
        for (double const n : {d.k1, d.k2, d.p1, d.p2, d.k3}) check_finite(name, "distortion has", n);
        if (!(c.fx > 0 && c.fy > 0))
            raise("quoin::", name, ": focal lengths of ", c.fx, " and ", c.fy, " pixels; give numbers above 0");
    }

    constexpr extent result(extent input) const {
        check_input(name, input);
        return input;
    }
    QUOIN_FN real_place near(double column, double row) const {
        double const x = (column - c_.cx) / c_.fx, y = (row - c_.cy) / c_.fy;
        double const xx = x * x, yy = y * y, xy = 2 * x * y, r = xx + yy;
        double const k = 1 + ((d_.k3 * r + d_.k2) * r + d_.k1) * r;
        double const u = x * k + d_.p1 * xy + d_.p2 * (r + 2 * xx);
        double const v = y * k + d_.p1 * (r + 2 * yy) + d_.p2 * xy;
        return {c_.fx * u + c_.cx, c_.fy * v + c_.cy};
    }

private:
    camera c_;
    distortion d_;
};

} // namespace detail

/// The stage made by undistort().
using undistort_fn = detail::warp_fn<detail::undistorted_places>;

/// Gathering stage: the image that the camera would have made with a lens without distortion, with the extent of the
/// input. With x = (column - cx) / fx, y = (row - cy) / fy, r = x^2 + y^2 and k = 1 + k1 r + k2 r^2 + k3 r^3,
///     u = x k + 2 p1 x y + p2 (r + 2 x^2),    v = y k + p1 (r + 2 y^2) + 2 p2 x y,
///     out(column, row) = in(fx u + cx, fy v + cy).
/// `how` says what lies between pixels (interpolation.hpp), and the last extend() before the stage what lies outside;
/// under a constant border, edges are blended with the constant. Same pixel type. Channels are treated alike;
/// premultiply rgba before. Places are computed in double and rounded to multiples of 2^-32, half to even; they are at
/// most 2^30 pixels from the first pixel along each axis. Bytes are the same on every machine if the compiler fuses no
/// products into sums (-ffp-contract=off).
/// The places are those of OpenCV 4 with the same camera before and after, which then rounds them to 1/32: with
/// `linear`, 5 to 8 % of the bytes of photographs differ, by up to 4, and 0.3 % by more than 1. Its border is
/// constant(0). Cost: about 30 operations in double for each pixel, then as warp_affine(). Memory: none, if the input
/// is a view or a part of one. Otherwise an image of it.
/// @throws invalid_argument if a number is not finite, or a focal length is not above 0. The pipeline throws it when it
/// is made, if its input is empty.
/// Source: D. C. Brown, Close-range camera calibration, Photogrammetric Engineering 37, 1971.
constexpr undistort_fn undistort(camera const& of, distortion const& by, interpolation how = interpolation::linear) {
    return {detail::undistorted_places(of, by), how};
}

/// The catalogue's entry.
struct undistort_entry : entry_of<undistort_entry> {
    static constexpr operation about{
        .name = "undistort",
        .about = "without the distortion of a lens",
        .parameters = {detail::map_parameter("FX", "the focal length in columns", 1e-6),
                       detail::map_parameter("FY", "the focal length in rows", 1e-6),
                       detail::map_parameter("CX", "the column of the optical axis"),
                       detail::map_parameter("CY", "its row"),
                       detail::map_parameter("K1", "the radial distortion, of the square of the radius"),
                       detail::map_parameter("K2", "of its fourth power"),
                       detail::map_parameter("P1", "the tangential distortion along rows"),
                       detail::map_parameter("P2", "along columns"),
                       detail::map_parameter("K3", "the radial distortion, of the sixth power"),
                       detail::interpolation_parameter},
        .rounding = detail::warp_rounding,
        .floating = detail::warp_floating,
        .opencv = "cv::undistort(src, dst, camera, coefficients), with places rounded to 1/32",
        .pillow = "",
        .scikit_image = ""};
    static undistort_fn stage(double const* v) {
        return undistort({v[0], v[1], v[2], v[3]}, {v[4], v[5], v[6], v[7], v[8]}, detail::interpolation_of(v[9]));
    }
};

QUOIN_NAMESPACE_END

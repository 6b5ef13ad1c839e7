// SPDX-License-Identifier: BSL-1.0
// polar: the image around a center, unrolled.
#pragma once

#include <quoin/geometry/detail/resampling.hpp>
#include <quoin/geometry/detail/warp.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

class polar_places {
public:
    static constexpr char const* name = "polar";

    constexpr polar_places(double center_x, double center_y, double radius, extent size)
        : x_(center_x), y_(center_y), size_(size) {
        for (double const n : {center_x, center_y}) check_finite(name, "center has", n);
        if (!(radius > 0 && radius - radius == 0))
            raise("quoin::", name, ": a radius of ", radius, " pixels; give a number above 0");
        check_result(name, size);
        step_ = radius / static_cast<double>(size.width);
    }

    constexpr extent result(extent input) const {
        check_input(name, input);
        return size_;
    }
    QUOIN_FN place at(index_t x, index_t y) const { return place_near(near(static_cast<double>(x), towards(y))); }
    bool step(place_step& to, place_bits bits, index_t x, index_t y, int) const {
        direction const d = towards(y);
        double const column = static_cast<double>(x);
        return round_places(to, bits,
                            [&](int k) QUOIN_LAMBDA_INLINE { return near(column + static_cast<double>(k), d); });
    }

private:
    QUOIN_FN direction towards(index_t y) const {
        index_t const quarter = 4 * y / size_.height, rest = 4 * y - quarter * size_.height;
        return turned(quarter, static_cast<double>(rest) / static_cast<double>(size_.height));
    }
    QUOIN_FN real_place near(double x, direction d) const {
        double const r = x * step_;
        return {x_ + r * d.x, y_ + r * d.y};
    }

    double x_, y_, step_ = 0;
    extent size_;
};

} // namespace detail

/// The stage made by polar().
using polar_fn = detail::warp_fn<detail::polar_places>;

/// Gathering stage: the disc around a center, unrolled. Columns are distances, rows are angles, which begin to the
/// right of the center and turn clockwise. With r = x * (radius / size.width) and the angle t = 2 pi y / size.height,
/// out(x, y) = in(center_x + r cos(t), center_y + r sin(t)), with size.width x size.height pixels.
/// `how` says what lies between pixels (interpolation.hpp), and the last extend() before the stage what lies outside;
/// under a constant border, edges are blended with the constant. There is no antialiasing: far from the center, rows
/// may skip pixels. Same pixel type. Channels are treated alike; premultiply rgba before. Places are computed in
/// double, with sine and cosine nearly to the last bit, and exact for quarter turns. They are rounded to multiples of
/// 2^-32, half to even, and are at most 2^30 pixels from the first pixel along each axis. Bytes are the same on every
/// machine if the compiler fuses no products into sums (-ffp-contract=off).
/// The places are those of OpenCV 4, which then rounds them to 1/32: with `linear`, 4 to 10 % of the bytes of
/// photographs differ, by up to 4, and 0.3 % by more than 1. Where its WARP_FILL_OUTLIERS is missing, it does not write
/// what lies outside. Cost: that of warp_affine(), and a sine and a cosine for 64 pixels. Memory: none, if the input is
/// a view or a part of one. Otherwise an image of it.
/// @throws invalid_argument if the center is not finite, the radius is not above 0 and finite, or a side of the size is
/// not from 1 to 2^31 - 1. The pipeline throws it when it is made, if its input is empty.
constexpr polar_fn polar(double center_x, double center_y, double radius, extent size,
                         interpolation how = interpolation::linear) {
    return {detail::polar_places(center_x, center_y, radius, size), how};
}

/// The catalogue's entry.
struct polar_entry : entry_of<polar_entry> {
    static constexpr operation about{
        .name = "polar",
        .about = "the disc around a center, unrolled: distances to the right, angles down",
        .parameters = {detail::map_parameter("CX", "the column of the center"), detail::map_parameter("CY", "its row"),
                       detail::map_parameter("RADIUS", "of the disc, in pixels", 1e-6), detail::result_size,
                       detail::interpolation_parameter},
        .rounding = detail::warp_rounding,
        .floating = detail::warp_floating,
        .opencv = "cv::warpPolar(src, dst, size, center, RADIUS, cv::INTER_LINEAR), with places rounded to 1/32",
        .pillow = "",
        .scikit_image = "skimage.transform.warp_polar(image, (CY, CX), radius=RADIUS, output_shape=(HEIGHT, WIDTH))"};
    static polar_fn stage(double const* v) {
        return polar(v[0], v[1], v[2], {detail::whole<index_t>(v[3]), detail::whole<index_t>(v[4])},
                     detail::interpolation_of(v[5]));
    }
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// remap: another image of the plane, by two images of coordinates.
#pragma once

#include <quoin/geometry/detail/resampling.hpp>
#include <quoin/geometry/detail/warp.hpp>

#include <algorithm>

QUOIN_NAMESPACE_BEGIN

namespace detail {

class mapped_places {
public:
    static constexpr char const* name = "remap";

    constexpr mapped_places(image_view<float const> const& xs, image_view<float const> const& ys) : xs_(xs), ys_(ys) {
        if (xs.size() != ys.size())
            raise("quoin::remap: the maps have ", xs.width(), " x ", xs.height(), " and ", ys.width(), " x ",
                  ys.height(), " pixels; give two of the same extent, that of the result");
        check_result(name, xs.size());
        for (index_t y = 0; y < xs.height(); ++y) {
            float const *const x_row = xs.row(y), *const y_row = ys.row(y);
            bool finite = true;
            for (index_t x = 0; x < xs.width(); ++x) finite &= is_finite(x_row[x]) && is_finite(y_row[x]);
            if (finite) continue;
            for (index_t x = 0; x < xs.width(); ++x)
                if (!is_finite(x_row[x]) || !is_finite(y_row[x]))
                    raise("quoin::remap: the maps have (", xs(x, y), ", ", ys(x, y), ") at (", x, ", ", y,
                          "); give finite numbers, for example -1e9 for what lies outside");
        }
    }

    constexpr image_view<float const> const& map_x() const { return xs_; }
    constexpr image_view<float const> const& map_y() const { return ys_; }
    /// Of maps with the same numbers in other memory, which is not read.
    constexpr mapped_places with_maps(image_view<float const> const& xs, image_view<float const> const& ys) const {
        mapped_places moved(*this);
        moved.xs_ = xs;
        moved.ys_ = ys;
        return moved;
    }

    constexpr extent result(extent input) const {
        check_input(name, input);
        return xs_.size();
    }
    QUOIN_FN place at(index_t x, index_t y) const {
        return place_near({static_cast<double>(xs_.load(x, y)), static_cast<double>(ys_.load(x, y))});
    }
    bool step(place_step& to, place_bits bits, index_t x, index_t y, int count) const {
        float const *from_x = xs_.row(y) + x, *from_y = ys_.row(y) + x;
        float some_x[places_at_once], some_y[places_at_once];
        if (count < places_at_once) { // what lies behind a row is not read
            for (int k = 0; k < places_at_once; ++k) {
                some_x[k] = from_x[k < count ? k : 0];
                some_y[k] = from_y[k < count ? k : 0];
            }
            from_x = some_x;
            from_y = some_y;
        }
        return round_places(to, bits, from_x, from_y);
    }

private:
    image_view<float const> xs_, ys_;
};

} // namespace detail

/// The stage made by remap().
using remap_fn = detail::warp_fn<detail::mapped_places>;

/// Gathering stage. out(x, y) = in(map_x(x, y), map_y(x, y)), with the extent of the maps. `how` says what lies between
/// pixels (interpolation.hpp), and the last extend() before the stage what lies outside; under a constant border, edges
/// are blended with the constant. There is no antialiasing: a map that shrinks skips pixels. Same pixel type. Channels
/// are treated alike; premultiply rgba before. Coordinates are rounded to multiples of 2^-32, half to even; places are
/// at most 2^30 pixels from the first pixel along each axis.
/// The stage holds views of the maps, and making it reads them. The caller keeps the images, and does not change them
/// while a pipeline runs. `run` under a device policy copies them to the device, with the sources; run_resident needs
/// maps in memory that the device and the host reach.
/// OpenCV 4 rounds places to 1/32, even for floating point: with `linear`, 5 to 8 % of the bytes of photographs differ,
/// by up to 5, and 0.3 % by more than 1. Cost: for bytes and `linear`, six loads, and six products for each channel.
/// Making the stage reads both maps once. Memory: none, if the input is a view or a part of one. Otherwise an image of
/// it.
/// @throws invalid_argument if the maps have different extents, are empty, or have a number that is not finite. The
/// pipeline throws it when it is made, if its input is empty.
constexpr remap_fn remap(image_view<float const> const& map_x, image_view<float const> const& map_y,
                         interpolation how = interpolation::linear) {
    return {detail::mapped_places(map_x, map_y), how};
}

/// The catalogue's entry.
struct remap_entry {
    static constexpr operation about{
        .name = "remap",
        .about = "the pixels at the places that two maps have, of columns and of rows: gray images of f32",
        .inputs = 3,
        .parameters = {detail::interpolation_parameter},
        .rounding = detail::warp_rounding,
        .floating = detail::warp_floating,
        .opencv = "cv::remap(src, dst, map_x, map_y, cv::INTER_LINEAR), with places rounded to 1/32",
        .scikit_image = "scipy.ndimage.map_coordinates(image, (map_y, map_x), order=1)",
        .reads_maps = true};
    /// The maps were checked before.
    static remap_fn stage_of_maps(double const* values, image_view<float const> const& map_x,
                                  image_view<float const> const& map_y) {
        static constexpr float origin = 0;
        image_view<float const> const one(&origin, 1, 1, 1);
        return remap(one, one, detail::interpolation_of(values[0])).with_maps(map_x, map_y);
    }
};

QUOIN_NAMESPACE_END

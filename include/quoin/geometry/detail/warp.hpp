// SPDX-License-Identifier: BSL-1.0
// The gathering stage that maps each pixel of its result to a place of its input; maps, and parameters of operations.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/geometry/detail/sampled_rows.hpp>
#include <quoin/geometry/detail/shifted_rows.hpp>
#include <quoin/pipe/operation.hpp>

#include <bit>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A gathering stage that reads the place at(x, y) of `Map` for the pixel (x, y) of its result. A Map also has a name,
/// result(input) as the stage, and step(places, bits, x, y, count), which rounds at(x + k, y) for all k < count and
/// returns whether they are near, as round_places(). It may have shifts(), whether at(x + k, y) is k whole columns
/// right of at(x, y), for all x, y and k.
template <class Map>
class warp_fn {
public:
    using gathers = void;
    static constexpr char const* name = Map::name;

    constexpr warp_fn(Map const& map, interpolation how) : map_(map), how_(how) {}

    constexpr extent result(extent input) const { return map_.result(input); }
    /// Of a map that reads images.
    constexpr auto const& map_x() const
        requires requires(Map const& map) { map.map_x(); }
    {
        return map_.map_x();
    }
    constexpr auto const& map_y() const
        requires requires(Map const& map) { map.map_y(); }
    {
        return map_.map_y();
    }
    template <class View>
    constexpr warp_fn with_maps(View const& xs, View const& ys) const
        requires requires(Map const& map) { map.with_maps(xs, ys); }
    {
        return {map_.with_maps(xs, ys), how_};
    }
    template <class View, class Border>
    QUOIN_FN auto at(View const& v, Border const& border, index_t x, index_t y) const {
        return value_at(v, border, how_, map_.at(x, y));
    }
    template <class View, class Border>
    void row(View const& v, Border const& border, pixel_line<channel_t<typename View::pixel_type>> to, interval columns,
             index_t y) const {
        using P = std::remove_const_t<typename View::pixel_type>;
        if constexpr (is_image_view<View>) {
            image_view<P const> const in(v);
            if constexpr (requires { map_.shifts(); })
                if (map_.shifts()) {
                    shifted_row const shifted(in, border, how_, map_.at(columns.begin, y));
                    if (shifted.known()) return shifted.write(to, columns.end - columns.begin);
                }
            outside_pixels<P> const outside(border);
            if (samples<channel_t<P>>(how_) && outside.kind != border_kind::other && has_near_places(in))
                return sample(in, border, outside, to, columns, y);
        }
        for (index_t x = columns.begin; x < columns.end; ++x) to.put(x - columns.begin, at(v, border, x, y));
    }

private:
    template <class P, class Border>
    void sample(image_view<P const> const& v, Border const& border, outside_pixels<P> const& outside,
                pixel_line<channel_t<P>> const& to, interval columns, index_t y) const {
        using T = channel_t<P>;
        place_bits const bits(how_);
        // All pixels far beyond an end are the same, and so is what lies between them, but for rounding.
        bool const all_near = std::integral<between_sum<T>> && fills(outside.kind);
        for (index_t x = columns.begin; x < columns.end; x += places_at_once) {
            auto const count = static_cast<int>(min<index_t>(places_at_once, columns.end - x));
            index_t const first = x - columns.begin;
            place_step places;
            if (!map_.step(places, bits, x, y, count) && !all_near) {
                for (int k = 0; k < count; ++k) to.put(first + k, at(v, border, x + k, y));
                continue;
            }
            for (int k = count; k < places_at_once; ++k) {
                places.x[k] = places.x[0];
                places.y[k] = places.y[0];
            }
            constexpr int channels = channels_v<P>, behind = 4; // values that may be written behind all places
            if (to.template together<channels>() && columns.end - x >= places_at_once + behind) {
                sampled_values(v, outside, how_, places, to.at(first));
            } else {
                T values[places_at_once * channels + behind];
                sampled_values(v, outside, how_, places, values);
                to.template copy<channels>(first, values, count);
            }
        }
    }

    Map map_;
    interpolation how_;
};

/// A map that computes its places in double has them all from `near(x, y)`, for whole numbers x and y.
template <class Map>
struct computed_places {
    QUOIN_FN place at(index_t x, index_t y) const {
        return place_near(static_cast<Map const&>(*this).near(static_cast<double>(x), static_cast<double>(y)));
    }
    bool step(place_step& to, place_bits bits, index_t x, index_t y, int) const {
        double const column = static_cast<double>(x), row = static_cast<double>(y);
        return round_places(to, bits, [&](int k) QUOIN_LAMBDA_INLINE {
            return static_cast<Map const&>(*this).near(column + static_cast<double>(k), row);
        });
    }
};

template <std::floating_point T>
constexpr bool is_finite(T number) {
    return number - number == 0;
}
/// Throws unless the number is finite.
constexpr void check_finite(char const* name, char const* what, double number) {
    if (!is_finite(number)) raise("quoin::", name, ": the ", what, " ", number, "; give finite numbers");
}

/// The parameters of the catalogue.
inline constexpr parameter interpolation_parameter{.name = "INTERPOLATION",
                                                   .type = parameter_type::choice,
                                                   .preset = "linear",
                                                   .choices = "nearest linear cubic lanczos4",
                                                   .about = "the value between pixels"};
constexpr interpolation interpolation_of(double value) {
    return static_cast<interpolation>(whole<int>(value));
}
inline constexpr parameter size_parameter{.name = "SIZE",
                                          .type = parameter_type::size,
                                          .least = 0,
                                          .most = 2147483647,
                                          .preset = "0x0",
                                          .about = "width and height of the result; 0x0 for those of the input"};
/// How values between pixels are rounded.
inline constexpr char const* warp_rounding = "places to 1/2048 half up, nearest to whole pixels; then the exact sum, "
                                             "half up, saturated; cubic and lanczos4: weights of 14 bits";
inline constexpr char const* warp_floating =
    "in the channel's type, along rows, then down columns, in the order of the input";
/// A number of a map.
constexpr parameter map_parameter(char const* name, char const* about, double least = -1073741823,
                                  double most = 1073741823) {
    return {.name = name, .least = least, .most = most, .about = about};
}

} // namespace detail

QUOIN_NAMESPACE_END

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
/// result(input) as the stage, and step(places, x, y), which gives at(x + k, y) for all k. It may have shifts(),
/// whether at(x + k, y) is k whole columns right of at(x, y), for all x, y and k.
template <class Map>
class warp_fn {
public:
    using gathers = void;
    static constexpr char const* name = Map::name;

    constexpr warp_fn(Map const& map, interpolation how) : map_(map), how_(how) {}

    constexpr extent result(extent input) const { return map_.result(input); }
    template <class View, class Border>
    QUOIN_FN auto at(View const& v, Border const& border, index_t x, index_t y) const {
        return value_at(v, border, how_, map_.at(x, y));
    }
    template <class View, class Border>
    void row(View const& v, Border const& border, channel_t<typename View::pixel_type>* line, index_t plane,
             interval columns, index_t y) const {
        using P = std::remove_const_t<typename View::pixel_type>;
        bool const done = as_shifted(v, border, columns, y, [&](auto const& shifted) {
            shifted.channels_apart(line, plane, columns.end - columns.begin);
        });
        if (!done) sample(v, border, channels_apart<channel_t<P>>{line, plane}, columns, y);
    }
    template <class P, class Border>
    void write(image_view<P> const& v, Border const& border, channel_t<P>* to, interval columns, index_t y) const {
        bool const done = as_shifted(v, border, columns, y,
                                     [&](auto const& shifted) { shifted.pixels(to, 0, columns.end - columns.begin); });
        if (done) return;
        if constexpr (channels_v<P> == 1) sample(v, border, channels_apart<channel_t<P>>{to, 0}, columns, y);
        else sample(v, border, channels_together<channel_t<P>, channels_v<P>>{to}, columns, y);
    }

private:
    /// Calls f(row), if the row is one of places that are whole columns apart and can be blended. Returns whether it
    /// is.
    template <class View, class Border, class F>
    bool as_shifted(View const& v, Border const& border, interval columns, index_t y, F const& f) const {
        if constexpr (is_image_view<View> && requires { map_.shifts(); }) {
            if (!map_.shifts()) return false;
            shifted_row const shifted(v, border, how_, map_.at(columns.begin, y));
            if (shifted.known()) f(shifted);
            return shifted.known();
        } else {
            return false;
        }
    }
    template <class View, class Border, class To>
    void sample(View const& v, Border const& border, To const& to, interval columns, index_t y) const {
        for (index_t x = columns.begin; x < columns.end; x += places_at_once) {
            place_step places;
            map_.step(places, x, y);
            prefetch_row_below(v, map_, x, y);
            sample_places(v, border, how_, places, to.behind(x - columns.begin),
                          static_cast<int>(min<index_t>(places_at_once, columns.end - x)));
        }
    }

    Map map_;
    interpolation how_;
};

/// a * 2^32, rounded half to even, for |a| <= 2^30. In loops compilers vectorize it, as they do not a conversion to 64
/// bits.
QUOIN_FN std::int64_t fixed(double a) {
    // A sum with 3 * 2^51 is rounded to a whole number, which is in its low bits.
    constexpr double shift = 6755399441055744.0;
    double const whole = a + shift, low = (a - (whole - shift)) * 4294967296.0 + shift;
    constexpr auto zero = std::bit_cast<std::uint64_t>(shift);
    return static_cast<std::int64_t>(((std::bit_cast<std::uint64_t>(whole) - zero) << 32) +
                                     (std::bit_cast<std::uint64_t>(low) - zero));
}

/// The place (x, y), at most 2^30 pixels from the first pixel along each axis. If one is NaN or there is none, both are
/// -2^30.
QUOIN_FN place place_near(double x, double y, bool there = true) {
    constexpr double limit = 1 << 30;
    auto const near = [](double a) {
        double const low = either(a > -limit, a, -limit);
        return fixed(either(low < limit, low, limit));
    };
    constexpr std::int64_t none = -(std::int64_t{1} << 62);
    std::int64_t const known = -std::int64_t{there} & -std::int64_t{x == x} & -std::int64_t{y == y};
    return {(near(x) & known) | (none & ~known), (near(y) & known) | (none & ~known)};
}

/// A map that computes its places in double has them all from `near(x, y)`, for whole numbers x and y.
template <class Map>
struct computed_places {
    QUOIN_FN place at(index_t x, index_t y) const {
        return static_cast<Map const&>(*this).near(static_cast<double>(x), static_cast<double>(y));
    }
    void step(place_step& to, index_t x, index_t y) const {
        for (int k = 0; k < places_at_once; ++k) {
            place const p = static_cast<Map const&>(*this).near(static_cast<double>(x) + static_cast<double>(k),
                                                                static_cast<double>(y));
            to.x[k] = p.x;
            to.y[k] = p.y;
        }
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

// SPDX-License-Identifier: BSL-1.0
// white_balance, gray_world: a gain for each color.
#pragma once

#include <quoin/filter/detail/colors.hpp>
#include <quoin/filter/point/brightness.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by white_balance() and gray_world().
class white_balance_fn {
public:
    using vectorized = void;
    using leaves_alpha = void;

    /// @throws invalid_argument unless the gains are finite and >= 0.
    constexpr white_balance_fn(float red, float green, float blue)
        : red_(checked(red, red, green, blue)), green_(checked(green, red, green, blue)),
          blue_(checked(blue, red, green, blue)) {}

    template <concepts::color P>
    QUOIN_INLINE P operator()(P const& p) const {
        using traits = pixel_traits<P>;
        return detail::with_rgb(p, red_(get_channel<traits::red>(p)), green_(get_channel<traits::green>(p)),
                                blue_(get_channel<traits::blue>(p)));
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(concepts::color<P>,
                      "quoin::white_balance: pixel_traits does not say which channels are red, green and blue");
    }

private:
    static constexpr float checked(float gain, float red, float green, float blue) {
        if (!(gain >= 0) || gain > highest<float>)
            detail::raise("quoin::white_balance: the gains ", red, ", ", green, ", ", blue,
                          " are not all finite numbers >= 0");
        return gain;
    }

    brightness_fn red_, green_, blue_;
};

/// Pointwise stage. Red, green and blue times a gain each, as brightness() computes it: integers are rounded, halves
/// away from zero, and saturated; floating point is the product in the channel's type. R, G and B are the channels that
/// pixel_traits calls so; other channels, such as alpha, stay. Same pixel type. Gains are floats. They belong to light,
/// so to linear values: `view | srgb_to_linear<...> | white_balance(...) | linear_to_srgb<...>`. Cost: 3 products a
/// pixel.
/// @throws invalid_argument unless the gains are finite and >= 0.
constexpr white_balance_fn white_balance(float red, float green, float blue) {
    return white_balance_fn(red, green, blue);
}

/// The white_balance() that makes a picture gray in the mean: the gain of a color is the mean of the three sums divided
/// by its sum, in double, as a float. `sums` is what `sum(policy, view)` returns, for any pixels of colors:
///     to_image(policy, view | gray_world(sum(policy, view)));
/// It is the "gray world" of G. Buchsbaum, A spatial processor model for object colour perception, 1980.
/// @throws invalid_argument unless all three sums are finite and > 0.
template <concepts::color Sums>
constexpr white_balance_fn gray_world(Sums const& sums) {
    using traits = pixel_traits<Sums>;
    double const red = static_cast<double>(get_channel<traits::red>(sums));
    double const green = static_cast<double>(get_channel<traits::green>(sums));
    double const blue = static_cast<double>(get_channel<traits::blue>(sums));
    for (double const s : {red, green, blue})
        if (!(s > 0 && s <= highest<double>))
            detail::raise("quoin::gray_world: the sums of red, green and blue, ", red, ", ", green, " and ", blue,
                          ", are not all finite and > 0, so no gains make them equal");
    double const mean = red / 3 + green / 3 + blue / 3;
    return white_balance(static_cast<float>(mean / red), static_cast<float>(mean / green),
                         static_cast<float>(mean / blue));
}

namespace detail {
constexpr parameter color_gain(char const* name, char const* about) {
    return {.name = name, .least = 0, .most = 3.4028234e38, .about = about};
}
} // namespace detail

/// The catalogue's entry.
struct white_balance_entry : entry_of<white_balance_entry> {
    static constexpr operation about{
        .name = "white_balance",
        .about = "red, green and blue times a gain each",
        .parameters = {detail::color_gain("RED", "the gain of red"), detail::color_gain("GREEN", "the gain of green"),
                       detail::color_gain("BLUE", "the gain of blue")},
        .rounding = "halves away from zero, as in double arithmetic with gains as floats, saturated",
        .floating = "the product in the channel's type",
        .opencv = "cv::multiply(src, cv::Scalar(RED, GREEN, BLUE), dst), which rounds halves to even"};
    static constexpr white_balance_fn stage(double const* v) {
        return white_balance(static_cast<float>(v[0]), static_cast<float>(v[1]), static_cast<float>(v[2]));
    }
};

QUOIN_NAMESPACE_END

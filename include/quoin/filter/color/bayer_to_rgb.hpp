// SPDX-License-Identifier: BSL-1.0
// bayer_to_rgb: the colors of a mosaic, in which each pixel has one of red, green and blue.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/filter/detail/usual_channel.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// The colors of the pixels (0, 0), (1, 0), (0, 1) and (1, 1) of a mosaic, which repeat in all directions.
enum class bayer_pattern { rggb, bggr, grbg, gbrg };

/// How bayer_to_rgb computes the two colors that a pixel lacks.
enum class bayer_method {
    bilinear, ///< means of the pixels of that color among the eight neighbors
    malvar    ///< the same, corrected by how the pixel's own color changes over 5 x 5 pixels
};

namespace detail {

/// The type of sums of channels.
template <class T>
using bayer_sum =
    std::conditional_t<std::floating_point<T>, float, std::conditional_t<sizeof(T) == 1, std::int16_t, std::int32_t>>;

/// What a pixel can need, as multiples of 1/4 (bilinear) or 1/16: its own value, the color of its row, that of its
/// column, and that of its corners. The color of the four nearest neighbors follows from these.
template <class T, bayer_method Method>
struct bayer_candidates {
    using vectorized = void;
    using A = bayer_sum<T>;
    static constexpr int reach = Method == bayer_method::bilinear ? 1 : 2;
    static constexpr quoin::footprint footprint{reach, reach};

    template <class Window>
        requires std::same_as<typename Window::pixel_type, T>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const at = [&](int dx, int dy) QUOIN_LAMBDA_INLINE { return w.template at<A>(dx, dy); };
        auto const here = at(0, 0);
        using V = std::remove_const_t<decltype(here)>;
        V const row = V(at(-1, 0) + at(1, 0)), column = V(at(0, -1) + at(0, 1));
        V const corners = V(V(at(-1, -1) + at(1, -1)) + V(at(-1, 1) + at(1, 1)));
        if constexpr (Method == bayer_method::bilinear) {
            return rgba<V>{V(here * V(A(4))), V(row * V(A(2))), V(column * V(A(2))), corners};
        } else {
            V const far_row = V(at(-2, 0) + at(2, 0)), far_column = V(at(0, -2) + at(0, 2));
            V const middle = V(V(here * V(A(10))) - V(corners * V(A(2))));
            return rgba<V>{V(here * V(A(16))), V(V(middle + V(row * V(A(8)))) - V(V(far_row * V(A(2))) - far_column)),
                           V(V(middle + V(column * V(A(8)))) - V(V(far_column * V(A(2))) - far_row)),
                           V(V(V(here * V(A(12))) + V(corners * V(A(4)))) - V(V(far_row + far_column) * V(A(3))))};
        }
    }
};

/// The three of them that are the colors of the pixel at a place.
template <class T, bayer_method Method>
struct bayer_choice {
    using vectorized = void;
    using takes_position = void;
    using A = bayer_sum<T>;
    std::int32_t red_x, red_y; // the place of the first red pixel

    template <class V, class I>
        requires std::same_as<scalar_t<V>, A>
    QUOIN_INLINE auto operator()(rgba<V> const& of, position<I> const& at) const {
        auto const green_here = convert<A>(I(I(at.x + at.y) + I(red_x + red_y)) & I(1)) > V(A(0));
        // The color that is red in rows of red and green, and blue in the others.
        V const own = select(green_here, of.g, of.r);
        V const other = select(green_here, of.b, of.a);
        V const green = select(green_here, of.r, nearest(of));
        auto const a = rounded(own), b = rounded(other);
        using R = std::remove_const_t<decltype(a)>;
        auto const blue_row = convert<T>(I(at.y + I(red_y)) & I(1)) > R(T(0));
        return rgb<R>{select(blue_row, b, a), rounded(green), select(blue_row, a, b)};
    }

private:
    /// The color of the four nearest neighbors.
    template <class V>
    QUOIN_INLINE V nearest(rgba<V> const& of) const {
        V sum = V(of.g + of.b);
        if constexpr (Method == bayer_method::malvar) sum = V(V(sum + of.a) - of.r);
        if constexpr (std::integral<T>) return V(sum >> 1);
        else return V(sum * V(A(0.5)));
    }
    template <class V>
    QUOIN_INLINE auto rounded(V const& v) const {
        return saturate<T>(scale_down < Method == bayer_method::bilinear ? 2 : 4 > (v));
    }
};

} // namespace detail

/// The stage made by bayer_to_rgb().
template <bayer_method Method>
class bayer_to_rgb_fn {
public:
    using expands = void;

    constexpr explicit bayer_to_rgb_fn(bayer_pattern pattern) : pattern_(pattern) {
        if (static_cast<int>(pattern) < 0 || static_cast<int>(pattern) > 3)
            detail::raise("quoin::bayer_to_rgb: ", static_cast<int>(pattern),
                          " is no bayer_pattern; give one of its names");
    }

    template <class P>
    constexpr auto expand(extent input, detail::border_kind border) const {
        constexpr bool possible = detail::usual_channel<P>;
        static_assert(possible, "quoin::bayer_to_rgb: a mosaic has gray pixels of u8, u16 or float; give one channel, "
                                "and put convert_to before it");
        if constexpr (possible) {
            check(input, border);
            bool const second_column = pattern_ == bayer_pattern::bggr || pattern_ == bayer_pattern::grbg;
            bool const second_row = pattern_ == bayer_pattern::bggr || pattern_ == bayer_pattern::gbrg;
            return compose(detail::bayer_candidates<P, Method>{},
                           detail::bayer_choice<P, Method>{second_column, second_row});
        } else {
            return compose(); // one error message is enough
        }
    }

private:
    static constexpr void check(extent input, detail::border_kind border) {
        using detail::border_kind;
        if (input.width < 2 || input.height < 2)
            detail::raise("quoin::bayer_to_rgb: the input has ", input.width, " x ", input.height,
                          " pixels, in which a color is missing; give a mosaic of at least 2 x 2");
        if (border == border_kind::reflect_101) return;
        if (border == border_kind::wrap) {
            if (input.width % 2 != 0 || input.height % 2 != 0)
                detail::raise("quoin::bayer_to_rgb: with the border wrap the pattern does not go on around ",
                              input.width, " x ", input.height, " pixels; use reflect_101, or crop to even sides");
            return;
        }
        detail::raise("quoin::bayer_to_rgb: the border of the last extend(), ",
                      border == border_kind::replicate  ? "replicate"
                      : border == border_kind::reflect  ? "reflect"
                      : border == border_kind::constant ? "a constant"
                                                        : "which is not one of quoin's",
                      ", does not continue the pattern; use reflect_101, or wrap around even sides");
    }

    bayer_pattern pattern_;
};

/// Local stage, 3 x 3, or 5 x 5 as bayer_to_rgb<bayer_method::malvar>(pattern). The input is gray, a mosaic of this
/// pattern with its first pixel at the top left; the result is rgb of the same channels: u8, u16 or float. The color
/// that the mosaic has at a pixel stays. With c for the pixel, h for the sum of the two pixels beside it, v for that of
/// the two above and below, d for that of its four corners, and hh and vv for the sums of the two pixels at a distance
/// of 2, the others are
///     bilinear: h / 2       malvar: (10 c + 8 h - 2 d - 2 hh + vv) / 16     of a green pixel, the color of its row
///               v / 2               (10 c + 8 v - 2 d - 2 vv + hh) / 16     of a green pixel, the color of its column
///               (h + v) / 4         (4 c + 2 (h + v) - hh - vv) / 8         green of a red or blue pixel
///               d / 4               (12 c + 4 d - 3 (hh + vv)) / 16         red of a blue pixel, and blue of a red one
/// Integers: the exact quotient, rounded half up once, and saturated. float: the sums as float, in which those of
/// malvar for green follow from the others; within 1e-5 of the largest value in reach, and not clamped. What is no
/// number or infinite reaches 1 or 2 pixels far.
///
/// Border: that of the last extend(), which must be reflect_101 or, if both sides are even, wrap, since others do not
/// continue the pattern; reflect_101 without one. Positions are those of the stage's input, so crop() by an odd number
/// changes the pattern. Cost: 9 or 13 reads a pixel, some 25 or 45 instructions for 32 bytes.
/// @throws invalid_argument when the pipeline is made, for another border or an input that is not at least 2 x 2.
/// Source: H. S. Malvar, L. He, R. Cutler, High-quality linear interpolation for demosaicing of Bayer-patterned color
/// images, ICASSP 2004.
template <bayer_method Method = bayer_method::bilinear>
constexpr bayer_to_rgb_fn<Method> bayer_to_rgb(bayer_pattern pattern) {
    return bayer_to_rgb_fn<Method>(pattern);
}

/// The catalogue's entry.
struct bayer_to_rgb_entry {
    using of_gray_alone = void;
    static constexpr operation about{
        .name = "bayer_to_rgb",
        .about = "the colors of a mosaic with one of red, green and blue at each pixel",
        .parameters = {{.name = "PATTERN",
                        .type = parameter_type::choice,
                        .choices = "rggb bggr grbg gbrg",
                        .about = "the colors of the first two pixels of the first two rows"},
                       {.name = "METHOD",
                        .type = parameter_type::choice,
                        .preset = "bilinear",
                        .choices = "bilinear malvar",
                        .about = "means of neighbors, or these corrected over 5 x 5 pixels"}},
        .rounding = "exact sums, half up once, saturated; u8 and u16 alone",
        .floating = "in float, not clamped",
        .opencv = "cv::cvtColor(src, dst, cv::COLOR_BayerRGGB2RGB), the same bytes but for the outermost pixels"};
    template <class T>
    static constexpr bool takes = detail::usual_channel<T>;
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        auto const pattern = static_cast<bayer_pattern>(detail::whole<int>(values[0]));
        if (values[1] == 0) return f(bayer_to_rgb(pattern));
        return f(bayer_to_rgb<bayer_method::malvar>(pattern));
    }
};

QUOIN_NAMESPACE_END

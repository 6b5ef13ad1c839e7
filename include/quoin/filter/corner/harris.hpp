// SPDX-License-Identifier: BSL-1.0
// harris, shi_tomasi: how much a square around a pixel is a corner, from the products of its Sobel derivatives.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/filter/detail/usual_channel.hpp>
#include <quoin/filter/edge/sobel.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The numbers of products of derivatives of channels T: exact for bytes, else float.
template <class T>
using gradient_product = std::conditional_t<sizeof(T) == 1, std::int32_t, float>;

/// The first stage: gx^2, gx gy and gy^2, of numbers N.
template <class T, class N = gradient_product<T>>
struct gradient_products {
    using vectorized = void;
    static constexpr quoin::footprint footprint{1, 1};

    template <class Window>
    requires std::same_as<typename Window::pixel_type, T> QUOIN_INLINE auto operator()(Window const& w) const {
        auto const x = convert<N>(weighted_sum<sobel_dx>(w)), y = convert<N>(weighted_sum<sobel_dy>(w));
        using V = std::remove_const_t<decltype(x)>;
        return rgb<V>{V(x * x), V(x * y), V(y * y)};
    }
};

/// Sums of `side` neighbors along an axis, of which one more lies before the pixel than behind it if the side is even.
template <class T, axis Along>
struct product_sums {
    using vectorized = void;
    using channelwise = void;
    int side;

    QUOIN_FN quoin::footprint footprint() const {
        int const before = side / 2, behind = side - 1 - before;
        return Along == axis::columns ? quoin::footprint{before, behind, 0, 0} : quoin::footprint{0, 0, before, behind};
    }
    using outside_of = T;
    QUOIN_FN gradient_product<T> outside(T) const { return 0; }

    template <class Window>
    requires std::same_as<typename Window::channel_type, gradient_product<T>> QUOIN_INLINE auto
    operator()(Window const& w) const {
        auto const at = [&](int i) QUOIN_LAMBDA_INLINE { return Along == axis::columns ? w(i, 0) : w(0, i); };
        int const first = -(side / 2);
        auto sum = at(first);
        for (int i = 1; i < side; ++i) sum = sum + at(first + i);
        return sum;
    }
};

/// The score of the sums [a b; b c], after they are scaled.
struct harris_measure {
    float k;
    template <class V>
    QUOIN_INLINE V operator()(V const& a, V const& b, V const& c) const {
        V const trace = a + c;
        return a * c - b * b - V(k) * (trace * trace);
    }
};
struct shi_tomasi_measure {
    template <class V>
    QUOIN_INLINE V operator()(V const& a, V const& b, V const& c) const {
        V const distance = a - c;
        return (a + c) * V(0.5f) - sqrt(distance * distance * V(0.25f) + b * b);
    }
};

/// The last stage.
template <class T, class Measure>
struct corner_measure {
    using vectorized = void;
    float scale;
    Measure measure;

    template <class V>
    requires std::same_as<scalar_t<V>, gradient_product<T>> QUOIN_INLINE auto operator()(rgb<V> const& sum) const {
        auto const scaled = [&](V const& v) QUOIN_LAMBDA_INLINE { return convert<float>(v) * scale; };
        return measure(scaled(sum.r), scaled(sum.g), scaled(sum.b));
    }
};

/// The stages of both.
template <class Measure>
class corner_fn {
public:
    using expands = void;

    constexpr corner_fn(char const* name, int side, Measure measure) : side_(side), measure_(measure) {
        if (side < 1 || side > 31) raise(name, ": a square of side ", side, "; give a side from 1 to 31 pixels");
    }

    template <class P>
    constexpr auto expand() const {
        constexpr bool possible = usual_channel<P>;
        static_assert(possible, "quoin::harris, quoin::shi_tomasi: pixels must be gray, unsigned integers of 8 or 16 "
                                "bits, or float; put gray or convert_to before it");
        if constexpr (!possible) {
            return compose(); // one error message is enough
        } else {
            double const unit = 1.0 / (4.0 * side_ * (std::integral<P> ? static_cast<double>(highest<P>) : 1.0));
            return compose(gradient_products<P>{}, product_sums<P, axis::rows>{side_},
                           product_sums<P, axis::columns>{side_},
                           corner_measure<P, Measure>{static_cast<float>(unit * unit), measure_});
        }
    }

private:
    int side_;
    Measure measure_;
};

} // namespace detail

/// The stage made by harris().
class harris_fn : public detail::corner_fn<detail::harris_measure> {
public:
    constexpr harris_fn(int side, double k) : corner_fn("quoin::harris", side, {static_cast<float>(k)}) {
        if (!(k >= 0 && k <= 1)) detail::raise("quoin::harris: k = ", k, " is not in [0, 1]; 0.04 to 0.06 are usual");
    }
};

/// Local stages. The result is f32: with [a b; b c] the sum over side x side pixels of [gx^2, gx gy; gx gy, gy^2],
///     a c - b^2 - k (a + c)^2
/// where gx and gy are the values of sobel_x and sobel_y divided by 4 side w. w is the largest value of integers, and 1
/// for float. Large at corners, negative on edges, near 0 where the image is flat. The square covers the side / 2
/// columns and rows before the pixel, as cv::cornerHarris's. Gray pixels, u8, u16 and f32. Border: that of the last
/// extend(), or reflect_101 without one, for the image and for the products; a constant one adds no products. u8: the
/// sums are exact, the rest is in float; u16 and f32: all in float, rows of products first down columns from the top,
/// then from the left. NaN and infinities: those of the arithmetic. Within 1e-5 of the largest value of
/// cv::cornerHarris(src, side, 3, k). Cost: 12 reads, three products and 6 side additions a pixel. Memory: 12 side
/// bytes a column and thread.
/// @throws invalid_argument unless 1 <= side <= 31 and 0 <= k <= 1.
/// Source: C. Harris, M. Stephens, A combined corner and edge detector, 1988.
constexpr harris_fn harris(int side = 3, double k = 0.04) {
    return harris_fn(side, k);
}

/// The stage made by shi_tomasi().
class shi_tomasi_fn : public detail::corner_fn<detail::shi_tomasi_measure> {
public:
    constexpr explicit shi_tomasi_fn(int side) : corner_fn("quoin::shi_tomasi", side, {}) {}
};

/// The same with another score: the smaller eigenvalue of [a b; b c],
///     (a + c) / 2 - sqrt((a - c)^2 / 4 + b^2)
/// From side 2 on within 1e-5 of the largest value of cv::cornerMinEigenVal(src, side, 3).
/// @throws invalid_argument unless 1 <= side <= 31.
/// Source: J. Shi, C. Tomasi, Good features to track, CVPR 1994.
constexpr shi_tomasi_fn shi_tomasi(int side = 3) {
    return shi_tomasi_fn(side);
}

namespace detail {
inline constexpr parameter corner_side{.name = "SIDE",
                                       .type = parameter_type::integer,
                                       .least = 1,
                                       .most = 31,
                                       .preset = "3",
                                       .about = "of the square whose derivatives are summed"};
}

/// The catalogue's entries.
struct harris_entry : entry_of<harris_entry> {
    using of_gray_alone = void;
    template <class T>
    static constexpr bool takes = detail::usual_channel<T>;
    static constexpr operation about{
        .name = "harris",
        .about = "the Harris score of corners, in f32",
        .parameters = {detail::corner_side,
                       {.name = "K", .least = 0, .most = 1, .preset = "0.04", .about = "how much edges count against"}},
        .rounding = "f32 of exact sums; 16 bits: in float",
        .floating = "in float",
        .opencv = "cv::cornerHarris(src, dst, SIDE, 3, K)"};
    static constexpr harris_fn stage(double const* values) { return harris(detail::whole<int>(values[0]), values[1]); }
};
struct shi_tomasi_entry : entry_of<shi_tomasi_entry> {
    using of_gray_alone = void;
    template <class T>
    static constexpr bool takes = detail::usual_channel<T>;
    static constexpr operation about{.name = "shi_tomasi",
                                     .about = "the smaller eigenvalue of the derivatives' products, in f32",
                                     .parameters = {detail::corner_side},
                                     .rounding = "f32 of exact sums; 16 bits: in float",
                                     .floating = "in float",
                                     .opencv = "cv::cornerMinEigenVal(src, dst, SIDE, 3)"};
    static constexpr shi_tomasi_fn stage(double const* values) { return shi_tomasi(detail::whole<int>(values[0])); }
};

QUOIN_NAMESPACE_END

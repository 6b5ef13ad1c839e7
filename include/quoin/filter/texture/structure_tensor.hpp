// SPDX-License-Identifier: BSL-1.0
// structure_tensor, coherence: in which direction an image changes around a pixel, and how much in that direction
// alone.
#pragma once

#include <quoin/filter/corner/harris.hpp>
#include <quoin/filter/detail/two_kernels.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The passes of the blur of products of derivatives of channels T. Outside of a constant border there are none.
template <class T>
struct product_columns : gaussian_columns<float> {
    using outside_of = T;
    QUOIN_FN float outside(T) const { return 0; }
};
template <class T>
struct product_rows : gaussian_rows<float> {
    using outside_of = T;
    QUOIN_FN float outside(T) const { return 0; }
};

/// The last stage of coherence().
struct coherence_measure {
    using vectorized = void;

    template <class V>
    requires std::same_as<scalar_t<V>, float> QUOIN_INLINE V operator()(rgb<V> const& tensor) const {
        V const none(0.0f), one(1.0f), trace = tensor.r + tensor.b, across = tensor.r - tensor.b,
                                       twice = tensor.g + tensor.g;
        V const length = sqrt(across * across + twice * twice);
        return select(trace > none, min(length / select(trace > none, trace, one), one), none);
    }
};

/// The stages of a structure tensor of pixels P, and more behind them.
template <class P, class... More>
constexpr auto structure_stages(double sigma, More const&... more) {
    constexpr bool possible = usual_channel<P>;
    static_assert(possible, "quoin::structure_tensor, quoin::coherence: pixels must be gray, unsigned integers of 8 or "
                            "16 bits, or float; put gray or convert_to before it");
    if constexpr (!possible) {
        return compose(); // one error message is enough
    } else {
        gaussian_weights const along = make_gaussian_weights(sigma, half_radius(sigma), 1);
        gaussian_weights down = along;
        double const white = std::integral<P> ? static_cast<double>(highest<P>) : 1.0;
        for (double& w : down.exact) w /= white * white;
        return compose(gradient_products<P, float>{}, product_columns<P>{{down}}, product_rows<P>{{along, down}},
                       more...);
    }
}

} // namespace detail

/// The stage made by structure_tensor().
class structure_tensor_fn {
public:
    using expands = void;

    constexpr explicit structure_tensor_fn(double sigma) : sigma_(sigma) {
        detail::check_sigma("quoin::structure_tensor", sigma);
    }
    template <class P>
    constexpr auto expand() const {
        return detail::structure_stages<P>(sigma_);
    }

private:
    double sigma_;
};

/// The stage made by coherence().
class coherence_fn {
public:
    using expands = void;

    constexpr explicit coherence_fn(double sigma) : sigma_(sigma) { detail::check_sigma("quoin::coherence", sigma); }
    template <class P>
    constexpr auto expand() const {
        return detail::structure_stages<P>(sigma_, detail::coherence_measure{});
    }

private:
    double sigma_;
};

/// Local stages. The result is an rgb<float> of a = blur(gx^2), b = blur(gx gy) and c = blur(gy^2), where gx and gy are
/// the values of sobel_x and sobel_y divided by w. w is the largest value of integers, and 1 for float. The blur has
/// the weights exp(-(i^2 + j^2) / (2 sigma^2)) over |i|, |j| <= floor(4 sigma + 1/2), which sum to 1. The image changes
/// most at the angle atan2(2 b, a - c) / 2, from the columns towards the rows. Gray pixels, u8, u16 and float. Border:
/// that of the last extend(), or reflect_101 without one, for the image and for the products; a constant one adds no
/// products. Arithmetic: products of exact derivatives in float, then columns and rows in float, from the middle
/// outwards. Behind extend(constant(0)) within 1e-6 of the largest value of skimage.feature.structure_tensor(image,
/// sigma), which has c, b, a. NaN and infinities: those of the arithmetic. Cost: 12 reads and 6 r + 6 products a pixel,
/// r = floor(4 sigma + 1/2). Memory: 24 r bytes a column and thread.
/// @throws invalid_argument unless 0.1 <= sigma <= 31.
/// Source: W. Foerstner, E. Guelch, A fast operator for detection and precise location of distinct points, 1987.
constexpr structure_tensor_fn structure_tensor(double sigma = 1) {
    return structure_tensor_fn(sigma);
}

/// Local stages. How much the image changes in one direction alone, from 0 to 1, in float: of the structure_tensor()
///     sqrt((a - c)^2 + 4 b^2) / (a + c), or 0 where a + c is not above 0
/// which is the difference of its eigenvalues by their sum. It is 1 along straight edges and stripes, and near 0 at
/// corners and where the image is flat or noise. Everything else is as for structure_tensor(). It does not depend on
/// the contrast. Cost: a root and a quotient more.
/// @throws invalid_argument unless 0.1 <= sigma <= 31.
constexpr coherence_fn coherence(double sigma = 1) {
    return coherence_fn(sigma);
}

namespace detail {
inline constexpr parameter structure_sigma{.name = "SIGMA",
                                           .least = 0.1,
                                           .most = 31,
                                           .preset = "1",
                                           .about = "of the blur of the derivatives' products, in pixels"};
}

/// The catalogue's entries.
struct structure_tensor_entry : entry_of<structure_tensor_entry> {
    using of_gray_alone = void;
    template <class T>
    static constexpr bool takes = detail::usual_channel<T>;
    static constexpr operation about{
        .name = "structure_tensor",
        .about = "blurred products of derivatives, gx gx, gx gy and gy gy, as three channels of f32",
        .parameters = {detail::structure_sigma},
        .rounding = "f32 of products of exact derivatives; other types: not possible",
        .floating = "in float",
        .scikit_image = "skimage.feature.structure_tensor(image, SIGMA, order='xy'), behind extend=constant:0"};
    static constexpr structure_tensor_fn stage(double const* values) { return structure_tensor(values[0]); }
};
struct coherence_entry : entry_of<coherence_entry> {
    using of_gray_alone = void;
    template <class T>
    static constexpr bool takes = detail::usual_channel<T>;
    static constexpr operation about{.name = "coherence",
                                     .about = "how much the image changes in one direction alone, from 0 to 1, in f32",
                                     .parameters = {detail::structure_sigma},
                                     .rounding = "as structure_tensor, then in float",
                                     .floating = "in float"};
    static constexpr coherence_fn stage(double const* values) { return coherence(values[0]); }
};

QUOIN_NAMESPACE_END

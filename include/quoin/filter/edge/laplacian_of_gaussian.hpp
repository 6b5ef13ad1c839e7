// SPDX-License-Identifier: BSL-1.0
// laplacian_of_gaussian: the sum of both second derivatives of a blurred image.
#pragma once

#include <quoin/filter/detail/two_kernels.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by laplacian_of_gaussian().
class laplacian_of_gaussian_fn {
public:
    using expands = void;

    constexpr explicit laplacian_of_gaussian_fn(double sigma) : sigma_(sigma) {
        detail::check_sigma("quoin::laplacian_of_gaussian", sigma);
    }

    template <class P>
    constexpr auto expand() const {
        constexpr bool possible = detail::has_two_kernels<P>;
        static_assert(possible, "quoin::laplacian_of_gaussian: pixels must be integers of 8 or 16 bits, or floating "
                                "point; put convert_to before it");
        if constexpr (!possible) return compose(); // one error message is enough
        else
            return compose(detail::two_kernels<channel_t<P>, true>(detail::gaussian_half(sigma_),
                                                                   detail::gaussian_second_half(sigma_)));
    }

private:
    double sigma_;
};

/// Local stage. Each channel is
///     sum over |i|, |j| <= r of (g''(i) g(j) + g(i) g''(j)) v(x + i, y + j),      r = floor(4 sigma + 1/2)
/// where g(i) is exp(-i^2 / (2 sigma^2)) divided by its sum over |i| <= r, and g''(i) = (i^2 / sigma^4 - 1 / sigma^2)
/// g(i). It is negative in bright spots whose radius is about sigma sqrt(2), positive around them, and crosses 0 at
/// edges. On a flat part it is up to 0.0022 / sigma^2 of the value from sigma 0.8 on, since the sums end at r, and more
/// below, where samples are too far apart. Channels of integers of 8 or 16 bits and of float become float, double stays
/// double. Border: that of the last extend(), or reflect_101 without one; SciPy's default is extend(reflect).
/// Arithmetic: in the result's type, columns and then rows, each from the middle outwards; within 1e-6 of the largest
/// value of scipy.ndimage.gaussian_laplace(image, sigma) in double. A NaN or an infinity reaches r far. Cost: 4 r + 4
/// products per pixel. Memory: two rows of the result for each thread; on a GPU, 2 r times the products.
/// @throws invalid_argument unless 0.1 <= sigma <= 31.
/// Source: D. Marr, E. Hildreth, Theory of edge detection, Proceedings of the Royal Society B 207, 1980.
constexpr laplacian_of_gaussian_fn laplacian_of_gaussian(double sigma) {
    return laplacian_of_gaussian_fn(sigma);
}

/// The catalogue's entry.
struct laplacian_of_gaussian_entry : entry_of<laplacian_of_gaussian_entry> {
    static constexpr operation about{
        .name = "laplacian_of_gaussian",
        .about = "the sum of both second derivatives of the Gaussian blur of SIGMA, signed, in f32",
        .parameters = {{.name = "SIGMA", .least = 0.1, .most = 31, .about = "standard deviation in pixels"}},
        .rounding = "none, the result is f32; 32 bits: not possible",
        .floating = "columns, then rows, from the middle outwards, in float",
        .scikit_image = "scipy.ndimage.gaussian_laplace(image, SIGMA), behind extend=reflect"};
    template <class T>
    static constexpr bool takes = detail::fits_float<T>;
    static constexpr laplacian_of_gaussian_fn stage(double const* values) { return laplacian_of_gaussian(values[0]); }
};

QUOIN_NAMESPACE_END

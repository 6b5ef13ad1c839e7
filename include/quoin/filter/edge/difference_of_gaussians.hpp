// SPDX-License-Identifier: BSL-1.0
// difference_of_gaussians: what one blur keeps and another one does not.
#pragma once

#include <quoin/filter/detail/two_kernels.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by difference_of_gaussians().
class difference_of_gaussians_fn {
public:
    using expands = void;

    constexpr difference_of_gaussians_fn(double sigma, double other_sigma) : sigma_(sigma), other_(other_sigma) {
        for (double const s : {sigma, other_sigma}) detail::check_sigma("quoin::difference_of_gaussians", s);
    }

    template <class P>
    constexpr auto expand() const {
        constexpr bool possible = detail::has_two_kernels<P>;
        static_assert(possible, "quoin::difference_of_gaussians: pixels must be integers of 8 or 16 bits, or floating "
                                "point; put convert_to before it");
        if constexpr (!possible) return compose(); // one error message is enough
        else
            return compose(
                detail::two_kernels<channel_t<P>, false>(detail::gaussian_half(sigma_), detail::gaussian_half(other_)));
    }

private:
    double sigma_, other_;
};

/// Local stage. Each channel is the Gaussian blur of `sigma` less that of `other_sigma`:
///     sum over i, j of (g(i) g(j) - h(i) h(j)) v(x + i, y + j)
/// where g(i) is exp(-i^2 / (2 sigma^2)) over |i| <= floor(4 sigma + 1/2), divided by its sum, and h the same of
/// other_sigma. With the smaller sigma first it is positive in bright spots between both sizes. Channels of integers of
/// 8 or 16 bits and of float become float, double stays double. Border: that of the last extend(), or reflect_101
/// without one; scikit-image's default is extend(replicate). Arithmetic: in the result's type, columns and then rows,
/// each from the middle outwards, then the difference; within 1e-6 of the largest value of
/// skimage.filters.difference_of_gaussians(image, sigma, other_sigma) in double. A NaN or an infinity reaches as far as
/// the wider sum. Cost: 2 products per pixel for each of both sums' inputs. Memory: two rows of the result for each
/// thread; on a GPU, the side of the wider sum times the products.
/// @throws invalid_argument unless both sigmas are in [0.1, 31].
constexpr difference_of_gaussians_fn difference_of_gaussians(double sigma, double other_sigma) {
    return difference_of_gaussians_fn(sigma, other_sigma);
}

/// The catalogue's entry.
struct difference_of_gaussians_entry : entry_of<difference_of_gaussians_entry> {
    static constexpr operation about{
        .name = "difference_of_gaussians",
        .about = "the Gaussian blur of SIGMA less that of OTHER, signed, in f32",
        .parameters = {{.name = "SIGMA", .least = 0.1, .most = 31, .about = "standard deviation in pixels"},
                       {.name = "OTHER", .least = 0.1, .most = 31, .about = "that of the blur that is subtracted"}},
        .rounding = "none, the result is f32; 32 bits: not possible",
        .floating = "columns, then rows, from the middle outwards, in float",
        .scikit_image = "skimage.filters.difference_of_gaussians(image, SIGMA, OTHER), behind extend=replicate; of "
                        "bytes, 255 times that"};
    template <class T>
    static constexpr bool takes = detail::fits_float<T>;
    static constexpr difference_of_gaussians_fn stage(double const* values) {
        return difference_of_gaussians(values[0], values[1]);
    }
};

QUOIN_NAMESPACE_END

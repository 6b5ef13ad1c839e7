// SPDX-License-Identifier: BSL-1.0
// bilateral_grid: an approximation of the bilateral filter for large sigmas.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/geometry.hpp>
#include <quoin/filter/detail/bilateral_cells.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by bilateral_grid().
class bilateral_grid_fn {
public:
    using computes_whole = void;
    template <class T>
        requires detail::fits_float<T>
    using result_channel = T;

    constexpr bilateral_grid_fn(double sigma_color, double sigma_space) : color_(sigma_color), space_(sigma_space) {
        if (!(sigma_color >= 1e-6 && sigma_color <= 1e6))
            detail::raise("quoin::bilateral_grid: the sigma ", sigma_color,
                          " of colors is not in 1e-6..1e6; give a distance between values");
        if (!(sigma_space >= 1 && sigma_space <= 1e4))
            detail::raise("quoin::bilateral_grid: the sigma ", sigma_space,
                          " of places is not in 1..10000; give one in pixels, and use bilateral for less");
    }

    template <class Policy, class T>
    void fill(Policy const& policy, image_view<T const> in, image_view<T> out) const {
        detail::bilateral_cells<T> cells(policy, in, color_, space_);
        cells.write(policy, in, out);
    }

private:
    double color_, space_;
};

/// A whole stage, each channel by itself: an approximation of the bilateral filter with the weights exp(-d^2 / (2
/// sigma_color^2) - (i^2 + j^2) / (2 sigma_space^2)) over all pixels, at a cost that does not grow with the sigmas.
/// Edges of more than about 3 sigma_color stay. The more exact filter, of small discs, is bilateral(). Colors: channels
/// do not look at each other, so edges of one channel alone get colored seams; convert to the lightness of rgb_to_lab,
/// or use bilateral().
///
/// The image is put into a grid with a cell each sigma_space columns and rows and each sigma_color of its values, from
/// the top left pixel and the least value on. Each pixel is added to the nearest cell, the sums and the numbers of
/// pixels are blurred along all three axes by (5, 28, 62, 28, 5) / 128, and each pixel is the quotient of both where it
/// lies between eight cells. With the rounding to cells and the interpolation the variance is that of the sigmas. On
/// photographs the mean distance from the exact filter is 0.3 (sigma_color 10) to 2 (80) of 255, and 99 % of the pixels
/// are within 2 to 10; docs/approximations.md has the numbers.
///
/// u8, u16, i16 and float; the pixel type does not change. Border: pixels outside do not count. Sums of a cell are in
/// double, all others in float; integers are rounded half up, once. The result is the same under every policy. float:
/// what is no number or infinite stays, and counts nowhere.
///
/// Cost: about 20 ns a pixel on one thread, 40 for cells of 4 x 4 pixels; rows of cells go to the threads of the
/// policy. Memory: an image of the input where it is no view, one of the result, and 8 bytes a cell, of which there are
/// (width / sigma_space + 2) (height / sigma_space + 2) (range / sigma_color + 2); for each thread as many of a few
/// rows of cells.
/// @throws invalid_argument unless sigma_color is in 1e-6..1e6 and sigma_space in 1..10000, and during the evaluation,
/// before anything is written, for more than 2^25 cells.
/// Source: J. Chen, S. Paris, F. Durand, Real-time edge-aware image processing with the bilateral grid, 2007.
constexpr bilateral_grid_fn bilateral_grid(double sigma_color, double sigma_space) {
    return {sigma_color, sigma_space};
}

/// The catalogue's entry.
struct bilateral_grid_entry : entry_of<bilateral_grid_entry> {
    static constexpr operation about{
        .name = "bilateral_grid",
        .about = "an approximation of the bilateral filter for large sigmas, each channel by itself",
        .parameters = {{.name = "SIGMA_COLOR",
                        .least = 1e-6,
                        .most = 1e6,
                        .about = "standard deviation of the distance of values"},
                       {.name = "SIGMA_SPACE", .least = 1, .most = 1e4, .about = "the same of places, in pixels"}},
        .rounding = "sums of cells in double, the rest in float, half up once; 32 bits: not possible",
        .floating = "the same, not rounded; what is no number or infinite stays"};
    template <class T>
    static constexpr bool takes = detail::fits_float<T>;
    static constexpr bilateral_grid_fn stage(double const* values) { return bilateral_grid(values[0], values[1]); }
};

QUOIN_NAMESPACE_END

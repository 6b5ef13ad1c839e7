// SPDX-License-Identifier: BSL-1.0
// phase_correlation: by how much an image is moved against another one, between pixels.
#pragma once

#include <quoin/exec/detail/pixels_of.hpp>
#include <quoin/feature/detail/fourier.hpp>

#include <algorithm>
#include <cmath>

QUOIN_NAMESPACE_BEGIN

/// How an image must be moved to lie on another one.
struct phase_shift {
    double x, y; ///< pixels to the right and down
    double peak; ///< the height of the peak of whole pixels: 1 for an image that is moved around its sides, else less
};

/// The options of phase_correlation().
struct phase_correlation_options {
    int parts = 1; ///< shifts are multiples of 1 / parts of a pixel, 1 to 1000
};

/// By how much `moved` must be moved to lie on `reference`, two gray images, views or pipelines of the same extent, of
/// any channels. With A and B their discrete Fourier transforms and P = A conj(B), each value of P is divided by its
/// absolute value, or by 2.2e-14 if that is more. The result is the place of the largest absolute value of the inverse
/// transform of P, the first in raster order; places in the second half of an axis are negative shifts. With parts > 1
/// that transform is then computed within 3/4 of a pixel around the place, at multiples of 1 / parts, and the largest
/// absolute value of these gives the shift. What moves out at one side comes in at the other one. So where opposite
/// sides differ much, both images are better multiplied by a window that falls to 0 there.
///
/// In double, and the same bits under every policy. The shift is that of
/// skimage.registration.phase_cross_correlation(reference, moved, upsample_factor=parts), with x before y, and the
/// negative one of cv::phaseCorrelate without its window. Cost: two transforms of width x height complex numbers, of
/// some 2 log2(width height) products a pixel where the sides have small factors; a prime factor p of a side costs p
/// products a pixel. With parts, 1.5 parts products a pixel. Memory: 16 bytes a pixel, with parts 32.
/// @throws invalid_argument for images of different extents or without pixels, sides of more than 2^20, and parts
/// outside of 1..1000.
/// Source: C. D. Kuglin, D. C. Hines, The phase correlation image alignment method, 1975; M. Guizar-Sicairos et al.,
/// Efficient subpixel image registration algorithms, Optics Letters 33, 2008.
template <concepts::policy Policy, class Reference, class Moved>
phase_shift phase_correlation(Policy const& policy, Reference const& reference, Moved const& moved,
                              phase_correlation_options const& options = {});

namespace detail {

/// Replaces the transform Z of a + i b by P, conjugated: A = (Z(k) + conj Z(-k)) / 2 and B = (Z(k) - conj Z(-k)) / 2i.
/// P(-k) = conj P(k), so half of the places give all.
inline void make_phases(policy_ref const& policy, complex_image const& z) {
    double *const all_re = z.re.data(), *const all_im = z.im.data();
    for_each_chunk(policy, {z.size.height / 2 + 1, 16}, [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y) {
            index_t const mirrored = y == 0 ? 0 : z.size.height - y;
            index_t const last = mirrored == y ? z.size.width / 2 : z.size.width - 1;
            for (index_t x = 0; x <= last; ++x) {
                index_t const at = z.at(x, y), other = z.at(x == 0 ? 0 : z.size.width - x, mirrored);
                double const a_re = all_re[at] + all_re[other], a_im = all_im[at] - all_im[other],
                             b_re = all_im[at] + all_im[other], b_im = all_re[other] - all_re[at];
                double const re = a_re * b_re + a_im * b_im, im = a_im * b_re - a_re * b_im;
                double const factor = 1 / std::max(std::sqrt(re * re + im * im), 4 * 2.220446049250313e-14);
                all_re[at] = all_re[other] = re * factor;
                all_im[other] = im * factor;
                all_im[at] = -im * factor; // last, for a place that is its own mirror image
            }
        }
    });
}

/// The first place of the largest square of an absolute value, in raster order.
struct largest_square {
    index_t x = 0, y = 0;
    double square = -1;
};
inline largest_square largest_of(complex_image const& image) {
    largest_square most;
    for (index_t y = 0; y < image.size.height; ++y)
        for (index_t x = 0; x < image.size.width; ++x) {
            index_t const n = image.at(x, y);
            double const square = image.re.data()[n] * image.re.data()[n] + image.im.data()[n] * image.im.data()[n];
            if (square > most.square) most = {x, y, square};
        }
    return most;
}

/// exp(-2 pi i f (first + r) / parts) of the frequencies f of n values, for r < count: n rows of them.
inline complex_image partial_roots(index_t n, double first, index_t count, int parts) {
    complex_image roots({count, n});
    for (index_t k = 0; k < n; ++k) {
        double const frequency = static_cast<double>(k < (n + 1) / 2 ? k : k - n) / static_cast<double>(n);
        for (index_t r = 0; r < count; ++r) {
            double const turns = frequency * (first + static_cast<double>(r)) / parts,
                         quarters = 4 * (turns - floor(turns)), whole = floor(quarters);
            direction const d = turned(static_cast<index_t>(whole), quarters - whole);
            index_t const at = roots.at(r, k);
            roots.re.data()[at] = d.x;
            roots.im.data()[at] = -d.y;
        }
    }
    return roots;
}

/// The transform of `from` at count x count places from (x, y) on, in steps of 1 / parts.
inline complex_image partial_transform(policy_ref const& policy, complex_image const& from, double x, double y,
                                       index_t count, int parts) {
    index_t const width = from.size.width, height = from.size.height;
    complex_image const along = partial_roots(width, x, count, parts), down = partial_roots(height, y, count, parts);
    complex_image rows({count, height}), result({count, count});
    auto const add = [count](double re, double im, complex_image const& roots, index_t row, complex_image& to,
                             index_t at) {
        double const *const w_re = roots.re.data() + roots.at(0, row), *const w_im = roots.im.data() + roots.at(0, row);
        double *const to_re = to.re.data() + to.at(0, at), *const to_im = to.im.data() + to.at(0, at);
        for (index_t r = 0; r < count; ++r) {
            to_re[r] += re * w_re[r] - im * w_im[r];
            to_im[r] += re * w_im[r] + im * w_re[r];
        }
    };
    for_each_chunk(policy, {height, 16}, [&](index_t begin, index_t end) {
        for (index_t j = begin; j < end; ++j)
            for (index_t i = 0; i < width; ++i) {
                index_t const at = from.at(i, j);
                add(from.re.data()[at], from.im.data()[at], along, i, rows, j);
            }
    });
    for (index_t j = 0; j < height; ++j)
        for (index_t q = 0; q < count; ++q) {
            index_t const w = down.at(q, j);
            add(down.re.data()[w], down.im.data()[w], rows, j, result, q);
        }
    return result;
}

/// The shift of two images that stand in z as real and imaginary parts.
inline phase_shift shift_of(policy_ref const& policy, complex_image z, int parts) {
    auto const [width, height] = z.size;
    transform(policy, z);
    make_phases(policy, z);
    complex_image const p(parts > 1 ? z : complex_image({}));
    transform(policy, z);
    largest_square const most = largest_of(z);
    if (most.square == 0) return {0, 0, 0}; // images of one value
    auto const signed_place = [](index_t at, index_t n) { return static_cast<double>(at > n / 2 ? at - n : at); };
    phase_shift shift{signed_place(most.x, width), signed_place(most.y, height),
                      std::sqrt(most.square) / static_cast<double>(width * height)};
    if (parts == 1) return shift;
    auto const count = static_cast<index_t>(std::ceil(1.5 * parts)), half = count / 2;
    complex_image const near = partial_transform(policy, p, shift.x * parts - static_cast<double>(half),
                                                 shift.y * parts - static_cast<double>(half), count, parts);
    largest_square const nearest = largest_of(near);
    // Along a side of one pixel all shifts are the same.
    if (width > 1) shift.x += static_cast<double>(nearest.x - half) / parts;
    if (height > 1) shift.y += static_cast<double>(nearest.y - half) / parts;
    return shift;
}

} // namespace detail

template <concepts::policy Policy, class Reference, class Moved>
phase_shift phase_correlation(Policy const& policy, Reference const& reference, Moved const& moved,
                              phase_correlation_options const& options) {
    auto const a = detail::pipeline_of<typename Policy::lanes>(reference);
    auto const b = detail::pipeline_of<typename Policy::lanes>(moved);
    using P = typename std::remove_const_t<decltype(a)>::pixel_type;
    using Q = typename std::remove_const_t<decltype(b)>::pixel_type;
    constexpr bool possible = channels_v<P> == 1 && channels_v<Q> == 1;
    static_assert(possible, "quoin::phase_correlation: pixels must be gray; put gray before it");
    if (a.size() != b.size() || a.size().empty())
        detail::raise("quoin::phase_correlation: images of ", a.size().width, " x ", a.size().height, " and ",
                      b.size().width, " x ", b.size().height, " pixels; give two of the same extent, with pixels");
    if (a.size().width > 1 << 20 || a.size().height > 1 << 20)
        detail::raise("quoin::phase_correlation: images of ", a.size().width, " x ", a.size().height,
                      " pixels; give sides of at most 1048576");
    if (options.parts < 1 || options.parts > 1000)
        detail::raise("quoin::phase_correlation: ", options.parts, " parts of a pixel; give 1 to 1000");
    if constexpr (possible) {
        detail::pixels_of const first(policy, a), second(policy, b);
        detail::complex_image z(a.size());
        auto const ref = detail::policy_ref::to(policy);
        for_each_chunk(ref, {z.size.height, 16}, [&](index_t begin, index_t end) {
            for (index_t y = begin; y < end; ++y)
                for (index_t x = 0; x < z.size.width; ++x) {
                    index_t const at = z.at(x, y);
                    z.re.data()[at] = static_cast<double>(first.view()(x, y));
                    z.im.data()[at] = static_cast<double>(second.view()(x, y));
                }
        });
        return detail::shift_of(ref, std::move(z), options.parts);
    } else {
        return {};
    }
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// ms_ssim: the structural similarity of two images at five scales.
#pragma once

#include <quoin/image/image.hpp>
#include <quoin/measure/detail/ssim_windows.hpp>

#include <cmath>

QUOIN_NAMESPACE_BEGIN

struct ms_ssim_options {
    double range = 0; ///< the largest possible value less the smallest; 0: that of the integer type
};

namespace detail {

inline constexpr int ms_ssim_scales = 5;
inline constexpr double ms_ssim_weights[ms_ssim_scales] = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
inline constexpr index_t ms_ssim_least_side = 10 * 16 + 1; ///< half of it is taken four times, and 11 pixels remain

/// The type of the pixels of smaller scales: the mean of 4^4 values of 8 or 16 bits is exact in float.
template <class T>
using scaled_channel = std::conditional_t<std::same_as<T, double>, double, float>;

/// Two images of half the extent.
template <class F>
struct half_pair {
    extent size;
    std::vector<F> pixels[2];

    channel_pair<F> view() const { return {{pixels[0].data(), pixels[1].data()}, {size.width, size.width}, 1, size}; }
};

/// The means of 2 x 2 pixels. The last row and the last column of an odd side stand for those behind them.
template <class Policy, class T>
half_pair<scaled_channel<T>> halved(Policy const& policy, channel_pair<T> const& pair) {
    using F = scaled_channel<T>;
    half_pair<F> half{{(pair.size.width + 1) / 2, (pair.size.height + 1) / 2}, {}};
    for (auto& each : half.pixels) each.resize(static_cast<std::size_t>(half.size.width * half.size.height));
    for_each_chunk(policy, {half.size.height, 64}, [&](index_t begin, index_t end) {
        std::vector<T> lines[2];
        for (auto& each : lines) each.resize(static_cast<std::size_t>(pair.size.width));
        for (index_t y = begin; y < end; ++y)
            for (int i = 0; i < 2; ++i) {
                T const* const top = pair.row(i, 2 * y, lines[0].data());
                T const* const below = pair.row(i, min(2 * y + 1, pair.size.height - 1), lines[1].data());
                F* const to = half.pixels[i].data() + y * half.size.width;
                auto const mean = [=](index_t left, index_t right) {
                    return ((static_cast<F>(top[left]) + static_cast<F>(top[right])) +
                            (static_cast<F>(below[left]) + static_cast<F>(below[right]))) *
                           F(0.25);
                };
                for (index_t x = 0; x < pair.size.width / 2; ++x) to[x] = mean(2 * x, 2 * x + 1);
                if (pair.size.width % 2 == 1) to[half.size.width - 1] = mean(pair.size.width - 1, pair.size.width - 1);
            }
    });
    return half;
}

/// The product over this scale and the smaller ones.
template <class Lanes, class Policy, class T>
double product_of_scales(Policy const& policy, channel_pair<T> const& pair, double range, int scale) {
    auto const weighted = [scale](double mean) { return std::pow(mean < 0 ? 0 : mean, ms_ssim_weights[scale]); };
    if (scale == ms_ssim_scales - 1)
        return weighted(mean_similarity<gaussian_ssim<Lanes, T, true>>(policy, pair, range));
    double const here = weighted(mean_similarity<gaussian_ssim<Lanes, T, false>>(policy, pair, range));
    auto const half = halved(policy, pair);
    return here * product_of_scales<Lanes>(policy, half.view(), range, scale + 1);
}

} // namespace detail

/// The product of five means, each to the power of its weight:
///
///     c1^0.0448  c2^0.2856  c3^0.3001  c4^0.2363  s5^0.1333
///
/// c1 is the mean of (2 vxy + c2) / (vx + vy + c2) over all windows of ssim(..., {.window = ssim_window::gaussian}) of
/// both images, c2 to c4 the same of images of half the sides each, and s5 the ssim of those of a sixteenth. A mean
/// below 0 counts as 0. Each half is the mean of 2 x 2 pixels, not rounded; of an odd side the last pixel is taken
/// twice. This is Wang's, and that of tf.image.ssim_multiscale; pytorch-msssim is the same for sides that are multiples
/// of 16. 1 for equal images. Of several channels: the mean of the channels.
///
/// Unsigned integers of 8 or 16 bits, or floating point. Means of integers are exact; those of floating point are
/// computed in its type, rows first added from left to right. All else is in double, with an order that depends on the
/// extent alone, so every policy gives the same bits. NaN, infinities and overflow: as ssim. Cost: 4/3 of ssim with
/// Gaussian windows. Memory: for each pixel of one channel 2.5 bytes, of doubles 5, and what ssim takes.
/// @throws invalid_argument if the extents differ, if a side is shorter than 161 pixels, or without a range for
/// floating point.
///
/// Source: Z. Wang, E. Simoncelli, A. Bovik, "Multiscale structural similarity for image quality assessment", 2003.
template <concepts::policy Policy, class P, class Q>
    requires std::same_as<std::remove_const_t<P>, std::remove_const_t<Q>>
double ms_ssim(Policy const& policy, image_view<P> a, image_view<Q> b, ms_ssim_options const& options = {}) {
    using T = channel_t<P>;
    static_assert(std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t> || std::floating_point<T>,
                  "quoin::ms_ssim: pixels must be unsigned integers of 8 or 16 bits, or of floating point; write them "
                  "to an image by to_image(policy, view | convert_to<float>)");
    if constexpr (concepts::hosted_policy<Policy>) {
        return ms_ssim(policy.host(), a, b, options);
    } else {
        double const range = detail::range_of_pair<T>("quoin::ms_ssim", a.size(), b.size(), options.range);
        if (min(a.width(), a.height()) < detail::ms_ssim_least_side)
            detail::raise("quoin::ms_ssim: an image of ", a.width(), " x ", a.height(),
                          " has no window of 11 x 11 at a sixteenth of its sides; give one of ",
                          detail::ms_ssim_least_side, " x ", detail::ms_ssim_least_side, " or more, or use ssim");
        return detail::mean_of_channels(a, b, [&](detail::channel_pair<T> const& pair) {
            return detail::product_of_scales<typename Policy::lanes>(policy, pair, range, 0);
        });
    }
}

/// The same for images that own their pixels.
template <concepts::policy Policy, class P>
double ms_ssim(Policy const& policy, image<P> const& a, image<P> const& b, ms_ssim_options const& options = {}) {
    return ms_ssim(policy, a.view(), b.view(), options);
}

QUOIN_NAMESPACE_END

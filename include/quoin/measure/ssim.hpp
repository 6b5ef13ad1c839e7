// SPDX-License-Identifier: BSL-1.0
// ssim: the structural similarity of two images.
#pragma once

#include <quoin/image/image.hpp>
#include <quoin/measure/detail/ssim_windows.hpp>

QUOIN_NAMESPACE_BEGIN

/// The windows of ssim. `uniform`: squares of 7 x 7 pixels with equal weights and the covariance of a sample, divided
/// by n
/// - 1; scikit-image's default. `gaussian`: 11 x 11 pixels with the weights of sigma 1.5, and the covariance divided by
/// n; that of Wang and others.
enum class ssim_window { uniform, gaussian };

struct ssim_options {
    ssim_window window = ssim_window::uniform;
    double range = 0; ///< the largest possible value less the smallest; 0: that of the integer type
};

/// The mean over all windows that lie inside the image of
///
///     (2 ux uy + c1) (2 vxy + c2) / ((ux^2 + uy^2 + c1) (vx + vy + c2))
///
/// with the means u, the variances v and the covariance vxy of the values x of a and y of b in a window, c1 = (0.01
/// range)^2 and c2 = (0.03 range)^2. 1 for equal images. Of several channels: the mean of the channels. Unsigned
/// integers of 8 or 16 bits, or floating point. The sums of uniform windows of integers are exact; all else is in
/// double, with an order that depends on the extent alone, so every policy gives the same bits. A NaN, an infinity, or
/// floating-point values so large that their squares overflow make the result NaN. scikit-image:
/// structural_similarity(a, b), and with gaussian_weights=True, sigma=1.5, use_sample_covariance=False; four
/// photographs differ by at most 2e-14. Cost: for uniform windows about 40 additions, 20 multiplications and a division
/// per pixel and channel; gaussian: about 5 times as much. Memory: for each thread 40 bytes a column, gaussian 130.
/// @throws invalid_argument if the extents differ, if a side is shorter than a window, or without a range for floating
/// point.
///
/// Source: Z. Wang, A. Bovik, H. Sheikh, E. Simoncelli, "Image quality assessment: from error visibility to structural
/// similarity", 2004.
template <concepts::policy Policy, class P, class Q>
    requires std::same_as<std::remove_const_t<P>, std::remove_const_t<Q>>
double ssim(Policy const& policy, image_view<P> a, image_view<Q> b, ssim_options const& options = {}) {
    using T = channel_t<P>;
    static_assert(std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t> || std::floating_point<T>,
                  "quoin::ssim: pixels must be unsigned integers of 8 or 16 bits, or of floating point; write them to "
                  "an image by to_image(policy, view | convert_to<float>)");
    if constexpr (concepts::hosted_policy<Policy>) {
        return ssim(policy.host(), a, b, options);
    } else {
        using lanes = typename Policy::lanes;
        double const range = detail::range_of_pair<T>("quoin::ssim", a.size(), b.size(), options.range);
        bool const uniform = options.window == ssim_window::uniform;
        index_t const side = uniform ? 7 : 11;
        if (a.width() < side || a.height() < side)
            detail::raise("quoin::ssim: no window of ", side, " x ", side, " lies inside an image of ", a.width(),
                          " x ", a.height(), "; give larger images");
        return detail::mean_of_channels(a, b, [&](detail::channel_pair<T> const& pair) {
            return uniform ? detail::mean_similarity<detail::uniform_ssim<lanes, T>>(policy, pair, range)
                           : detail::mean_similarity<detail::gaussian_ssim<lanes, T>>(policy, pair, range);
        });
    }
}

/// The same for images that own their pixels.
template <concepts::policy Policy, class P>
double ssim(Policy const& policy, image<P> const& a, image<P> const& b, ssim_options const& options = {}) {
    return ssim(policy, a.view(), b.view(), options);
}

QUOIN_NAMESPACE_END

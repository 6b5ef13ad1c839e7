// SPDX-License-Identifier: BSL-1.0
// mse, psnr: how far two images are apart.
#pragma once

#include <quoin/measure/detail/second_order.hpp>
#include <quoin/pipe/zip.hpp>

#include <cmath>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// |a - b| of unsigned integers, which is exact, or a - b in double.
struct distance_of_channels {
    using vectorized = void;
    using channelwise = void;
    template <concepts::channel_value V>
    QUOIN_INLINE auto operator()(V const& a, V const& b) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) return convert<double>(a) - convert<double>(b);
        else return convert<T>(max(a, b) - min(a, b));
    }
};

/// The mean of the squares of all channels. In double it is the variance and the square of the mean, which have one
/// sign.
struct mean_square_fn : statistic<mean_square_fn> {
    template <class P>
    using state = second_order_state<P, false>;
    template <class P>
    double result(state<P> const& s, statistics_of const& of) const {
        check_any("quoin::mse", of);
        if constexpr (state<P>::ordered) {
            double total = 0;
            for (int c = 0; c < channels_v<P>; ++c)
                total += s.covariance(c, c, of.pixels) + s.mean(c, of.pixels) * s.mean(c, of.pixels);
            return total / channels_v<P>;
        } else {
            i128 total = 0;
            for (int c = 0; c < channels_v<P>; ++c) total += s.products[c][c];
            return rounded_ratio(total, static_cast<u128>(of.pixels) * channels_v<P>);
        }
    }
};

template <class A, class B>
void check_pair(char const* what, A const& a, B const& b) {
    if (a.width() != b.width() || a.height() != b.height())
        raise(what, ": an image of ", a.width(), " x ", a.height(), " and one of ", b.width(), " x ", b.height(),
              " cannot be compared; give two of the same extent");
}

} // namespace detail

/// The mean squared error of two images, views or pipelines of the same pixels: the mean of (a - b)^2 over all pixels
/// and channels. Unsigned integers: the exact value, correctly rounded. Floating point: in double, in the order of
/// mean_std. NaN and infinities: those of the operations. Both are read once. scikit-image: mean_squared_error.
/// @throws invalid_argument if the extents differ, or if there is no pixel.
template <concepts::policy Policy, class A, class B>
double mse(Policy const& policy, A const& a, B const& b) {
    auto const first = detail::computed_pipeline_of<typename Policy::lanes>(a);
    auto const second = detail::computed_pipeline_of<typename Policy::lanes>(b);
    using P = typename std::remove_const_t<decltype(first)>::pixel_type;
    using Q = typename std::remove_const_t<decltype(second)>::pixel_type;
    static_assert(std::same_as<P, Q>, "quoin::mse: the two images have different pixels; put convert_to before one");
    static_assert(std::floating_point<channel_t<P>> || std::is_unsigned_v<channel_t<P>>,
                  "quoin::mse: the pixels must be unsigned or of floating point; put convert_to before them");
    detail::check_pair("quoin::mse", first, second);
    return detail::mean_square_fn{}(policy, zip(first, second) | detail::distance_of_channels{});
}

/// The peak signal-to-noise ratio in decibels: 10 log10(range^2 / mse(policy, a, b)). `range` is the distance of the
/// largest and the smallest possible value; without it, that of the integer type, 255 or 65,535. Equal images:
/// infinity, where OpenCV gives 361.2. scikit-image: peak_signal_noise_ratio with data_range=range.
/// @throws invalid_argument for a range that is not above 0, and what mse throws.
template <concepts::policy Policy, class A, class B>
double psnr(Policy const& policy, A const& a, B const& b, double range) {
    if (!(range > 0)) detail::raise("quoin::psnr: the range is ", range, "; give the largest value less the smallest");
    return 10 * std::log10(range * range / mse(policy, a, b));
}
template <concepts::policy Policy, class A, class B>
double psnr(Policy const& policy, A const& a, B const& b) {
    using T = channel_t<typename decltype(detail::pipeline_of<typename Policy::lanes>(a))::pixel_type>;
    static_assert(std::integral<T>,
                  "quoin::psnr: pixels of floating point have no largest value; give the range, as in "
                  "psnr(policy, a, b, 1.0)");
    return psnr(policy, a, b, static_cast<double>(highest<T>));
}

/// The error messages for a policy that is not the first argument.
template <concepts::readable What, class... More>
double mse(What const& what, More const&...) {
    return mse(detail::missing_policy<What>(), what, what);
}
template <concepts::readable What, class... More>
double psnr(What const& what, More const&...) {
    return psnr(detail::missing_policy<What>(), what, what, 1);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// wide_gaussian: the Gaussian blur of any sigma, at a cost that does not grow with it.
#pragma once

#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/pipe/detail/resampling.hpp>
#include <quoin/pipe/operation.hpp>

#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The weights exp(-x^2 / (2 sigma^2)) at x = first, first + 1, ..., that sum to 1.
inline std::vector<double> gaussian_samples(double sigma, double first, int count) {
    std::vector<double> w;
    double sum = 0;
    for (int i = 0; i < count; ++i) {
        double const x = (first + i) / sigma;
        w.push_back(exp_negative(-x * x / 2));
        sum += w.back();
    }
    for (double& v : w) v /= sum;
    return w;
}

/// The weights of one of three passes along an axis: result i is a sum over inputs from begin(i) on. Weights that lie
/// outside are those of the input that the border gives, if there is one.
class gaussian_pass {
public:
    index_t input, size;

    /// Result i is the sum of the samples times the inputs around i * step - before.
    gaussian_pass(index_t inputs, index_t results, index_t step, index_t before, std::vector<double> samples,
                  border_kind border)
        : input(inputs), size(results), step_(step), before_(before), phases_{std::move(samples)}, border_(border) {
        // Of mirrored inputs the places do not rise with those of the results, which those of a table must. So inputs
        // of weight 0 are added.
        reach_.resize(static_cast<std::size_t>(size));
        for (index_t i = 0; i < size; ++i) reach_[static_cast<std::size_t>(i)] = reach_of(i);
        for (std::size_t i = 1; i < reach_.size(); ++i) reach_[i].end = max(reach_[i].end, reach_[i - 1].end);
        for (std::size_t i = reach_.size() - 1; i > 0; --i)
            reach_[i - 1].begin = min(reach_[i - 1].begin, reach_[i].begin);
    }
    /// Result i lies at (i + before * factor) / factor of the input. Nothing lies outside.
    gaussian_pass(index_t inputs, index_t results, index_t factor, index_t before, double sigma, double reach)
        : input(inputs), size(results), step_(factor), before_(before), border_(border_kind::other) {
        for (index_t phase = 0; phase < factor; ++phase) {
            double const t = static_cast<double>(phase) / static_cast<double>(factor);
            auto const first = static_cast<index_t>(-floor(reach - t)), last = static_cast<index_t>(floor(reach + t));
            firsts_.push_back(first);
            phases_.push_back(
                gaussian_samples(sigma, static_cast<double>(first) - t, static_cast<int>(last - first + 1)));
        }
    }

    index_t operator()(index_t i, std::vector<double>& weights) const {
        if (border_ == border_kind::other) {
            auto const phase = static_cast<std::size_t>(i % step_);
            weights = phases_[phase];
            return i / step_ + before_ + firsts_[phase];
        }
        interval const reach = reach_[static_cast<std::size_t>(i)];
        weights.resize(static_cast<std::size_t>(reach.end - reach.begin));
        index_t at = first_of(i);
        for (double const w : phases_[0]) weights[static_cast<std::size_t>(inside_of(at++) - reach.begin)] += w;
        return reach.begin;
    }

private:
    index_t first_of(index_t i) const { return i * step_ - before_ - static_cast<index_t>(phases_[0].size() / 2); }
    index_t inside_of(index_t at) const {
        if (at >= 0 && at < input) return at;
        switch (border_) {
        case border_kind::replicate:
            return replicate(at, input);
        case border_kind::reflect:
            return reflect(at, input);
        default:
            return reflect_101(at, input);
        }
    }
    interval reach_of(index_t i) const {
        index_t const first = first_of(i), last = first + static_cast<index_t>(phases_[0].size()) - 1;
        if (first >= 0 && last < input) return {first, last + 1};
        interval reach{input, 0};
        for (index_t at = first; at <= last; ++at) {
            index_t const in = inside_of(at);
            reach = {min(reach.begin, in), max(reach.end, in + 1)};
        }
        return reach;
    }

    index_t step_, before_;
    std::vector<std::vector<double>> phases_;
    std::vector<index_t> firsts_;
    border_kind border_;
    std::vector<interval> reach_;
};

/// The three passes along an axis of n pixels: fewer pixels, the rest of the blur, and as many pixels as before. With
/// a sigma up to 6 the first one is the blur, and the others change nothing.
struct gaussian_axis {
    static constexpr double widest = 6, part = 0.8, cut = 4.25;
    index_t n, factor = 1;
    index_t outside = 0, beyond = 0; // pixels of the reduced axis at each end: of the second pass, of the first more
    index_t reduced = 0;             // pixels of the reduced axis, without these
    double sigma, sigma_between = 0, sigma_rest = 0;
    border_kind border;

    gaussian_axis(index_t pixels, double s, border_kind b) : n(pixels), reduced(pixels), sigma(s), border(b) {
        if (sigma <= widest) return;
        factor = static_cast<index_t>(sigma / 2.5);
        auto const d = static_cast<double>(factor);
        sigma_between = part * d;
        sigma_rest = sqrt(sigma * sigma - 2 * sigma_between * sigma_between) / d;
        outside = static_cast<index_t>(cut * part);
        beyond = static_cast<index_t>(cut * sigma_rest);
        reduced = (n - 1 + factor - 1) / factor + 1;
    }
    gaussian_pass reduce() const {
        if (factor == 1) {
            int const r = static_cast<int>(cut * sigma);
            return {n, n, 1, 0, gaussian_samples(sigma, -r, 2 * r + 1), border};
        }
        auto const r = static_cast<int>(cut * sigma_between);
        index_t const more = outside + beyond;
        return {n, reduced + 2 * more, factor, more * factor, gaussian_samples(sigma_between, -r, 2 * r + 1), border};
    }
    gaussian_pass rest() const {
        index_t const size = reduced + 2 * outside;
        return {size + 2 * beyond,
                size,
                1,
                factor == 1 ? 0 : beyond,
                factor == 1 ? 1.0 : sigma_rest,
                factor == 1 ? 0.0 : static_cast<double>(beyond)};
    }
    gaussian_weights rest_weights() const {
        return make_gaussian_weights(factor == 1 ? 1.0 : sigma_rest, static_cast<int>(beyond), 1);
    }
    /// Behind the rest, which leaves the pixels that are beyond, or not.
    gaussian_pass enlarge(bool leaves) const {
        index_t const around = outside + (leaves ? beyond : 0);
        return {reduced + 2 * around, n, factor, around, factor == 1 ? 1.0 : part, factor == 1 ? 0.0 : cut * part};
    }
};

/// The rest of the blur along rows, over pixels that have enough others to both sides: nobody reads what it makes of
/// the rest, so its border does not matter.
template <class U>
struct gaussian_rest {
    using vectorized = void;
    using channelwise = void;
    gaussian_weights weights;
    QUOIN_FN quoin::footprint footprint() const { return {weights.radius, 0}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        if constexpr (std::integral<U>) {
            int const r = weights.radius;
            auto sum = dot_empty(w(0, 0));
            for (int i = -r; i <= r; i += 2) sum.add_pair(w(i, 0), w(i < r ? i + 1 : r, 0), weights.high()[i + 1]);
            return sum.template scaled<14>();
        } else {
            return exact_sum<U>(weights, w(0, 0), [&](int i) QUOIN_LAMBDA_INLINE { return w(-i, 0) + w(i, 0); });
        }
    }
};

/// Weights of as many bits, up to `most`, as 16 bits hold, whose sum is exactly 1; and the stage.
template <axis Along, class From, class To>
auto gaussian_bytes(gaussian_pass const& of, int most, int fraction_from, int fraction_to) {
    int const bits = min(most_weight_bits(of.size, of), most);
    return resample<Along, From>(taps_of_unit_sum(of.size, of.input, of, bits),
                                 shifted_sum<To>{bits + fraction_from - fraction_to});
}

/// The channels between the passes, which for T other than bytes are the numbers that are summed.
template <class T>
using gaussian_between =
    std::conditional_t<std::same_as<T, std::uint8_t>, std::int16_t, std::conditional_t<fits_float<T>, float, double>>;

/// One of the passes, from channels From to channels To. Bytes become i16 with 7 fractional bits.
template <axis Along, class T, class From, class To>
auto gaussian_along(gaussian_pass const& of) {
    if constexpr (std::same_as<T, std::uint8_t>) {
        constexpr int before = std::same_as<From, T> ? 0 : 7, behind = std::same_as<To, T> ? 0 : 7;
        return gaussian_bytes<Along, From, To>(of, before == 0 ? 20 : 15, before, behind);
    } else {
        return resample<Along, From>(taps_of_numbers<gaussian_between<T>>(of.size, of.input, of), rounded_sum<To>{});
    }
}

} // namespace detail

/// The stage made by wide_gaussian().
class wide_gaussian_fn {
public:
    using expands = void;

    constexpr wide_gaussian_fn(double sigma_x, double sigma_y) : x_(sigma_x), y_(sigma_y) {
        for (double const sigma : {sigma_x, sigma_y})
            if (!(sigma > 0 && sigma <= 10000))
                detail::raise("quoin::wide_gaussian: sigma ", sigma, " is not in (0, 10000]; give one in pixels");
    }

    template <class P>
    auto expand(extent input, detail::border_kind border) const {
        using detail::gaussian_along;
        if (input.empty())
            detail::raise("quoin::wide_gaussian: the input has ", input.width, " x ", input.height,
                          " pixels; give an image that is not empty");
        if (border == detail::border_kind::wrap || border == detail::border_kind::constant ||
            border == detail::border_kind::other)
            detail::raise("quoin::wide_gaussian: it cannot read the border of the last extend(), ",
                          border == detail::border_kind::wrap       ? "wrap"
                          : border == detail::border_kind::constant ? "a constant"
                                                                    : "which is not one of quoin's",
                          "; use replicate, reflect or reflect_101, or pad the image before it");
        using T = channel_t<P>;
        using U = detail::gaussian_between<T>;
        detail::gaussian_axis const along(input.width, x_, border), down(input.height, y_, border);
        return compose(gaussian_along<axis::rows, T, T, U>(down.reduce()),
                       gaussian_along<axis::columns, T, U, U>(along.reduce()),
                       detail::gaussian_rest<U>{along.rest_weights()}, gaussian_along<axis::rows, T, U, U>(down.rest()),
                       gaussian_along<axis::columns, T, U, U>(along.enlarge(true)),
                       gaussian_along<axis::rows, T, U, T>(down.enlarge(false)));
    }

private:
    double x_, y_;
};

/// Resampling stages, separable. Each channel is convolved with the Gaussian exp(-x^2 / (2 sigma_x^2) - y^2 / (2
/// sigma_y^2)), of any sigma; sigma_y is sigma_x if left out. The pixel type does not change. Border: that of the
/// last extend(), which must be replicate, reflect or reflect_101, or reflect_101 without one.
///
/// Along an axis with sigma > 6 there are three passes: a blur of 0.8 d that keeps one of d pixels, d = floor(sigma /
/// 2.5); on these the rest of the blur; and an interpolation with a Gaussian of 0.8 d. Variances add. Each is cut at
/// 4.25 of its sigmas and sums to 1. Along an axis with sigma <= 6 it is the sum over |i| <= 4.25 sigma. The result is
/// within 0.05 of 255 of the Gaussian that is not cut, where f32 channels have a range of 255; u8 is within 1
/// (docs/approximations.md).
///
/// u8: weights of 14 to 20 bits that sum to exactly 1, i16 with 7 fractional bits between the passes, each rounded half
/// up; a constant image does not change. u16, i16 and float: in float; i32 and double: in double; integers are rounded
/// half up once, at the end. A NaN or an infinity reaches at most 12 sigma far. Cost: about 15 products per pixel for
/// any sigma above 6, and 17 sigma for a smaller one. Memory: for each thread about 7 sigma rows of a type between.
/// @throws invalid_argument unless 0 < sigma <= 10,000, for both; when the pipeline is made, if its input is empty or
/// the border is another.
/// Source: P. Getreuer, A survey of Gaussian convolution algorithms, Image Processing On Line 3, 2013.
constexpr wide_gaussian_fn wide_gaussian(double sigma_x, std::optional<double> sigma_y = {}) {
    return wide_gaussian_fn(sigma_x, sigma_y.value_or(sigma_x));
}

/// The catalogue's entry for both: gaussian() up to 6, and wide_gaussian() if one sigma is above.
struct gaussian_entry {
    static constexpr operation about{
        .name = "gaussian",
        .about = "the Gaussian blur over |i| <= ceil(4 SIGMA), of 8 and 16 bits 3 to 3.5 SIGMA; above 6 of fewer "
                 "pixels, at a cost that does not grow",
        .parameters = {{.name = "SIGMA", .least = 1e-3, .most = 1e4, .about = "standard deviation in pixels"},
                       {.name = "SIGMA_Y",
                        .least = 0,
                        .most = 1e4,
                        .preset = "0",
                        .about = "that down columns, if another; 0: the same"}},
        .rounding = "8 bits: weights of 14 bits that sum to 1, 7 bits behind the point between the passes, half up "
                    "after each, within 1 of the real value; 16 bits: weights of 21 bits, whole numbers between the "
                    "passes, within 2, beyond 6 in float; 32 bits: in double, half up once",
        .floating =
            "in the channel's type, from the middle tap outwards; within 0.05 of 255 of the Gaussian that is not cut",
        .opencv = "cv::GaussianBlur(src, dst, {}, SIGMA, SIGMA_Y), with another kernel size for 8 bits",
        .pillow = "image.filter(ImageFilter.GaussianBlur(SIGMA)), an approximation by boxes",
        .scikit_image = "skimage.filters.gaussian(image, (SIGMA_Y, SIGMA), truncate=4)"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        double const x = values[0], y = values[1] == 0 ? x : values[1];
        if (x > detail::gaussian_axis::widest || y > detail::gaussian_axis::widest) return f(wide_gaussian(x, y));
        return f(gaussian(x, y));
    }
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// adaptive_threshold: the pixels that are brighter than the mean around them.
#pragma once

#include <quoin/core/tuning.hpp>
#include <quoin/filter/detail/pixel_and_sum.hpp>
#include <quoin/filter/linear/gaussian.hpp>

QUOIN_NAMESPACE_BEGIN

/// The mean that adaptive_threshold compares with: of all pixels of a square alike, or weighted by a Gaussian.
enum class adaptive_method { mean, gaussian };

/// What adaptive_threshold makes of a pixel above the mean: white (`binary`) or 0 (`inverted`).
enum class threshold_sense { binary, inverted };

namespace detail {

/// The first pass over integers, down columns: a pixel and the sum over its column.
template <class T>
struct adaptive_columns {
    using vectorized = void;
    using channelwise = void;
    static constexpr bool reads_above = true;
    using pair = pixel_and_sum<T>;
    int radius;
    QUOIN_FN quoin::footprint footprint() const { return {0, radius}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const here = pair::pixel(w, 0);
        if constexpr (requires { w.above(); })
            if (w.knows_above())
                return pair::moved(w.above(), here, pair::pixel(w, radius), pair::pixel(w, -radius - 1));
        auto sum = here;
        for (int j = 1; j <= radius; ++j) sum = sum + pair::pixel(w, -j) + pair::pixel(w, j);
        return pair::together(here, sum);
    }
};

/// The second pass over integers, along rows. The sum of pairs is the sum of their sums below the sum of their pixels,
/// which leaves the word at its end.
template <class T>
class adaptive_rows {
    using pair = pixel_and_sum<T>;
    using F = std::conditional_t<sizeof(T) == 1, std::int32_t, double>;

public:
    using vectorized = void;
    using channelwise = void;
    using row_sums = typename pair::word;

    /// floor((sum + area / 2) / area) < v + c if and only if sum + area / 2 - area c < area v.
    QUOIN_FN adaptive_rows(int radius, std::int32_t c, bool inverted)
        : radius_(radius), area_(static_cast<F>((2 * radius + 1) * (2 * radius + 1))),
          bias_(static_cast<F>((2 * radius + 1) * (2 * radius + 1) / 2) - area_ * static_cast<F>(c)),
          inverted_(inverted) {}
    QUOIN_FN quoin::footprint footprint() const { return {radius_, 0}; }
    QUOIN_FN bool wants_row_sums() const { return radius_ > tuning::box_direct_radius; }

    /// A constant border is defined for pixels; outside the image the second pass reads what the first makes of it.
    using outside_of = T;
    QUOIN_FN typename pair::word outside(T value) const {
        return adaptive_columns<T>{radius_}(constant_window<T>{value});
    }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        if constexpr (requires { w.row_sum(0, 0); })
            if (wants_row_sums()) return compared(w.row_sum(-radius_, radius_), w(0, 0));
        auto all = w(0, 0);
        for (int i = 1; i <= radius_; ++i) all = all + w(-i, 0) + w(i, 0);
        return compared(all, w(0, 0));
    }

private:
    template <class V>
    QUOIN_INLINE auto compared(V const& sums, V const& here) const {
        auto const sum = pair::number(pair::sum(sums)) + bias_;
        auto const scaled = pair::number(V(here >> pair::shift)) * area_;
        return white_where<T, std::remove_const_t<decltype(sum)>>(scaled > sum, inverted_);
    }

    int radius_;
    F area_, bias_;
    bool inverted_;
};

/// Weights from the middle of a symmetric kernel.
struct adaptive_weights {
    int radius = 0;
    double weight[gaussian_weights::max_radius + 1] = {};
};

/// Those of equal size, or those of cv::getGaussianKernel(side, 0).
constexpr adaptive_weights make_adaptive_weights(int side, bool gaussian) {
    constexpr int known[4][5] = {{128, 64}, {96, 64, 16}, {72, 56, 28, 8}, {60, 51, 30, 13, 4}}; // 256ths
    adaptive_weights w;
    w.radius = side / 2;
    auto const computed =
        gaussian ? make_gaussian_weights(0.3 * ((side - 1) * 0.5 - 1) + 0.8, w.radius, 1) : gaussian_weights{};
    for (int i = 0; i <= w.radius; ++i)
        w.weight[i] = !gaussian ? 1.0 / side : side <= 9 ? known[w.radius - 1][i] / 256.0 : computed.exact[i];
    return w;
}

/// The first pass with weights, down columns: a pixel and the weighted sum over its column.
template <class T>
struct adaptive_weighted_columns {
    using vectorized = void;
    using channelwise = void;
    adaptive_weights weights;
    QUOIN_FN quoin::footprint footprint() const { return {0, weights.radius}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using A = std::conditional_t<std::integral<T>, std::int32_t, double>;
        auto const here = convert<double>(w.template at<A>(0, 0));
        auto sum = here * weights.weight[0];
        for (int i = 1; i <= weights.radius; ++i)
            sum = sum + convert<double>(w.template at<A>(0, -i) + w.template at<A>(0, i)) * weights.weight[i];
        return pixel_and_mean<T>::together(here, sum);
    }
};

/// The second pass with weights, along rows.
template <class T>
class adaptive_weighted_rows {
    using pair = pixel_and_mean<T>;

public:
    using vectorized = void;
    using channelwise = void;

    QUOIN_FN adaptive_weighted_rows(adaptive_weights const& weights, double offset, bool inverted)
        : weights_(weights), offset_(offset), inverted_(inverted) {}
    QUOIN_FN quoin::footprint footprint() const { return {weights_.radius, 0}; }

    using outside_of = T;
    QUOIN_FN std::uint64_t outside(T value) const {
        return adaptive_weighted_columns<T>{weights_}(constant_window<T>{value});
    }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const here = w(0, 0);
        auto sum = pair::mean(here) * weights_.weight[0];
        for (int i = 1; i <= weights_.radius; ++i)
            sum = sum + (pair::mean(w(-i, 0)) + pair::mean(w(i, 0))) * weights_.weight[i];
        return white_where<T, decltype(sum)>(
            pair::exceeds(pair::pixel(here), decltype(sum)(pair::rounded(sum) - offset_)), inverted_);
    }

private:
    adaptive_weights weights_;
    double offset_;
    bool inverted_;
};

} // namespace detail

/// The stage made by adaptive_threshold().
template <adaptive_method Method>
class adaptive_threshold_fn {
public:
    using expands = void;

    constexpr adaptive_threshold_fn(int side, double offset, threshold_sense sense)
        : side_(side), offset_(offset), inverted_(sense == threshold_sense::inverted) {
        if (side < 3 || side > 255 || side % 2 == 0)
            detail::raise("quoin::adaptive_threshold: the side ", side, " is not an odd number from 3 to 255");
        if (!(offset >= -limit && offset <= limit))
            detail::raise("quoin::adaptive_threshold: the offset ", offset, " is not a number from ", -limit, " to ",
                          limit, "; give the distance below the mean from which on a pixel is dark");
    }

    template <class P>
    constexpr auto expand() const {
        using T = channel_t<P>;
        constexpr bool possible = detail::fits_float<T>;
        static_assert(possible, "quoin::adaptive_threshold: pixels must be integers of 8 or 16 bits, or float; put "
                                "convert_to before it");
        if constexpr (!possible) {
            return compose(); // one error message is enough
        } else if constexpr (std::integral<T> && Method == adaptive_method::mean) {
            // v > m - offset for whole v and m if and only if v > m - c, c the smallest whole number >= offset. Beyond
            // 2^bits it makes no difference.
            double const most = sizeof(T) == 1 ? 256 : 65536;
            double const c = -floor(-offset_);
            auto const whole = static_cast<std::int32_t>(c > most ? most : c < -most ? -most : c);
            return compose(detail::adaptive_columns<T>{side_ / 2},
                           detail::adaptive_rows<T>(side_ / 2, whole, inverted_));
        } else {
            auto const weights = detail::make_adaptive_weights(side_, Method == adaptive_method::gaussian);
            return compose(detail::adaptive_weighted_columns<T>{weights},
                           detail::adaptive_weighted_rows<T>(weights, offset_, inverted_));
        }
    }

private:
    static constexpr double limit = 3.4028234e38;
    int side_;
    double offset_;
    bool inverted_;
};

/// Local stage, side x side. Each channel is v > m - offset ? white : 0, and the other way round if `inverted`; m is
/// the mean around the pixel, and white the largest value of an integer type and 1 of a floating-point type. Channels
/// of 8 or 16 bits, or float. The pixel type does not change. Border: that of the last extend(), or reflect_101 without
/// one; OpenCV has `replicate`. The input is read once, in two passes, columns and then rows.
///
/// `mean`: m is the mean over the square. Integers: exact, rounded to nearest, which for an odd side is never a tie. So
/// with extend(replicate) bytes are those of cv::adaptiveThreshold, ADAPTIVE_THRESH_MEAN_C. `adaptive_threshold<
/// adaptive_method::gaussian>(side, offset)`: m is weighted by cv::getGaussianKernel(side, 0) in both directions,
/// binomials and their like up to 9 x 9, from there on a Gaussian of sigma 0.3 ((side - 1) / 2 - 1) + 0.8. Integers: in
/// double, halves to even, as OpenCV, which computes in float: the same bytes up to 9 x 9, and for larger sides where
/// m is not within 1e-4 of a half. `inverted` is the opposite of `binary`. OpenCV's differs from that where the offset
/// is not a whole number.
///
/// float: the sums over columns are in double and rounded to float, and so is m; equal pixels have their value as m. A
/// sum that is an infinity counts as 2^128 with its sign, and one that is NaN as 2^128; a pixel that is NaN is not
/// above m. Cost: mean of integers: the same for every side above 7. Else 2 side products of doubles per pixel.
/// @throws invalid_argument unless the side is odd and in 3..255, and the offset finite, as a float.
template <adaptive_method Method = adaptive_method::mean>
constexpr adaptive_threshold_fn<Method> adaptive_threshold(int side, double offset,
                                                           threshold_sense sense = threshold_sense::binary) {
    return adaptive_threshold_fn<Method>(side, offset, sense);
}

/// The catalogue's entry.
struct adaptive_threshold_entry {
    static constexpr operation about{
        .name = "adaptive_threshold",
        .about = "v > m - OFFSET ? white : 0, where m is the mean over SIDE x SIDE pixels",
        .parameters = {{.name = "SIDE",
                        .type = parameter_type::integer,
                        .least = 3,
                        .most = 255,
                        .about = "an odd number of pixels"},
                       {.name = "OFFSET",
                        .least = -3.4028234e38,
                        .most = 3.4028234e38,
                        .about = "how far below the mean a pixel is still bright"},
                       {.name = "METHOD",
                        .type = parameter_type::choice,
                        .preset = "mean",
                        .choices = "mean gaussian",
                        .about = "the weights of the mean"},
                       {.name = "SENSE",
                        .type = parameter_type::choice,
                        .preset = "binary",
                        .choices = "binary inverted",
                        .about = "inverted: 0 above the mean, else white"}},
        .rounding = "the mean is exact and rounded to nearest; gaussian: in double, halves to even; 32 bits: not "
                    "possible",
        .floating = "columns and then rows in double, each rounded to float",
        .opencv = "cv::adaptiveThreshold(src, dst, 255, METHOD, cv::THRESH_BINARY, SIDE, OFFSET), behind "
                  "extend=replicate",
        .scikit_image = "image > skimage.filters.threshold_local(image, SIDE, METHOD, OFFSET, 'mirror'), with means "
                        "that are not rounded"};
    template <class T>
    static constexpr bool takes = detail::fits_float<T>;
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        auto const side = detail::whole<int>(values[0]);
        auto const sense = values[3] == 0 ? threshold_sense::binary : threshold_sense::inverted;
        if (values[2] == 0) return f(adaptive_threshold(side, values[1], sense));
        return f(adaptive_threshold<adaptive_method::gaussian>(side, values[1], sense));
    }
};

QUOIN_NAMESPACE_END

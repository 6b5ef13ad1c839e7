// SPDX-License-Identifier: BSL-1.0
// unsharp, unsharp_pillow: the unsharp mask, a pixel and a part of its distance from the blur.
#pragma once

#include <quoin/core/tap_table.hpp>
#include <quoin/filter/detail/pixel_and_sum.hpp>
#include <quoin/filter/detail/unsharp_bytes.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A pixel T of 16 bits, or a float, in the low bits of a double, which is a blur. Integers count from the smallest
/// value, and their blur from 1 below it, so that the number is never tiny.
template <class T>
struct pixel_in_blur {
    static constexpr int pixel_size = 8 * sizeof(T);
    using number = double;
    using bits = std::uint64_t;
    static constexpr bits pixel_bits = (bits(1) << pixel_size) - 1, middle = (pixel_bits >> 1) + 1;
    static constexpr number least = std::integral<T> ? static_cast<number>(lowest<T>) : number(0);
    /// By how much sums of blurs with weights of 1 in all are too large.
    static constexpr number excess = std::integral<T> ? 1 : 0;

    /// The pixel of a window, and the sum of two.
    template <class Window>
    static QUOIN_INLINE auto one(Window const& w) {
        if constexpr (std::integral<T>) return convert<number>(w.template at<std::int32_t>(0, 0)) - least;
        else return w(0, 0);
    }
    template <class Window>
    static QUOIN_INLINE auto two(Window const& w, int i) {
        if constexpr (std::integral<T>)
            return convert<number>(w.template at<std::int32_t>(0, -i) + w.template at<std::int32_t>(0, i)) - 2 * least;
        else return w(0, -i) + w(0, i);
    }
    template <class V>
    static QUOIN_INLINE auto together(V const& pixel, V const& blur) {
        auto const low = bits_of(pixel); // the nearest number with these bits
        return bits_as<number>(((bits_as<bits>(convert<number>(blur) + excess) + middle - low) & bits(~pixel_bits)) |
                               low);
    }
    template <class V>
    static QUOIN_INLINE V pixel(V const& both) {
        auto const whole = bits_as<bits>(both) & pixel_bits;
        if constexpr (std::floating_point<T>) return convert<double>(bits_as<float>(convert<std::uint32_t>(whole)));
        else return double_of_integer(whole);
    }

private:
    template <class V>
    static QUOIN_INLINE auto bits_of(V const& pixel) {
        if constexpr (std::floating_point<T>) return convert<std::uint64_t>(bits_as<std::uint32_t>(pixel));
        else return integer_of_double(pixel);
    }
};

/// The first pass, down columns: a pixel and its blur.
template <class T>
struct unsharp_columns {
    using vectorized = void;
    using channelwise = void;
    using pair = pixel_in_blur<T>;
    using number = std::conditional_t<std::floating_point<T>, T, typename pair::number>;
    gaussian_weights weights;
    QUOIN_FN quoin::footprint footprint() const { return {0, weights.radius}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const here = pair::one(w);
        return pair::together(
            here, exact_sum<number>(weights, here, [&](int i) QUOIN_LAMBDA_INLINE { return pair::two(w, i); }));
    }
};

/// The second pass, along rows.
template <class T>
class unsharp_rows {
    using pair = pixel_in_blur<T>;
    using number = typename pair::number;

public:
    using vectorized = void;
    using channelwise = void;

    QUOIN_FN unsharp_rows(gaussian_weights const& weights, double amount, double threshold)
        : weights_(weights), amount_(static_cast<number>(amount)), threshold_(static_cast<number>(threshold)) {}
    QUOIN_FN quoin::footprint footprint() const { return {weights_.radius, 0}; }

    using outside_of = T;
    QUOIN_FN auto outside(T value) const { return unsharp_columns<T>{weights_}(constant_window<T>{value}); }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const both = w(0, 0);
        auto const sum =
            exact_sum<number>(weights_, both, [&](int i) QUOIN_LAMBDA_INLINE { return w(-i, 0) + w(i, 0); });
        using V = std::remove_const_t<decltype(sum)>;
        V const here = pair::pixel(both), detail = here - (sum - pair::excess);
        V const sharper = here + detail * amount_;
        if constexpr (std::floating_point<T>)
            return convert<T>(select(abs(detail) > threshold_ && abs(detail) <= number(highest<T>), sharper, here));
        else return saturate<T>(select(abs(detail) > threshold_, sharper, here) + pair::least);
    }

private:
    gaussian_weights weights_;
    number amount_, threshold_;
};

/// One of the passes of Pillow's blur, which keeps the pixel in the high byte beside the blur in the low one. The box
/// has a whole radius and a part of a pixel at each end.
template <axis Along, bool First>
struct extended_box {
    using vectorized = void;
    using channelwise = void;
    int radius;
    std::uint32_t weight, end_weight; // sum over the box: 2^24

    QUOIN_FN quoin::footprint footprint() const {
        return Along == axis::columns ? quoin::footprint{radius + 1, 0} : quoin::footprint{0, radius + 1};
    }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const word = [&](int i) QUOIN_LAMBDA_INLINE {
            return w.template at<std::uint16_t>(Along == axis::columns ? i : 0, Along == axis::columns ? 0 : i);
        };
        auto const here = word(0);
        using V = std::remove_const_t<decltype(here)>;
        auto const blur = [&](int i) QUOIN_LAMBDA_INLINE {
            if constexpr (First) return word(i);
            else return V(word(i) & V(std::uint16_t{255}));
        };
        V sum = blur(0);
        for (int i = 1; i <= radius; ++i) sum = V(sum + V(blur(-i) + blur(i)));
        V const ends = V(blur(-radius - 1) + blur(radius + 1));
        auto const result = (convert<std::uint32_t>(sum) * weight + convert<std::uint32_t>(ends) * end_weight +
                             std::uint32_t{1 << 23}) >>
                            24;
        V const pixel = First ? V(here << 8) : V(here & V(std::uint16_t{0xff00}));
        return V(pixel | convert<std::uint16_t>(result));
    }

    using outside_of = std::uint8_t;
    QUOIN_FN std::uint16_t outside(std::uint8_t value) const { return static_cast<std::uint16_t>(257 * value); }
};

/// The last stage.
struct pillow_difference {
    using vectorized = void;
    using channelwise = void;
    std::int32_t percent, threshold;

    template <concepts::channel_value V>
    QUOIN_INLINE auto operator()(V const& both) const {
        auto const here = convert<std::int32_t>(V(both >> 8));
        using I = std::remove_const_t<decltype(here)>;
        I const detail = here - convert<std::int32_t>(V(both & V(std::uint16_t{255}))), size = abs(detail);
        // The quotient of whole numbers, rounded down: the product with the reciprocal is less than 1/200 off.
        I const more = convert<std::int32_t>((convert<float>(I(size * percent)) + 0.5f) * 0.01f);
        I const sharper = here + select(detail < I(0), I(I(0) - more), more);
        return saturate<std::uint8_t>(select(size > I(threshold), sharper, here));
    }
};

} // namespace detail

/// The stage made by unsharp().
class unsharp_fn {
public:
    using expands = void;

    constexpr unsharp_fn(double sigma, double amount, double threshold)
        : sigma_(sigma), amount_(amount), threshold_(threshold) {
        if (!(sigma > 0 && sigma <= 42))
            detail::raise("quoin::unsharp: the sigma ", sigma, " is not in (0, 42]; give one in pixels");
        if (!(amount >= 0 && amount <= 100))
            detail::raise("quoin::unsharp: the amount ", amount, " is not in [0, 100]; 1 stands for 100 %");
        if (!(threshold >= 0 && threshold <= 65535))
            detail::raise("quoin::unsharp: the threshold ", threshold,
                          " is not in [0, 65535]; give a distance between values");
    }

    template <class P>
    constexpr auto expand() const {
        using T = channel_t<P>;
        constexpr bool possible = detail::fits_float<T>;
        static_assert(possible, "quoin::unsharp: pixels must be integers of 8 or 16 bits, or float; put convert_to "
                                "before it");
        if constexpr (!possible) {
            return compose(); // one error message is enough
        } else {
            auto const weights = detail::make_gaussian_weights(sigma_, detail::gaussian_radius(sigma_, 3),
                                                               1 << detail::unsharp_low_bits);
            if constexpr (sizeof(T) == 1)
                return compose(detail::unsharp_byte_columns<T>{weights},
                               detail::unsharp_byte_rows<T>(weights, amount_, threshold_));
            else
                return compose(detail::unsharp_columns<T>{weights},
                               detail::unsharp_rows<T>(weights, amount_, threshold_));
        }
    }

private:
    double sigma_, amount_, threshold_;
};

/// Local stage. Each channel is v + amount (v - b) where |v - b| > threshold, and v elsewhere, where b is the blur of
/// gaussian(sigma): the mean over |i|, |j| <= ceil(3 sigma) with the weights exp(-(i^2 + j^2) / (2 sigma^2)). b is not
/// rounded. The pixel type does not change; channels of 8 or 16 bits, or float. Border: that of the last extend(), or
/// reflect_101 without one.
///
/// Integers: rounded half up once, at the end, and saturated. b is computed in whole numbers for 8 bits, within 0.01 of
/// the real value: weights have 23 bits, sums over columns 8 fractional bits, and v - b has 7. For 16 bits it is
/// computed in double, within 1e-4. The sum over a column stands in a number that also has the pixel, so that the
/// source is read once. So where the real value is as near to a half as amount times that, the result may be its other
/// neighbor, and what the threshold decides may differ as near to the threshold. Equal pixels stay as they are. float:
/// sums over columns in float, of which 21 bits are kept, and the rest in double; the result is rounded to float and
/// not clamped; where |v - b| is NaN or beyond the largest float, v stays. Cost: 2 (2 r + 1) products per pixel, r =
/// ceil(3 sigma).
/// @throws invalid_argument unless 0 < sigma <= 42, 0 <= amount <= 100 and 0 <= threshold <= 65535.
constexpr unsharp_fn unsharp(double sigma, double amount, double threshold = 0) {
    return unsharp_fn(sigma, amount, threshold);
}

/// The stage made by unsharp_pillow().
class unsharp_pillow_fn {
public:
    using expands = void;

    constexpr unsharp_pillow_fn(double radius, int percent, int threshold) : percent_(percent), threshold_(threshold) {
        if (!(radius > 0 && radius <= 42))
            detail::raise("quoin::unsharp_pillow: the radius ", radius, " is not in (0, 42]; give one in pixels");
        if (percent < 0 || percent > 1000) detail::raise("quoin::unsharp_pillow: ", percent, " % are not in 0..1000");
        if (threshold < 0 || threshold > 255)
            detail::raise("quoin::unsharp_pillow: the threshold ", threshold, " is not in 0..255");
        // Pillow's steps, in which numbers are floats.
        float const square = static_cast<float>(radius) * static_cast<float>(radius) / 3;
        float const side = static_cast<float>(sqrt(12.0 * static_cast<double>(square) + 1.0));
        float const whole = static_cast<float>(floor((static_cast<double>(side) - 1.0) / 2.0));
        float part = (2 * whole + 1) * (whole * (whole + 1) - 3 * square);
        part /= 6 * (square - (whole + 1) * (whole + 1));
        float const both = whole + part;
        box_radius_ = static_cast<int>(both);
        weight_ = static_cast<std::uint32_t>(16777216.0f / (both * 2 + 1));
        end_weight_ = ((1u << 24) - (static_cast<std::uint32_t>(box_radius_) * 2 + 1) * weight_) / 2;
    }

    template <class P>
    constexpr auto expand() const {
        constexpr bool possible = std::same_as<channel_t<P>, std::uint8_t>;
        static_assert(possible, "quoin::unsharp_pillow: pixels must be bytes; use unsharp for others");
        if constexpr (!possible) {
            return compose(); // one error message is enough
        } else {
            using detail::extended_box;
            extended_box<axis::columns, true> const first{box_radius_, weight_, end_weight_};
            extended_box<axis::columns, false> const along{box_radius_, weight_, end_weight_};
            extended_box<axis::rows, false> const down{box_radius_, weight_, end_weight_};
            return compose(first, along, along, down, down, down, detail::pillow_difference{percent_, threshold_});
        }
    }

private:
    int percent_, threshold_, box_radius_ = 0;
    std::uint32_t weight_ = 0, end_weight_ = 0;
};

/// Local stages. The unsharp mask of Pillow: each channel is v + trunc((v - b) percent / 100), saturated, where |v - b|
/// > threshold, and v elsewhere. b is Pillow's GaussianBlur(radius): three boxes along rows and three down columns,
/// with a part of a pixel at their ends, each rounded to bytes. It is some values off the Gaussian. Bytes, which stay
/// bytes. Border: that of the last extend(), or reflect_101 without one, read by each of the passes; with
/// extend(replicate) bytes are those of Pillow. Cost: 6 (2 r + 3) additions per pixel, r about the radius.
/// @throws invalid_argument unless 0 < radius <= 42, 0 <= percent <= 1000 and 0 <= threshold <= 255.
/// Source: P. Gwosdek et al., Theoretical foundations of Gaussian convolution by extended box filtering, SSVM 2011.
constexpr unsharp_pillow_fn unsharp_pillow(double radius = 2, int percent = 150, int threshold = 3) {
    return unsharp_pillow_fn(radius, percent, threshold);
}

/// The catalogue's entry.
struct unsharp_entry : entry_of<unsharp_entry> {
    static constexpr operation about{
        .name = "unsharp",
        .about = "v + AMOUNT (v - b) where |v - b| > THRESHOLD, with the Gaussian blur b of SIGMA",
        .parameters = {{.name = "SIGMA", .least = 1e-3, .most = 42, .about = "standard deviation in pixels"},
                       {.name = "AMOUNT", .least = 0, .most = 100, .about = "1 adds the whole distance from the blur"},
                       {.name = "THRESHOLD",
                        .least = 0,
                        .most = 65535,
                        .preset = "0",
                        .about = "smaller distances from the blur are left"}},
        .rounding = "the blur is not rounded, within 0.01 (8 bits) or 1e-4 (16 bits) of the real one; half up once, "
                    "saturated; 32 bits: not possible",
        .floating = "sums over columns in float, of which 21 bits are kept, the rest in double",
        .scikit_image = "skimage.filters.unsharp_mask(image, SIGMA, AMOUNT, preserve_range=True), which truncates at 4 "
                        "SIGMA"};
    template <class T>
    static constexpr bool takes = detail::fits_float<T>;
    static constexpr unsharp_fn stage(double const* values) { return unsharp(values[0], values[1], values[2]); }
};

/// The catalogue's entry.
struct unsharp_pillow_entry : entry_of<unsharp_pillow_entry> {
    static constexpr operation about{
        .name = "unsharp_pillow",
        .about = "the unsharp mask of Pillow, with its approximation of a blur",
        .parameters = {{.name = "RADIUS", .least = 1e-3, .most = 42, .preset = "2", .about = "that of Pillow"},
                       {.name = "PERCENT",
                        .type = parameter_type::integer,
                        .least = 0,
                        .most = 1000,
                        .preset = "150",
                        .about = "the part of the distance from the blur that is added"},
                       {.name = "THRESHOLD",
                        .type = parameter_type::integer,
                        .least = 0,
                        .most = 255,
                        .preset = "3",
                        .about = "smaller distances from the blur are left"}},
        .rounding = "bytes after each of six passes, the addend towards 0; only 8 bits without a sign are possible",
        .floating = "not possible",
        .pillow = "image.filter(ImageFilter.UnsharpMask(RADIUS, PERCENT, THRESHOLD)), behind extend=replicate"};
    template <class T>
    static constexpr bool takes = std::same_as<T, std::uint8_t>;
    static constexpr unsharp_pillow_fn stage(double const* values) {
        return unsharp_pillow(values[0], detail::whole<int>(values[1]), detail::whole<int>(values[2]));
    }
};

QUOIN_NAMESPACE_END
